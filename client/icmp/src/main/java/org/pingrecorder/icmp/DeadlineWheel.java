package org.pingrecorder.icmp;

import java.util.Arrays;

/**
 * Deadlines of pings in flight: a hashed timing wheel (Varghese and Lauck, 1987) whose lists run
 * through primitive arrays, so that adding and expiring cost a few array accesses and no object.
 *
 * <p>A slot that no longer needs its deadline on time is {@link #relax relaxed}: it still comes out
 * of {@link #poll}, but no longer makes {@link #nextNanos} ask for a wake-up.
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
    private final int[] tail = new int[BUCKETS];
    private final int[] urgent = new int[BUCKETS];
    private final long[] urgentBuckets = new long[BUCKETS / Long.SIZE];
    private int[] next;
    private int[] bucketOf;
    private boolean[] relaxed;
    private long[] deadlineNanos;

    /** Every tick before this one has been expired. */
    private long cursor;

    private int size;

    DeadlineWheel(long originNanos, int slots) {
        this.originNanos = originNanos;
        this.next = new int[slots];
        this.bucketOf = new int[slots];
        this.relaxed = new boolean[slots];
        this.deadlineNanos = new long[slots];
        Arrays.fill(head, NONE);
    }

    /** Makes room for more slots. */
    void grow(int slots) {
        next = Arrays.copyOf(next, slots);
        bucketOf = Arrays.copyOf(bucketOf, slots);
        relaxed = Arrays.copyOf(relaxed, slots);
        deadlineNanos = Arrays.copyOf(deadlineNanos, slots);
    }

    /** Adds a slot that is not in the wheel. */
    void add(int slot, long atNanos) {
        deadlineNanos[slot] = atNanos;
        relaxed[slot] = false;
        link(slot);
        size++;
    }

    /** Lets a slot's deadline come when it comes, without a wake-up of its own. */
    void relax(int slot) {
        if (!relaxed[slot]) {
            relaxed[slot] = true;
            subtractUrgent(bucketOf[slot]);
        }
    }

    /** Takes out a slot whose deadline has passed, earlier ticks first; -1 when there is none. */
    int poll(long nowNanos) {
        long past = tickOf(nowNanos);
        while (cursor < past) {
            if (size == 0) {
                cursor = past;
                break;
            }
            int slot = unlink((int) (cursor % BUCKETS));
            if (slot == NONE) {
                cursor++;
            } else if (tickOf(deadlineNanos[slot]) > cursor) {
                link(slot); // beyond one turn of the wheel when it was added
            } else {
                size--;
                return slot;
            }
        }
        return NONE;
    }

    /** When to poll for the next urgent deadline; {@link Long#MAX_VALUE} when there is none. */
    long nextNanos() {
        int start = (int) (cursor % BUCKETS);
        int words = urgentBuckets.length;
        for (int i = 0; i <= words; i++) {
            int word = (start / Long.SIZE + i) % words;
            long bits = urgentBuckets[word];
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
        next[slot] = NONE;
        bucketOf[slot] = bucket;
        if (head[bucket] == NONE) {
            head[bucket] = slot;
        } else {
            next[tail[bucket]] = slot;
        }
        tail[bucket] = slot;
        if (!relaxed[slot] && urgent[bucket]++ == 0) {
            urgentBuckets[bucket / Long.SIZE] |= 1L << bucket;
        }
    }

    private int unlink(int bucket) {
        int slot = head[bucket];
        if (slot != NONE) {
            head[bucket] = next[slot];
            if (!relaxed[slot]) {
                subtractUrgent(bucket);
            }
        }
        return slot;
    }

    private void subtractUrgent(int bucket) {
        if (--urgent[bucket] == 0) {
            urgentBuckets[bucket / Long.SIZE] &= ~(1L << bucket);
        }
    }
}
