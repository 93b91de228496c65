package org.pingrecorder.agent.cutoff;

import java.util.List;
import java.util.Optional;
import org.pingrecorder.icmp.Decision;
import org.pingrecorder.icmp.EchoTarget;
import org.pingrecorder.icmp.Outcome;
import org.pingrecorder.icmp.PingListener;
import org.pingrecorder.icmp.PingSource;

/**
 * Pings references beside what another source pings, each once a second, a part of a second apart;
 * a reply counts for a second and no longer. Handles below zero are its own. For the engine's
 * thread, but for {@link #locate}.
 */
final class ReferencePings implements PingSource, PingListener {

    static final long INTERVAL_NANOS = 1_000_000_000;
    static final long TIMEOUT_NANOS = 1_000_000_000;

    private static final long OWN = Long.MIN_VALUE;

    private final PingSource others;
    private final PingListener listener;
    private final CutOff cutOff;
    private final long[] dueNanos;
    private volatile List<Optional<EchoTarget>> targets = List.of();
    private boolean started;

    /**
     * Sends nothing before the engine asks.
     *
     * @param others what is pinged beside them
     * @param listener learns of those
     */
    ReferencePings(PingSource others, PingListener listener, int references, CutOff cutOff) {
        this.others = others;
        this.listener = listener;
        this.cutOff = cutOff;
        this.dueNanos = new long[references];
    }

    /** From now on they are there; one that cannot be found fails. */
    void locate(List<Optional<EchoTarget>> found) {
        targets = found;
    }

    @Override
    public long sendDue(long nowNanos, Sender sender) {
        long next = others.sendDue(nowNanos, sender);
        if (!started) {
            started = true;
            for (int i = 0; i < dueNanos.length; i++) {
                dueNanos[i] = nowNanos + i * INTERVAL_NANOS / dueNanos.length;
            }
        }
        for (int i = 0; i < dueNanos.length; i++) {
            if (nowNanos - dueNanos[i] >= 0) {
                ping(i, nowNanos, sender);
            }
            // None is so far away that it could not be told from the end of time.
            next = next == Long.MAX_VALUE || dueNanos[i] - next < 0 ? dueNanos[i] : next;
        }
        return next;
    }

    private void ping(int reference, long nowNanos, Sender sender) {
        long planned = dueNanos[reference];
        boolean isStalled = nowNanos - planned >= INTERVAL_NANOS;
        dueNanos[reference] = (isStalled ? nowNanos : planned) + INTERVAL_NANOS;
        cutOff.pinged(isStalled ? nowNanos : planned);
        Optional<EchoTarget> target = targets.get(reference);
        if (target.isEmpty()) {
            cutOff.failed(reference);
        } else {
            sender.ping(OWN | reference, target.get(), TIMEOUT_NANOS, 0);
        }
    }

    @Override
    public void decided(Decision decision) {
        if (decision.handle() >= 0) {
            listener.decided(decision);
            return;
        }
        int reference = (int) decision.handle();
        if (decision.outcome() == Outcome.REPLY) {
            cutOff.answered(reference, decision.sentAtNanos());
        } else if (decision.outcome() != Outcome.MISSED) { // which is this client's own fault
            cutOff.failed(reference);
        }
    }

    @Override
    public void duplicate(long handle) {
        if (handle >= 0) {
            listener.duplicate(handle);
        }
    }

    @Override
    public void failed(Throwable cause) {
        listener.failed(cause);
    }
}
