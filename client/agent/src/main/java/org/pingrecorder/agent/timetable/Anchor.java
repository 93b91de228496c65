package org.pingrecorder.agent.timetable;

/**
 * A moment known on both clocks. Planned times are wall times of it plus monotonic time, so that a
 * step of the wall clock moves no slot until the timetable takes a new anchor.
 *
 * @param nanos monotonic time
 * @param epochMicros wall time
 */
record Anchor(long nanos, long epochMicros) {

    /** Wall time of a monotonic time, in microseconds since the epoch. */
    long epochMicrosAt(long atNanos) {
        return epochMicros + Math.floorDiv(atNanos - nanos, 1_000);
    }

    /** Monotonic time of a wall time. */
    long nanosAt(long atEpochMicros) {
        return nanos + (atEpochMicros - epochMicros) * 1_000;
    }
}
