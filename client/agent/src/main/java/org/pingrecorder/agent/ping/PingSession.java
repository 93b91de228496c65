package org.pingrecorder.agent.ping;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.icmp.Clock;
import org.pingrecorder.icmp.Decision;
import org.pingrecorder.icmp.EchoTarget;
import org.pingrecorder.icmp.PingListener;
import org.pingrecorder.icmp.PingSource;
import org.pingrecorder.wire.Outcome;
import org.pingrecorder.wire.PingLine;

/**
 * One run's timetable and its results: host h's ping k is due at start + (k + h / hosts) ×
 * interval. Runs on the engine's thread and hands every result to {@link #events}, because whoever
 * prints may have to wait for a pipe.
 */
final class PingSession implements PingSource, PingListener {

    /** Pings due within this leave in one call. */
    private static final long TOGETHER_NANOS = 1_000_000;

    private static final long MAX_SLIP_NANOS = 1_000_000_000;

    /** What happened: a line, or the end of the run. */
    sealed interface Event {}

    record Line(int host, PingLine ping) implements Event {}

    /** Nothing more will come; the fault, if there was one. */
    record End(@Nullable Throwable fault) implements Event {}

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final List<PingHost> hosts;
    private final PingPlan plan;
    private final long intervalNanos;
    private final Clock clock;
    private long startNanos;
    private long startEpochMicros;
    private boolean started;
    private final long total;
    private long next;
    private long decided;
    private long notBeforeNanos;

    /**
     * A session that starts when the engine first asks.
     *
     * @param plan whose hosts have all been resolved
     */
    PingSession(PingPlan plan, Clock clock) {
        this.plan = plan;
        this.hosts = plan.hosts();
        this.intervalNanos = plan.interval().toNanos();
        this.clock = clock;
        this.total = plan.count() == 0 ? Long.MAX_VALUE : plan.count() * hosts.size();
    }

    BlockingQueue<Event> events() {
        return events;
    }

    @Override
    public long sendDue(long nowNanos, Sender sender) {
        if (!started) {
            started = true;
            startNanos = nowNanos;
            startEpochMicros = clock.epochMicros();
            notBeforeNanos = nowNanos;
        }
        if (nowNanos - notBeforeNanos < 0) {
            return notBeforeNanos;
        }
        while (next < total && dueNanos(next) - nowNanos <= 0) {
            send(next++, nowNanos, sender);
            notBeforeNanos = nowNanos + TOGETHER_NANOS;
        }
        return next == total
                ? Long.MAX_VALUE
                : nowNanos + Math.max(dueNanos(next) - nowNanos, notBeforeNanos - nowNanos);
    }

    private void send(long ping, long nowNanos, Sender sender) {
        EchoTarget target = hosts.get(host(ping)).target();
        if (target == null) {
            throw new IllegalStateException("a host without an address is in the plan");
        }
        if (nowNanos - dueNanos(ping) > Math.min(intervalNanos, MAX_SLIP_NANOS)) {
            tell(ping, line(ping, Outcome.MISSED, null, null));
        } else {
            sender.ping(ping, target, plan.timeout().toNanos(), plan.grace().toNanos());
        }
    }

    @Override
    public void decided(Decision decision) {
        Outcome outcome = Outcome.valueOf(decision.outcome().name());
        Double latencyMs = decision.rttNanos() < 0 ? null : millis(decision.rttNanos());
        tell(decision.handle(), line(decision.handle(), outcome, latencyMs, decision));
    }

    @Override
    public void duplicate(long handle) {
        PingLine line =
                new PingLine(
                        PingLine.TYPE,
                        null,
                        hosts.get(host(handle)).given().text(),
                        hosts.get(host(handle)).addressText(),
                        sequence(handle),
                        plannedAt(handle),
                        Outcome.REPLY.text(),
                        null,
                        null,
                        null,
                        true,
                        null,
                        null,
                        null,
                        null);
        events.add(new Line(host(handle), line));
    }

    @Override
    public void failed(Throwable cause) {
        events.add(new End(cause));
    }

    private void tell(long ping, PingLine line) {
        events.add(new Line(host(ping), line));
        if (++decided == total) {
            events.add(new End(null));
        }
    }

    private PingLine line(
            long ping, Outcome outcome, @Nullable Double latencyMs, @Nullable Decision decision) {
        PingHost host = hosts.get(host(ping));
        return new PingLine(
                PingLine.TYPE,
                null,
                host.given().text(),
                host.addressText(),
                sequence(ping),
                plannedAt(ping),
                outcome.name().toLowerCase(Locale.ROOT),
                latencyMs,
                decision == null ? null : known(decision.ttl()),
                decision == null ? null : known(decision.replyBytes()),
                false,
                decision == null ? null : known(decision.errorType()),
                decision == null ? null : known(decision.errorCode()),
                decision == null ? null : decision.errorFrom(),
                decision == null ? "the client was held up" : decision.cause());
    }

    private int host(long ping) {
        return (int) (ping % hosts.size());
    }

    private long sequence(long ping) {
        return ping / hosts.size();
    }

    private long offsetNanos(long ping) {
        return sequence(ping) * intervalNanos + host(ping) * intervalNanos / hosts.size();
    }

    private long dueNanos(long ping) {
        return startNanos + offsetNanos(ping);
    }

    private Instant plannedAt(long ping) {
        return Instant.EPOCH.plus(startEpochMicros + offsetNanos(ping) / 1_000, ChronoUnit.MICROS);
    }

    private static @Nullable Integer known(int value) {
        return value < 0 ? null : value;
    }

    private static double millis(long nanos) {
        return Math.round(nanos / 1_000.0) / 1_000.0;
    }
}
