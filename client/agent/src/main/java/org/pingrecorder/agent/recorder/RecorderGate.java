package org.pingrecorder.agent.recorder;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.icmp.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets everybody through while the recorder answers; while it does not, one at a time and ever more
 * slowly. Says that the recorder is away, and again every ten minutes. Thread-safe.
 */
public final class RecorderGate {

    private static final Logger LOG = LoggerFactory.getLogger(RecorderGate.class);

    private static final Duration TELL_AGAIN = Duration.ofMinutes(10);

    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition changed = lock.newCondition();
    private final String recorder;
    private final Backoff backoff;
    private final Clock clock;
    private int failures;
    private @Nullable Thread trying;
    private long awaySinceNanos;
    private long nextTryNanos;
    private long toldNanos;
    private @Nullable Duration over;

    /**
     * An open gate.
     *
     * @param recorder its address, for messages
     */
    public RecorderGate(String recorder, Backoff backoff, Clock clock) {
        this.recorder = recorder;
        this.backoff = backoff;
        this.clock = clock;
    }

    /**
     * Waits for one's turn. Whoever returns from this makes an attempt and then calls {@link
     * #answered} or {@link #failed}, and in any case {@link #leave}.
     *
     * @return whether the attempt is one to find out if the recorder is back
     */
    public boolean enter() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (failures > 0) {
                long waitNanos = nextTryNanos - clock.nanoTime();
                if (trying != null) {
                    changed.await();
                } else if (waitNanos > 0) {
                    changed.awaitNanos(waitNanos);
                } else {
                    trying = Thread.currentThread();
                    return true;
                }
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** The recorder answered, be it with a refusal. */
    public void answered() {
        lock.lock();
        try {
            if (failures > 0) {
                failures = 0;
                trying = null;
                over = Duration.ofNanos(clock.nanoTime() - awaySinceNanos);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The recorder did not take the request. */
    public void failed(RecorderAwayException e) {
        lock.lock();
        try {
            if (failures > 0 && !Thread.currentThread().equals(trying)) {
                // Several were under way when it went: they count as one failure.
                return;
            }
            long nowNanos = clock.nanoTime();
            if (failures == 0) {
                awaySinceNanos = nowNanos;
                over = null;
            }
            if (failures == 0 || nowNanos - toldNanos >= TELL_AGAIN.toNanos()) {
                toldNanos = nowNanos;
                LOG.warn(
                        "recorder {} is away ({}): results are kept here and delivered later",
                        recorder,
                        e.getMessage());
            }
            failures++;
            trying = null;
            Duration wait = backoff.delay(failures);
            Duration longer = wait.compareTo(e.asksToWait()) > 0 ? wait : e.asksToWait();
            nextTryNanos = clock.nanoTime() + longer.toNanos();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The caller's attempt is over, whatever came of it: the next may try. */
    public void leave() {
        lock.lock();
        try {
            if (Thread.currentThread().equals(trying)) {
                trying = null;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** How long the recorder had been away: told once after it came back, null otherwise. */
    public @Nullable Duration takeOver() {
        lock.lock();
        try {
            Duration ended = over;
            over = null;
            return ended;
        } finally {
            lock.unlock();
        }
    }
}
