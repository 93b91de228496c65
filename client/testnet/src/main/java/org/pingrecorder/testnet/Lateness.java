package org.pingrecorder.testnet;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How much later than planned packets were sent: the error of the far end as a ruler. A histogram
 * of whole microseconds. Written by one thread, read by any.
 */
public final class Lateness {

    private static final int NANOS_PER_BUCKET = 1_000;
    private static final int BUCKETS = 100_000; // 0.1 s; the last one holds what is above

    private final AtomicLongArray packets = new AtomicLongArray(BUCKETS);
    private final AtomicLong maxNanos = new AtomicLong();

    Lateness() {}

    void add(long nanos) {
        packets.incrementAndGet(Math.clamp(nanos / NANOS_PER_BUCKET, 0, BUCKETS - 1));
        if (nanos > maxNanos.get()) {
            maxNanos.set(nanos);
        }
    }

    /** Forgets what was measured so far. */
    public void reset() {
        maxNanos.set(0);
        for (int i = 0; i < BUCKETS; i++) {
            packets.set(i, 0);
        }
    }

    /** How many packets were measured. */
    public long count() {
        long count = 0;
        for (int i = 0; i < BUCKETS; i++) {
            count += packets.get(i);
        }
        return count;
    }

    /** A share of the packets, such as 0.99, was sent no later than this; 0 if there were none. */
    public long quantileNanos(double share) {
        long rank = (long) Math.ceil(share * count());
        long below = 0;
        for (int i = 0; i < BUCKETS; i++) {
            below += packets.get(i);
            if (below > 0 && below >= rank) {
                return Math.min(maxNanos.get(), (i + 1L) * NANOS_PER_BUCKET);
            }
        }
        return 0;
    }

    public long maxNanos() {
        return maxNanos.get();
    }

    /** One line, in microseconds. */
    @Override
    public String toString() {
        return "%d packets late by p50 %.0f, p99 %.0f, max %.0f µs"
                .formatted(
                        count(),
                        quantileNanos(0.5) / 1e3,
                        quantileNanos(0.99) / 1e3,
                        maxNanos() / 1e3);
    }
}
