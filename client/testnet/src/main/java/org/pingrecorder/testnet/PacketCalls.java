package org.pingrecorder.testnet;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The Linux calls made for every packet, with memory made once: a call allocates nothing. They
 * return their result, or the negative errno. One thread.
 */
final class PacketCalls {

    private static final MethodHandle READ =
            Kernel.bind("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle WRITE =
            Kernel.bind("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle RECVMMSG =
            Kernel.bind("recvmmsg", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle PPOLL =
            Kernel.bind("ppoll", JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);

    private static final short POLLIN = 1;
    private static final int POLLFD_BYTES = 8;
    private static final int TIMESPEC_BYTES = 16;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final MemorySegment callState;
    private final MemorySegment polled;
    private final MemorySegment timeout;

    PacketCalls(Arena arena) {
        this.callState = Kernel.callState(arena);
        this.polled = arena.allocate(POLLFD_BYTES, Integer.BYTES);
        this.timeout = arena.allocate(TIMESPEC_BYTES, Long.BYTES);
    }

    /** Bytes read. */
    int read(int fd, MemorySegment into, long bytes) {
        try {
            return result((long) READ.invokeExact(callState, fd, into, bytes));
        } catch (Throwable fault) {
            throw broken(fault);
        }
    }

    /** Bytes written. */
    int write(int fd, MemorySegment from, long bytes) {
        try {
            return result((long) WRITE.invokeExact(callState, fd, from, bytes));
        } catch (Throwable fault) {
            throw broken(fault);
        }
    }

    /** Messages read. */
    int recvmmsg(int fd, MemorySegment headers, int count) {
        try {
            return result(
                    (int)
                            RECVMMSG.invokeExact(
                                    callState, fd, headers, count, 0, MemorySegment.NULL));
        } catch (Throwable fault) {
            throw broken(fault);
        }
    }

    /** Waits until the descriptor is readable, at most so long. */
    void awaitReadable(int fd, long nanos) {
        polled.set(JAVA_INT, 0, fd);
        polled.set(JAVA_SHORT, Integer.BYTES, POLLIN);
        timeout.set(JAVA_LONG, 0, nanos / NANOS_PER_SECOND);
        timeout.set(JAVA_LONG, Long.BYTES, nanos % NANOS_PER_SECOND);
        try {
            result((int) PPOLL.invokeExact(callState, polled, 1L, timeout, MemorySegment.NULL));
        } catch (Throwable fault) {
            throw broken(fault);
        }
    }

    private int result(long returned) {
        return returned >= 0 ? (int) returned : -Kernel.errno(callState);
    }

    private static IllegalStateException broken(Throwable fault) {
        return new IllegalStateException("native call failed", fault);
    }
}
