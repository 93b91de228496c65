package org.pingrecorder.icmp;

import java.lang.invoke.VarHandle;

/**
 * The engine's counts. Written by the engine's thread without synchronisation, and published at the
 * end of each turn under a sequence lock, so that a reader of any thread gets one consistent state.
 */
final class Counters {

    static final int HANDED_OVER = 0;
    static final int SENT = 1;
    static final int SEND_ERRORS = 2;
    static final int NOT_SENT = 3;
    static final int REPLIES = 4;
    static final int LATE = 5;
    static final int TIMEOUTS = 6;
    static final int UNREACHABLE = 7;
    static final int OVERFLOWED = 8;
    static final int RECEIVED = 9;
    static final int DUPLICATES = 10;
    static final int EXPIRED = 11;
    static final int FOREIGN = 12;
    static final int CORRUPTED = 13;
    static final int ERRORS_RECEIVED = 14;
    static final int ERRORS_IGNORED = 15;
    static final int STAMP_FALLBACKS = 16;
    static final int CLAMPED = 17;
    static final int HELD_UP = 18;
    private static final int COUNT = 19;

    private final long[] current = new long[COUNT];
    private final long[] published = new long[COUNT];

    /** Odd while {@link #published} is being written. */
    private volatile int version;

    void add(int counter) {
        current[counter]++;
    }

    /** For the engine's thread. */
    long get(int counter) {
        return current[counter];
    }

    /** Pings sent and not decided yet; for the engine's thread. */
    long inFlight() {
        return current[SENT]
                - current[REPLIES]
                - current[LATE]
                - current[TIMEOUTS]
                - current[UNREACHABLE]
                - current[OVERFLOWED];
    }

    /** Takes back one that was counted too soon. */
    void remove(int counter) {
        current[counter]--;
    }

    /** Makes the counts of this turn visible. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    void publish() {
        version++;
        VarHandle.releaseFence();
        System.arraycopy(current, 0, published, 0, COUNT);
        VarHandle.releaseFence();
        version++;
    }

    /** The counts as of the last turn. */
    EngineCounters snapshot() {
        long[] copy = new long[COUNT];
        int before;
        do {
            before = version;
            VarHandle.acquireFence();
            System.arraycopy(published, 0, copy, 0, COUNT);
            VarHandle.acquireFence();
        } while ((before & 1) != 0 || before != version);
        return new EngineCounters(
                copy[HANDED_OVER],
                copy[SENT],
                copy[SEND_ERRORS],
                copy[NOT_SENT],
                copy[REPLIES],
                copy[LATE],
                copy[TIMEOUTS],
                copy[UNREACHABLE],
                copy[OVERFLOWED],
                copy[RECEIVED],
                copy[DUPLICATES],
                copy[EXPIRED],
                copy[FOREIGN],
                copy[CORRUPTED],
                copy[ERRORS_RECEIVED],
                copy[ERRORS_IGNORED],
                copy[STAMP_FALLBACKS],
                copy[CLAMPED],
                copy[HELD_UP]);
    }
}
