package org.pingrecorder.icmp;

import java.time.Duration;
import java.util.List;

/**
 * The same targets again and again, spread evenly over the interval. The handle of a ping is the
 * number of pings before it, so that the target is the remainder by the number of targets.
 */
final class RoundsSource implements PingSource {

    private final List<EchoTarget> targets;
    private final int rounds;
    private final long startNanos;
    private final Duration interval;
    private final Duration timeout;
    private final Duration grace;
    private long handedOver;

    RoundsSource(
            List<EchoTarget> targets,
            int rounds,
            long startNanos,
            Duration interval,
            Duration timeout,
            Duration grace) {
        this.targets = targets;
        this.rounds = rounds;
        this.startNanos = startNanos;
        this.interval = interval;
        this.timeout = timeout;
        this.grace = grace;
    }

    long pings() {
        return (long) rounds * targets.size();
    }

    @Override
    public long sendDue(long nowNanos, Sender sender) {
        while (nextNanos() <= nowNanos) {
            EchoTarget target = targets.get((int) (handedOver % targets.size()));
            sender.ping(handedOver++, target, timeout.toNanos(), grace.toNanos());
        }
        return nextNanos();
    }

    private long nextNanos() {
        return handedOver == pings()
                ? Long.MAX_VALUE
                : startNanos + handedOver * interval.toNanos() / targets.size();
    }
}
