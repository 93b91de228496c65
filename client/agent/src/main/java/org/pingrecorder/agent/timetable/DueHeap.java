package org.pingrecorder.agent.timetable;

/**
 * The next slot of every ip as a binary min-heap in two arrays: its planned wall time and the ip's
 * index. For one thread.
 */
final class DueHeap {

    private long[] epochMicros = new long[0];
    private int[] indexes = new int[0];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    /** Empties it, with room for so many. */
    void clear(int capacity) {
        size = 0;
        if (epochMicros.length < capacity || epochMicros.length > 2 * capacity) {
            epochMicros = new long[capacity];
            indexes = new int[capacity];
        }
    }

    /** The earliest slot; only if not empty. */
    long firstEpochMicros() {
        return epochMicros[0];
    }

    /** Whose slot is the earliest; only if not empty. */
    int firstIndex() {
        return indexes[0];
    }

    /** The slots by index. */
    long[] byIndex() {
        long[] ordered = new long[size];
        for (int i = 0; i < size; i++) {
            ordered[indexes[i]] = epochMicros[i];
        }
        return ordered;
    }

    /** Adds one; there must be room. */
    void add(long slotEpochMicros, int index) {
        int at = size++;
        while (at > 0) {
            int parent = (at - 1) / 2;
            if (slotEpochMicros >= epochMicros[parent]) {
                break;
            }
            epochMicros[at] = epochMicros[parent];
            indexes[at] = indexes[parent];
            at = parent;
        }
        epochMicros[at] = slotEpochMicros;
        indexes[at] = index;
    }

    /** Gives the first ip a later slot. */
    void moveFirst(long slotEpochMicros) {
        int index = indexes[0];
        int at = 0;
        while (true) {
            int child = 2 * at + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && epochMicros[child + 1] < epochMicros[child]) {
                child++;
            }
            if (slotEpochMicros <= epochMicros[child]) {
                break;
            }
            epochMicros[at] = epochMicros[child];
            indexes[at] = indexes[child];
            at = child;
        }
        epochMicros[at] = slotEpochMicros;
        indexes[at] = index;
    }
}
