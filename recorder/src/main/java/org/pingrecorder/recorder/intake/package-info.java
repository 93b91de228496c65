/** The way in: what {@code /record-ping} and {@code /record-pings} take, until it is durable. */
@NullMarked
package org.pingrecorder.recorder.intake;

import org.jspecify.annotations.NullMarked;
