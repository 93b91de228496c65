package org.pingrecorder.icmp;

import java.util.Arrays;

/**
 * Deadlines of pings in flight: a hashed timing wheel (Varghese and Lauck, 1987) whose lists run
 * through primitive arrays, so that adding, removing and expiring cost a few array accesses and no
 * object.
 */
final class DeadlineWheel {

    /** 2.1 ms; with 8,192 buckets the wheel turns once in 17 s. */
    private static final int TICK_SHIFT = 21;

    /** A deadline is seen at most this long after it passed, and never before. */
    static final long TICK_NANOS = 1L << TICK_SHIFT;

    private static final int BUCKETS = 8192;
    private static final int NONE = -1;

    private final long originNanos;
    private final int[] head = new int[BUCKETS];
    private final long[] usedBuckets = new long[BUCKETS / Long.SIZE];
    private int[] previous;
    private int[] next;
    private int[] bucketOf;
    private long[] deadlineNanos;

    /** Every tick before this one has been expired. */
    private long cursor;

    private int size;

    DeadlineWheel(long originNanos, int slots) {
        this.originNanos = originNanos;
        this.previous = new int[slots];
        this.next = new int[slots];
        this.bucketOf = new int[slots];
        this.deadlineNanos = new long[slots];
        Arrays.fill(head, NONE);
    }

    /** Makes room for more slots. */
    void grow(int slots) {
        previous = Arrays.copyOf(previous, slots);
        next = Arrays.copyOf(next, slots);
        bucketOf = Arrays.copyOf(bucketOf, slots);
        deadlineNanos = Arrays.copyOf(deadlineNanos, slots);
    }

    /** Adds a slot that is not in the wheel. */
    void add(int slot, long atNanos) {
        deadlineNanos[slot] = atNanos;
        link(slot);
        size++;
    }

    /** Takes out a slot that is in the wheel. */
    void remove(int slot) {
        unlink(slot);
        size--;
    }

    /** Takes out a slot whose deadline has passed, earlier ticks first; -1 when there is none. */
    int poll(long nowNanos) {
        long past = tickOf(nowNanos);
        while (cursor < past) {
            if (size == 0) {
                cursor = past;
                break;
            }
            int slot = head[(int) (cursor % BUCKETS)];
            if (slot == NONE) {
                cursor++;
                continue;
            }
            unlink(slot);
            if (tickOf(deadlineNanos[slot]) > cursor) {
                link(slot); // beyond one turn of the wheel when it was added
            } else {
                size--;
                return slot;
            }
        }
        return NONE;
    }

    /** When to poll for the next deadline; {@link Long#MAX_VALUE} when there is none. */
    long nextNanos() {
        if (size == 0) {
            return Long.MAX_VALUE;
        }
        int start = (int) (cursor % BUCKETS);
        int words = usedBuckets.length;
        for (int i = 0; i <= words; i++) {
            int word = (start / Long.SIZE + i) % words;
            long bits = usedBuckets[word];
            if (i == 0) {
                bits &= -1L << start;
            } else if (i == words) {
                bits &= ~(-1L << start);
            }
            if (bits != 0) {
                int bucket = word * Long.SIZE + Long.numberOfTrailingZeros(bits);
                long ticksAhead = Math.floorMod(bucket - start, BUCKETS);
                return originNanos + (cursor + ticksAhead + 1) * TICK_NANOS;
            }
        }
        return Long.MAX_VALUE;
    }

    private long tickOf(long nanos) {
        return (nanos - originNanos) >> TICK_SHIFT;
    }

    private void link(int slot) {
        long tick = Math.max(cursor, tickOf(deadlineNanos[slot]));
        int bucket = (int) (Math.min(tick, cursor + BUCKETS - 1) % BUCKETS);
        int first = head[bucket];
        bucketOf[slot] = bucket;
        previous[slot] = NONE;
        next[slot] = first;
        if (first == NONE) {
            usedBuckets[bucket / Long.SIZE] |= 1L << bucket;
        } else {
            previous[first] = slot;
        }
        head[bucket] = slot;
    }

    private void unlink(int slot) {
        int before = previous[slot];
        int after = next[slot];
        if (after != NONE) {
            previous[after] = before;
        }
        if (before != NONE) {
            next[before] = after;
            return;
        }
        int bucket = bucketOf[slot];
        head[bucket] = after;
        if (after == NONE) {
            usedBuckets[bucket / Long.SIZE] &= ~(1L << bucket);
        }
    }
}
