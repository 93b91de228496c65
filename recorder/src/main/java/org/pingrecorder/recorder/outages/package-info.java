/** The rule that makes outages and states of pings. */
@NullMarked
package org.pingrecorder.recorder.outages;

import org.jspecify.annotations.NullMarked;
