package org.pingrecorder.wire;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How one target is pinged, where that is said of it alone; null where the client's own setting
 * holds. The bounds are the same wherever such a setting is written.
 *
 * @param interval time between two pings
 * @param timeout a reply after this is late; may be longer than the interval
 * @param grace how long after the timeout a late reply is waited for
 * @param families which addresses of a host name
 */
public record TargetSettings(
        @Nullable Duration interval,
        @Nullable Duration timeout,
        @Nullable Duration grace,
        @Nullable Families families) {

    /** The client's own settings hold. */
    public static final TargetSettings NONE = new TargetSettings(null, null, null, null);

    /** Nothing is pinged more often, whatever a file, flag or plan says. */
    public static final Duration LEAST_INTERVAL = Duration.ofMillis(100);

    public static final Duration MOST_INTERVAL = Duration.ofHours(1);
    public static final Duration LEAST_TIMEOUT = Duration.ofMillis(10);

    /** Of a timeout, and of a grace time. */
    public static final Duration MOST_WAIT = Duration.ofSeconds(60);

    /** Reads an interval within its bounds. */
    public static Duration interval(String text) {
        return Durations.parse(text, LEAST_INTERVAL, MOST_INTERVAL);
    }

    /** Reads a timeout within its bounds. */
    public static Duration timeout(String text) {
        return Durations.parse(text, LEAST_TIMEOUT, MOST_WAIT);
    }

    /** Reads a grace time within its bounds. */
    public static Duration grace(String text) {
        return Durations.parse(text, Duration.ZERO, MOST_WAIT);
    }
}
