package org.pingrecorder.agent.timetable;

import java.time.Duration;
import org.pingrecorder.wire.TargetSettings;

/**
 * How often one ip is pinged and how long each ping is waited for.
 *
 * @param interval time between two slots, at least {@link TargetSettings#LEAST_INTERVAL}
 * @param timeout a reply after this is late; may be longer than the interval
 * @param grace how long after the timeout a late reply is waited for
 */
public record Pace(Duration interval, Duration timeout, Duration grace) {

    public Pace {
        if (interval.compareTo(TargetSettings.LEAST_INTERVAL) < 0) {
            throw new IllegalArgumentException("an interval is at least 100 ms, not " + interval);
        }
        if (!timeout.isPositive() || grace.isNegative()) {
            throw new IllegalArgumentException("timeout " + timeout + ", grace " + grace);
        }
    }

    long intervalMicros() {
        return interval.toNanos() / 1_000;
    }
}
