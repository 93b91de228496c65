package org.pingrecorder.icmp.linux;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/** {@code struct timespec}. */
final class TimeSpec {

    static final StructLayout LAYOUT =
            structLayout(JAVA_LONG.withName("tv_sec"), JAVA_LONG.withName("tv_nsec"));

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private TimeSpec() {}

    static long nanos(MemorySegment memory, long at) {
        return memory.get(JAVA_LONG, at) * NANOS_PER_SECOND
                + memory.get(JAVA_LONG, at + Long.BYTES);
    }

    static void write(MemorySegment memory, long nanos) {
        memory.set(JAVA_LONG, 0, nanos / NANOS_PER_SECOND);
        memory.set(JAVA_LONG, Long.BYTES, nanos % NANOS_PER_SECOND);
    }
}
