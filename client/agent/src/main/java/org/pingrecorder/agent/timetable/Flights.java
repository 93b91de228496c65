package org.pingrecorder.agent.timetable;

import java.util.Arrays;
import java.util.BitSet;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The pings in flight: records in arrays, used again in turn. A handle is a record's index and how
 * often it has been used, so that a duplicate that comes too late is not taken for a newer ping's.
 * For the engine's thread.
 */
final class Flights {

    private static final int FIRST_CAPACITY = 64;

    private @Nullable PingedIp[] ips = new @Nullable PingedIp[FIRST_CAPACITY];
    private long[] plannedEpochMicros = new long[FIRST_CAPACITY];
    private long[] dueNanos = new long[FIRST_CAPACITY];
    private int[] clockSteps = new int[FIRST_CAPACITY];
    private int[] uses = new int[FIRST_CAPACITY];

    /** Free indexes as a ring: the one that has been free longest is used next. */
    private int[] free = new int[FIRST_CAPACITY];

    private int firstFree;
    private int freeCount;

    Flights() {
        addFree(0, FIRST_CAPACITY);
    }

    /** Takes a record for one ping and returns its handle, which is never below zero. */
    long take(PingedIp ip, long epochMicros, long due, int steps) {
        if (freeCount == 0) {
            grow();
        }
        int index = free[firstFree];
        firstFree = (firstFree + 1) % free.length;
        freeCount--;
        ips[index] = ip;
        plannedEpochMicros[index] = epochMicros;
        dueNanos[index] = due;
        clockSteps[index] = steps;
        uses[index] = uses[index] + 1 & Integer.MAX_VALUE;
        return (long) uses[index] << 32 | index;
    }

    /** Whether the record still belongs to the ping of this handle, in flight or just decided. */
    boolean holds(long handle) {
        return uses[index(handle)] == (int) (handle >>> 32);
    }

    PingedIp ip(long handle) {
        PingedIp ip = ips[index(handle)];
        if (ip == null) {
            throw new IllegalStateException("no ping has handle " + handle);
        }
        return ip;
    }

    long plannedEpochMicros(long handle) {
        return plannedEpochMicros[index(handle)];
    }

    long dueNanos(long handle) {
        return dueNanos[index(handle)];
    }

    int clockSteps(long handle) {
        return clockSteps[index(handle)];
    }

    /** The earliest planned time of a ping in flight. */
    OptionalLong oldestEpochMicros() {
        BitSet inFlight = new BitSet(ips.length);
        inFlight.set(0, ips.length);
        for (int i = 0; i < freeCount; i++) {
            inFlight.clear(free[(firstFree + i) % free.length]);
        }
        return inFlight.stream().mapToLong(index -> plannedEpochMicros[index]).min();
    }

    /** Gives a record back; it can be read until it is taken again. */
    void release(long handle) {
        free[(firstFree + freeCount) % free.length] = index(handle);
        freeCount++;
    }

    int inFlight() {
        return ips.length - freeCount;
    }

    private static int index(long handle) {
        return (int) handle;
    }

    private void grow() {
        int old = ips.length;
        ips = Arrays.copyOf(ips, old * 2);
        plannedEpochMicros = Arrays.copyOf(plannedEpochMicros, old * 2);
        dueNanos = Arrays.copyOf(dueNanos, old * 2);
        clockSteps = Arrays.copyOf(clockSteps, old * 2);
        uses = Arrays.copyOf(uses, old * 2);
        free = new int[old * 2];
        addFree(old, old * 2);
    }

    private void addFree(int from, int to) {
        firstFree = 0;
        freeCount = to - from;
        for (int i = from; i < to; i++) {
            free[i - from] = i;
        }
    }
}
