package org.pingrecorder.icmp.linux;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/** An array of {@code struct pollfd}, and the wait over it. */
final class PollSet {

    static final StructLayout POLLFD =
            structLayout(
                    JAVA_INT.withName("fd"),
                    JAVA_SHORT.withName("events"),
                    JAVA_SHORT.withName("revents"));

    static final int POLLIN = 0x1;
    static final int POLLOUT = 0x4;
    static final int POLLERR = 0x8;

    private static final long EVENTS_AT = 4;
    private static final long REVENTS_AT = 6;

    private final int size;
    private final MemorySegment entries;
    private final MemorySegment timeout;

    PollSet(Arena arena, int size) {
        this.size = size;
        this.entries = arena.allocate(POLLFD, size);
        this.timeout = arena.allocate(TimeSpec.LAYOUT);
    }

    void watch(int index, int fd, int events) {
        entries.set(JAVA_INT, index * POLLFD.byteSize(), fd);
        entries.set(JAVA_SHORT, index * POLLFD.byteSize() + EVENTS_AT, (short) events);
    }

    /** One ppoll; a signal ends it early like a wake-up. {@link Long#MAX_VALUE} has no timeout. */
    int await(Libc libc, long nanos) {
        TimeSpec.write(timeout, Math.max(0, nanos));
        return libc.ppoll(entries, size, nanos == Long.MAX_VALUE ? MemorySegment.NULL : timeout);
    }

    boolean is(int index, int event) {
        return (entries.get(JAVA_SHORT, index * POLLFD.byteSize() + REVENTS_AT) & event) != 0;
    }
}
