package org.pingrecorder.oneoff;

import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.icmp.Clock;
import org.pingrecorder.icmp.Decision;
import org.pingrecorder.icmp.EchoTarget;
import org.pingrecorder.icmp.PingListener;
import org.pingrecorder.icmp.PingSource;
import org.pingrecorder.wire.Outcome;

/**
 * One run's timetable and its results: ping k of host h is due at start + (k + h / hosts) ×
 * interval. A host that is located only after its first slot begins at once and keeps to the
 * interval from there.
 *
 * <p>Runs on the engine's thread, except {@link #located} and {@link #unresolved}, and hands every
 * result to {@link #events}, because whoever prints may have to wait for a pipe.
 */
final class PingSession implements PingSource, PingListener {

    /**
     * A slot that passed this long ago is missed. So is one whose successor is due too, as two
     * pings of a host at once would measure each other.
     */
    private static final long MAX_SLIP_NANOS = 1_000_000_000;

    /**
     * Pings that leave at once, unless twice what a millisecond brings is more: after a standstill
     * all that are due could overflow the receive buffer with their replies, and Linux's usual one
     * holds about so many.
     */
    private static final int LEAST_AT_ONCE = 256;

    /**
     * Results that may wait to be printed. With more, no ping is sent and no duplicate told one by
     * one, so that memory stays bounded however slowly they are taken.
     */
    static final int MOST_WAITING = 200_000;

    /** How long sending pauses then. */
    private static final long PAUSE_NANOS = 10_000_000;

    /** A host whose turn it is every interval. */
    private static final class Turns {
        final int host;
        @Nullable EchoTarget target;
        long firstNanos;
        long dueNanos;
        long seq;
        boolean answered;
        long duplicatesUntold;

        Turns(int host) {
            this.host = host;
        }
    }

    /** The answer of a lookup. */
    private record Found(int host, @Nullable EchoTarget target, String fault) {}

    private final BlockingQueue<PingEvent> events = new LinkedBlockingQueue<>();
    private final Queue<Found> found = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Turns> due =
            new PriorityQueue<>((a, b) -> Long.signum(a.dueNanos - b.dueNanos));
    private final Turns[] hosts;
    private final PingPlan plan;
    private final long intervalNanos;
    private final long mostAtOnce;
    private final long count;
    private final Clock clock;
    private long startNanos;
    private long startEpochMicros;
    private boolean started;

    /** Hosts that have pings to come, and pings that are not decided: at 0 the run is over. */
    private long outstanding;

    /** A session that starts when the engine first asks. */
    PingSession(PingPlan plan, Clock clock) {
        this.plan = plan;
        this.intervalNanos = plan.interval().toNanos();
        this.count = plan.count() == 0 ? Long.MAX_VALUE : plan.count();
        this.clock = clock;
        this.hosts = new Turns[plan.hosts().size()];
        this.mostAtOnce = Math.max(LEAST_AT_ONCE, 2L * hosts.length * 1_000_000 / intervalNanos);
        for (int i = 0; i < hosts.length; i++) {
            hosts[i] = new Turns(i);
        }
        this.outstanding = hosts.length;
    }

    BlockingQueue<PingEvent> events() {
        return events;
    }

    /** A host's address is known; once per host. The engine is to be woken. Thread-safe. */
    void located(int host, EchoTarget target) {
        found.add(new Found(host, target, ""));
    }

    /** A host's name does not resolve; once per host. The engine is to be woken. Thread-safe. */
    void unresolved(int host, String fault) {
        found.add(new Found(host, null, fault));
    }

    @Override
    public long sendDue(long nowNanos, Sender sender) {
        if (!started) {
            started = true;
            startNanos = nowNanos;
            startEpochMicros = clock.epochMicros();
        }
        for (Found answer = found.poll(); answer != null; answer = found.poll()) {
            begin(answer, nowNanos);
        }
        if (events.size() >= MOST_WAITING) {
            return nowNanos + PAUSE_NANOS;
        }
        Turns next = due.peek();
        for (long i = 0; i < mostAtOnce && next != null && next.dueNanos - nowNanos <= 0; i++) {
            due.remove();
            take(next, nowNanos, sender);
            next = due.peek();
        }
        return next == null ? Long.MAX_VALUE : next.dueNanos;
    }

    private void begin(Found answer, long nowNanos) {
        Turns turns = hosts[answer.host()];
        long slotNanos = startNanos + turns.host * intervalNanos / hosts.length;
        turns.firstNanos = slotNanos - nowNanos >= 0 ? slotNanos : nowNanos;
        turns.dueNanos = turns.firstNanos;
        turns.target = answer.target();
        if (answer.target() == null) {
            String name = plan.hosts().get(turns.host).given().text();
            FailureCause cause = FailureCause.unresolved(name, answer.fault());
            events.add(notSent(turns, cause));
            finished();
        } else {
            due.add(turns);
        }
    }

    private PingEvent notSent(Turns turns, FailureCause cause) {
        return new PingEvent.Decided(
                turns.host,
                turns.seq,
                epochMicros(turns, turns.seq),
                0,
                cause.outcome(),
                -1,
                -1,
                -1,
                cause);
    }

    private void take(Turns turns, long nowNanos, Sender sender) {
        EchoTarget target = turns.target;
        if (target == null || (plan.untilAnswered() && turns.answered)) {
            finished();
            return;
        }
        long maxSlipNanos =
                turns.seq == 0 ? MAX_SLIP_NANOS : Math.min(intervalNanos, MAX_SLIP_NANOS);
        if (nowNanos - turns.dueNanos > maxSlipNanos) {
            skip(turns, nowNanos, maxSlipNanos);
        } else {
            outstanding++;
            sender.ping(
                    handle(turns, turns.seq++),
                    target,
                    plan.timeout().toNanos(),
                    plan.grace().toNanos());
        }
        if (turns.seq == count) {
            finished();
        } else {
            turns.dueNanos = turns.firstNanos + turns.seq * intervalNanos;
            due.add(turns);
        }
    }

    /** All of a host's slots that have passed, at once: a stopped process may have missed many. */
    private void skip(Turns turns, long nowNanos, long maxSlipNanos) {
        long passed = (nowNanos - turns.dueNanos - maxSlipNanos - 1) / intervalNanos + 1;
        long missed = Math.min(passed, count - turns.seq);
        events.add(
                new PingEvent.Missed(turns.host, turns.seq, missed, epochMicros(turns, turns.seq)));
        turns.seq += missed;
    }

    @Override
    public void decided(Decision decision) {
        Turns turns = turns(decision.handle());
        long seq = seq(decision.handle());
        Outcome outcome = Outcome.valueOf(decision.outcome().name());
        turns.answered |= outcome.hasLatency();
        events.add(
                new PingEvent.Decided(
                        turns.host,
                        seq,
                        epochMicros(turns, seq),
                        Math.max(0, decision.sentAtNanos() - dueNanos(turns, seq)),
                        outcome,
                        decision.rttNanos(),
                        decision.ttl(),
                        decision.replyBytes(),
                        FailureCause.of(outcome, decision)));
        finished();
    }

    @Override
    public void duplicate(long handle) {
        Turns turns = turns(handle);
        if (events.size() >= MOST_WAITING) {
            turns.duplicatesUntold++;
            return;
        }
        long seq = seq(handle);
        long copies = 1 + turns.duplicatesUntold;
        turns.duplicatesUntold = 0;
        events.add(new PingEvent.Duplicate(turns.host, seq, epochMicros(turns, seq), copies));
    }

    @Override
    public void failed(Throwable cause) {
        events.add(new PingEvent.End(cause));
    }

    private void finished() {
        if (--outstanding == 0) {
            for (Turns turns : hosts) {
                if (turns.duplicatesUntold > 0) {
                    long at = epochMicros(turns, 0);
                    events.add(new PingEvent.Duplicate(turns.host, 0, at, turns.duplicatesUntold));
                }
            }
            events.add(new PingEvent.End(null));
        }
    }

    private long handle(Turns turns, long seq) {
        return seq * hosts.length + turns.host;
    }

    private Turns turns(long handle) {
        return hosts[(int) (handle % hosts.length)];
    }

    private long seq(long handle) {
        return handle / hosts.length;
    }

    private long dueNanos(Turns turns, long seq) {
        return turns.firstNanos + seq * intervalNanos;
    }

    private long epochMicros(Turns turns, long seq) {
        return startEpochMicros + (dueNanos(turns, seq) - startNanos) / 1_000;
    }
}
