package org.pingrecorder.agent.timetable;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long after their slots pings left: counts in logarithmic buckets, eight to each doubling, so
 * that a quantile is at most an eighth too high. One thread adds, without a lock and without
 * garbage; any may read.
 */
public final class SlipHistogram {

    private static final int PARTS_BITS = 3;
    private static final int PARTS = 1 << PARTS_BITS;

    /** Up to 2^32 µs; what is longer counts as that. */
    private static final int LARGEST_BITS = 32;

    private static final int BUCKETS = (LARGEST_BITS - PARTS_BITS + 1) * PARTS;

    private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);
    private final AtomicLong maxNanos = new AtomicLong();
    private final long[] taken = new long[BUCKETS];

    /**
     * What was added between two calls of {@link #take}.
     *
     * @param p50Micros half of the pings slipped no more than this
     * @param p99Micros and 99 of 100 no more than this
     */
    public record Summary(long count, long p50Micros, long p99Micros, long maxMicros) {}

    /** For one thread. */
    void add(long slipNanos) {
        int bucket = bucket(slipNanos / 1_000);
        counts.setRelease(bucket, counts.getPlain(bucket) + 1);
        if (slipNanos > maxNanos.getPlain()) {
            maxNanos.accumulateAndGet(slipNanos, Math::max);
        }
    }

    /** What was added since this was called last. */
    public synchronized Summary take() {
        long[] added = new long[BUCKETS];
        long count = addedSince(taken, added);
        return summary(added, count, maxNanos.getAndSet(0) / 1_000);
    }

    /** Somebody else who takes what was added since he did last. For one thread. */
    public final class Reader {
        private final long[] read = new long[BUCKETS];
        private final long[] added = new long[BUCKETS];

        /** The same, its longest as exact as a quantile. */
        public Summary take() {
            long count = addedSince(read, added);
            return summary(added, count, quantile(added, count));
        }
    }

    private long addedSince(long[] before, long[] added) {
        long count = 0;
        for (int i = 0; i < BUCKETS; i++) {
            long now = counts.getAcquire(i);
            added[i] = now - before[i];
            before[i] = now;
            count += added[i];
        }
        return count;
    }

    private static Summary summary(long[] added, long count, long maxMicros) {
        return new Summary(
                count,
                Math.min(maxMicros, quantile(added, (count + 1) / 2)),
                Math.min(maxMicros, quantile(added, (count * 99 + 99) / 100)),
                maxMicros);
    }

    private static long quantile(long[] added, long rank) {
        long passed = 0;
        for (int i = 0; i < BUCKETS; i++) {
            passed += added[i];
            if (passed >= rank && passed > 0) {
                return most(i);
            }
        }
        return 0;
    }

    private static int bucket(long micros) {
        long bounded = Math.clamp(micros, 0, (1L << LARGEST_BITS) - 1);
        if (bounded < PARTS) {
            return (int) bounded;
        }
        int shift = Long.SIZE - 1 - PARTS_BITS - Long.numberOfLeadingZeros(bounded);
        return (shift + 1) * PARTS + (int) (bounded >>> shift) - PARTS;
    }

    /** The most that falls into a bucket. */
    private static long most(int bucket) {
        if (bucket < PARTS) {
            return bucket;
        }
        int shift = bucket / PARTS - 1;
        return ((long) (bucket % PARTS + PARTS + 1) << shift) - 1;
    }
}
