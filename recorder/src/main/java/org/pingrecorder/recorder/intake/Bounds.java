package org.pingrecorder.recorder.intake;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.pingrecorder.recorder.samples.Hours;

/**
 * Which times of pings are taken, after correction, in microseconds since the Unix epoch.
 *
 * @param earliestMicros what is before is refused
 * @param latestMicros what is after is put aside
 */
record Bounds(long earliestMicros, long latestMicros) {

    /**
     * The bounds at a time.
     *
     * @param keepPings how long pings are kept; empty for ever
     */
    static Bounds at(long nowMicros, Optional<Duration> keepPings) {
        long kept =
                keepPings
                        .map(age -> nowMicros - TimeUnit.MICROSECONDS.convert(age))
                        .orElse(Times.EARLIEST_MICROS);
        return new Bounds(
                Math.max(Times.EARLIEST_MICROS, kept),
                nowMicros + TimeUnit.MICROSECONDS.convert(Times.FURTHEST_AHEAD));
    }

    /** Why a ping that is too early is refused. */
    String earlyReason() {
        return "is before "
                + Hours.instant(earliestMicros)
                + ", and the recorder keeps nothing of then; set the clock right that it was"
                + " measured by, or RECORDER_KEEP_PINGS of the recorder";
    }

    boolean contain(long firstMicros, long lastMicros) {
        return firstMicros >= earliestMicros && lastMicros <= latestMicros;
    }
}
