/** The control channel {@code /ws}: who is connected, and what they are told. */
@NullMarked
package org.pingrecorder.recorder.control;

import org.jspecify.annotations.NullMarked;
