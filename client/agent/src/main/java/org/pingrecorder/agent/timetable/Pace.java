package org.pingrecorder.agent.timetable;

import java.time.Duration;

/**
 * How often one ip is pinged and how long each ping is waited for.
 *
 * @param interval time between two slots, at least {@link #LEAST_INTERVAL}
 * @param timeout a reply after this is late; may be longer than the interval
 * @param grace how long after the timeout a late reply is waited for
 */
public record Pace(Duration interval, Duration timeout, Duration grace) {

    /** The floor, whatever any configuration or plan says. */
    public static final Duration LEAST_INTERVAL = Duration.ofMillis(100);

    public Pace {
        if (interval.compareTo(LEAST_INTERVAL) < 0) {
            throw new IllegalArgumentException("an interval is at least 100 ms, not " + interval);
        }
        if (!timeout.isPositive() || grace.isNegative()) {
            throw new IllegalArgumentException("timeout " + timeout + ", grace " + grace);
        }
    }
}
