package org.pingrecorder.icmp;

import org.pingrecorder.icmp.socket.ReceivedPacket;

/**
 * Turns the kernel's receive stamps, which are wall-clock, into monotonic time: reads both clocks
 * together and goes back by the packet's age. A stamp is not believed when the age is negative or
 * above a second, or when the clocks moved against each other since the last read.
 */
final class ReceiveTime {

    private static final long MAX_AGE_NANOS = 1_000_000_000;
    private static final long MAX_SHIFT_NANOS = 1_000_000;

    /** Reading three clocks takes less than this, unless something came in between. */
    private static final long TOGETHER_NANOS = 2_000;

    private static final int READ_ATTEMPTS = 4;

    private final Clock clock;
    private final Counters counters;
    private boolean readBefore;
    private boolean steady;
    private long monotonicNanos;
    private long epochNanos;

    ReceiveTime(Clock clock, Counters counters) {
        this.clock = clock;
        this.counters = counters;
    }

    /** Reads the clocks; to be called right after each receive. */
    void read() {
        long lastOffset = epochNanos - monotonicNanos;
        long leastApart = Long.MAX_VALUE;
        for (int i = 0; i < READ_ATTEMPTS && leastApart > TOGETHER_NANOS; i++) {
            long before = clock.nanoTime();
            long epoch = clock.epochNanos();
            long apart = clock.nanoTime() - before;
            if (apart < leastApart) {
                leastApart = apart;
                epochNanos = epoch;
                monotonicNanos = before + apart / 2;
            }
        }
        long shift = epochNanos - monotonicNanos - lastOffset;
        steady = !readBefore || Math.abs(shift) <= MAX_SHIFT_NANOS;
        readBefore = true;
    }

    /** Monotonic time of a kernel stamp; the time of the read, counted, if it is not believed. */
    long monotonicNanosOf(long stampEpochNanos) {
        long ageNanos = epochNanos - stampEpochNanos;
        boolean believed =
                stampEpochNanos != ReceivedPacket.NONE
                        && steady
                        && ageNanos >= 0
                        && ageNanos <= MAX_AGE_NANOS;
        if (!believed) {
            counters.add(Counters.STAMP_FALLBACKS);
        }
        return believed ? monotonicNanos - ageNanos : monotonicNanos;
    }
}
