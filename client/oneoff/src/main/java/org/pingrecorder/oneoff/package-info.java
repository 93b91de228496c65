/**
 * One-off pings: a few hosts, a few times, told as they are decided. What {@code client ping} does
 * by hand and tasks do by order.
 */
@NullMarked
package org.pingrecorder.oneoff;

import org.jspecify.annotations.NullMarked;
