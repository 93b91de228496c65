package org.pingrecorder.recorder.intake;

import java.util.concurrent.TimeUnit;

/**
 * Which times of pings are taken, after correction, in microseconds since the Unix epoch.
 *
 * @param earliestMicros what is before is refused
 * @param latestMicros what is after is put aside
 */
record Bounds(long earliestMicros, long latestMicros) {

    static Bounds at(long nowMicros) {
        return new Bounds(
                Times.EARLIEST_MICROS,
                nowMicros + TimeUnit.MICROSECONDS.convert(Times.FURTHEST_AHEAD));
    }

    boolean contain(long firstMicros, long lastMicros) {
        return firstMicros >= earliestMicros && lastMicros <= latestMicros;
    }
}
