package org.pingrecorder.agent.recorder;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait after the nth failure in a row: doubling, bounded, and never in step. */
public final class Backoff {

    private final Duration first;
    private final Duration most;

    /** From {@code first}, doubled each time, to at most {@code most}. */
    public Backoff(Duration first, Duration most) {
        this.first = first;
        this.most = most;
    }

    /** The one for everything that asks a recorder: a quarter second to ten seconds. */
    public static Backoff standard() {
        return new Backoff(Duration.ofMillis(250), Duration.ofSeconds(10));
    }

    /**
     * The wait, of which the lower half is certain and the upper half random: after an outage many
     * clients would otherwise come back in the same moment.
     *
     * @param failures in a row, from 1
     */
    public Duration delay(int failures) {
        long nanos = first.toNanos() << Math.min(20, failures - 1);
        long bounded = Math.min(nanos, most.toNanos());
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(bounded / 2, bounded + 1));
    }
}
