/** The recorder: starts, reads its configuration, stops. */
@NullMarked
package org.pingrecorder.recorder;

import org.jspecify.annotations.NullMarked;
