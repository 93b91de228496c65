/** The timetable alone: loading, scheduling, and a whole day on a simulated clock. */
@NullMarked
package org.pingrecorder.bench.timetable;

import org.jspecify.annotations.NullMarked;
