package org.pingrecorder.testnet;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** The few Linux calls behind namespaces and TUN devices. Throws where a call fails. */
@SuppressWarnings("restricted") // the one place of this module that binds native functions
final class Kernel {

    static final int EAGAIN = 11;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
            CALL_STATE.varHandle(StructLayout.PathElement.groupElement("errno"));

    private static final MethodHandle UNSHARE = bind("unshare", JAVA_INT, JAVA_INT);
    private static final MethodHandle CLOSE = bind("close", JAVA_INT, JAVA_INT);
    private static final MethodHandle SOCKET =
            bind("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle OPEN = bindVariadic("open", 2, ADDRESS, JAVA_INT);
    private static final MethodHandle IOCTL =
            bindVariadic("ioctl", 2, JAVA_INT, JAVA_LONG, ADDRESS);
    private static final MethodHandle READ = bind("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle WRITE =
            bind("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle PPOLL =
            bind("ppoll", JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);

    private static final short POLLIN = 1;
    private static final int POLLFD_BYTES = 8;
    private static final int TIMESPEC_BYTES = 16;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private Kernel() {}

    private static MethodHandle bind(String name, ValueLayout result, ValueLayout... parameters) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(result, parameters),
                Linker.Option.captureCallState("errno"));
    }

    private static MethodHandle bindVariadic(
            String name, int firstVariadic, ValueLayout... parameters) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(JAVA_INT, parameters),
                Linker.Option.captureCallState("errno"),
                Linker.Option.firstVariadicArg(firstVariadic));
    }

    /** A call that fails by returning a negative number. */
    private interface Call {
        long invoke(MemorySegment callState) throws Throwable;
    }

    /** What the call returned, or the negative errno. */
    private static long attempt(Call call) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment callState = arena.allocate(CALL_STATE);
            long result = call.invoke(callState);
            return result >= 0 ? result : -(int) ERRNO.get(callState, 0L);
        } catch (Throwable fault) {
            throw new IllegalStateException("native call failed", fault);
        }
    }

    private static int require(String what, Call call) throws IOException {
        long result = attempt(call);
        if (result < 0) {
            throw new IOException(what + " failed with errno " + -result);
        }
        return (int) result;
    }

    static void unshare(int flags) throws IOException {
        require("unshare", state -> (int) UNSHARE.invokeExact(state, flags));
    }

    static int open(String path, int flags) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(path);
            return require("open " + path, state -> (int) OPEN.invokeExact(state, name, flags));
        }
    }

    static int socket(int domain, int type) throws IOException {
        return require("socket", state -> (int) SOCKET.invokeExact(state, domain, type, 0));
    }

    static void close(int fd) {
        attempt(state -> (int) CLOSE.invokeExact(state, fd));
    }

    static void ioctl(int fd, long request, MemorySegment argument) throws IOException {
        require(
                "ioctl 0x" + Long.toHexString(request),
                state -> (int) IOCTL.invokeExact(state, fd, request, argument));
    }

    /** Bytes read, or the negative errno. */
    static int read(int fd, MemorySegment into) {
        return (int) attempt(s -> (long) READ.invokeExact(s, fd, into, into.byteSize()));
    }

    /** Bytes written, or the negative errno. */
    static int write(int fd, MemorySegment from) {
        return (int) attempt(s -> (long) WRITE.invokeExact(s, fd, from, from.byteSize()));
    }

    /** Waits until the descriptor is readable, at most so long. */
    static void awaitReadable(int fd, long nanos) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment polled = arena.allocate(POLLFD_BYTES, Integer.BYTES);
            polled.set(JAVA_INT, 0, fd);
            polled.set(JAVA_SHORT, Integer.BYTES, POLLIN);
            MemorySegment timeout = arena.allocate(TIMESPEC_BYTES, Long.BYTES);
            timeout.set(JAVA_LONG, 0, nanos / NANOS_PER_SECOND);
            timeout.set(JAVA_LONG, Long.BYTES, nanos % NANOS_PER_SECOND);
            attempt(s -> (int) PPOLL.invokeExact(s, polled, 1L, timeout, MemorySegment.NULL));
        }
    }
}
