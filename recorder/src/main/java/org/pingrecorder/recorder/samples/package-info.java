/** Pings as columns, how they are packed into bytes, and what sums them up. */
@NullMarked
package org.pingrecorder.recorder.samples;

import org.jspecify.annotations.NullMarked;
