/** The messages of the control channel {@code /ws}. */
@NullMarked
package org.pingrecorder.wire.control;

import org.jspecify.annotations.NullMarked;
