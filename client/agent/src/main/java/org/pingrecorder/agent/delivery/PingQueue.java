package org.pingrecorder.agent.delivery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.Family;
import org.pingrecorder.wire.Outcome;

/**
 * Decided pings until they are settled: waiting, oldest first, then under way. About 50 bytes each.
 * When full, the oldest waiting is dropped for the newest. Thread-safe; adding never waits for more
 * than a few instructions.
 */
final class PingQueue {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private final ArrayDeque<QueuedPing> waiting = new ArrayDeque<>();
    private final TreeMap<Long, QueuedPing> underWay = new TreeMap<>();
    private final int bound;
    private long nextNumber;
    private long droppedCount;
    private boolean closed;

    PingQueue(int bound) {
        this.bound = bound;
    }

    /**
     * Adds one.
     *
     * @return whether another had to be dropped for it
     */
    boolean add(
            String ip,
            @Nullable Family family,
            @Nullable String name,
            long epochMicros,
            Outcome outcome,
            long latencyMicros) {
        lock.lock();
        try {
            boolean full = waiting.size() == bound;
            if (full) {
                waiting.removeFirst();
                droppedCount++;
            }
            waiting.addLast(
                    new QueuedPing(
                            nextNumber++, ip, family, name, epochMicros, outcome, latencyMicros));
            added.signal();
            return full;
        } finally {
            lock.unlock();
        }
    }

    /** Takes the oldest under way, waiting for one; null once the queue is closed. */
    @Nullable QueuedPing take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty() && !closed) {
                added.await();
            }
            if (closed) {
                return null;
            }
            QueuedPing ping = waiting.removeFirst();
            underWay.put(ping.number(), ping);
            return ping;
        } finally {
            lock.unlock();
        }
    }

    /** Nothing is taken any more; adding goes on. */
    void close() {
        lock.lock();
        try {
            closed = true;
            added.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** One that was under way is settled, delivered or not. */
    void settle(QueuedPing ping) {
        lock.lock();
        try {
            underWay.remove(ping.number());
        } finally {
            lock.unlock();
        }
    }

    /** All that are not settled, oldest first. */
    List<QueuedPing> unsettled() {
        lock.lock();
        try {
            List<QueuedPing> all = new ArrayList<>(underWay.values());
            all.addAll(waiting);
            return all;
        } finally {
            lock.unlock();
        }
    }

    int unsettledCount() {
        lock.lock();
        try {
            return waiting.size() + underWay.size();
        } finally {
            lock.unlock();
        }
    }

    /** All pings with lower numbers are settled. */
    long firstUnsettled() {
        lock.lock();
        try {
            long first = waiting.isEmpty() ? nextNumber : waiting.getFirst().number();
            return underWay.isEmpty() ? first : Math.min(first, underWay.firstKey());
        } finally {
            lock.unlock();
        }
    }

    /** How many were ever added: the number of the next one to come. */
    long addedCount() {
        lock.lock();
        try {
            return nextNumber;
        } finally {
            lock.unlock();
        }
    }

    long droppedCount() {
        lock.lock();
        try {
            return droppedCount;
        } finally {
            lock.unlock();
        }
    }
}
