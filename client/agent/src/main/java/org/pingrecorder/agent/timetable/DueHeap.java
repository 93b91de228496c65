package org.pingrecorder.agent.timetable;

import java.util.Arrays;

/**
 * A binary min-heap of (due time, slot index) in two arrays. Due times are monotonic nanoseconds,
 * compared by their difference. For one thread.
 */
final class DueHeap {

    private long[] dueNanos = new long[16];
    private int[] slots = new int[16];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    void clear() {
        size = 0;
    }

    /** The earliest due time; only if not empty. */
    long firstDueNanos() {
        return dueNanos[0];
    }

    /** The slot that is due first; only if not empty. */
    int firstSlot() {
        return slots[0];
    }

    void add(long due, int slot) {
        if (size == slots.length) {
            dueNanos = Arrays.copyOf(dueNanos, size * 2);
            slots = Arrays.copyOf(slots, size * 2);
        }
        int at = size++;
        while (at > 0) {
            int parent = (at - 1) / 2;
            if (due - dueNanos[parent] >= 0) {
                break;
            }
            dueNanos[at] = dueNanos[parent];
            slots[at] = slots[parent];
            at = parent;
        }
        dueNanos[at] = due;
        slots[at] = slot;
    }

    /** Gives the first slot a later due time. */
    void moveFirst(long due) {
        int slot = slots[0];
        int at = 0;
        while (true) {
            int child = 2 * at + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && dueNanos[child + 1] - dueNanos[child] < 0) {
                child++;
            }
            if (due - dueNanos[child] <= 0) {
                break;
            }
            dueNanos[at] = dueNanos[child];
            slots[at] = slots[child];
            at = child;
        }
        dueNanos[at] = due;
        slots[at] = slot;
    }
}
