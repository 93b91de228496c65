package org.pingrecorder.icmp;

import java.time.Duration;

/** How many pings are under way at once, by which an engine's sockets are counted. */
public final class InFlight {

    /** How long after its deadline a ping may still hold its place. */
    private static final Duration SLACK = Duration.ofMillis(100);

    private InFlight() {}

    /** The most pings of one ip that are under way at once. */
    public static long most(Duration interval, Duration timeout, Duration grace) {
        long heldNanos = timeout.plus(grace).plus(SLACK).toNanos();
        return Math.ceilDiv(heldNanos, interval.toNanos());
    }
}
