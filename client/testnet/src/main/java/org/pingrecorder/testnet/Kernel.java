package org.pingrecorder.testnet;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.BitSet;

/**
 * The Linux calls that set up namespaces, devices and sockets. They throw where a call fails; what
 * is called for each packet is in {@link PacketCalls}.
 */
@SuppressWarnings("restricted") // the one place of this module that binds native functions
final class Kernel {

    static final int EAGAIN = 11;

    static final int SOCK_DGRAM = 2;
    static final int SOCK_NONBLOCK = 0x800;
    static final int SOCK_CLOEXEC = 0x80000;
    static final int SOL_SOCKET = 1;

    private static final int PR_SET_TIMERSLACK = 29;
    private static final int SCHED_FIFO = 1;
    private static final long CPU_SET_BYTES = 128;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
            CALL_STATE.varHandle(StructLayout.PathElement.groupElement("errno"));

    private static final MethodHandle UNSHARE = bind("unshare", JAVA_INT, JAVA_INT);
    private static final MethodHandle CLOSE = bind("close", JAVA_INT, JAVA_INT);
    private static final MethodHandle SOCKET =
            bind("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle BIND = bind("bind", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SETSOCKOPT =
            bind("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle GETSOCKOPT =
            bind("getsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle SCHED_SETSCHEDULER =
            bind("sched_setscheduler", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle SCHED_SETAFFINITY =
            bind("sched_setaffinity", JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS);
    private static final MethodHandle SCHED_GETAFFINITY =
            bind("sched_getaffinity", JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS);
    private static final MethodHandle OPEN = bindVariadic("open", 2, ADDRESS, JAVA_INT);
    private static final MethodHandle IOCTL =
            bindVariadic("ioctl", 2, JAVA_INT, JAVA_LONG, ADDRESS);
    private static final MethodHandle PRCTL = bindVariadic("prctl", 1, JAVA_INT, JAVA_LONG);

    private Kernel() {}

    static MethodHandle bind(String name, ValueLayout result, ValueLayout... parameters) {
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

    /** Memory in which a bound function leaves its errno. */
    static MemorySegment callState(Arena arena) {
        return arena.allocate(CALL_STATE);
    }

    static int errno(MemorySegment callState) {
        return (int) ERRNO.get(callState, 0L);
    }

    /** A call that fails by returning a negative number. */
    private interface Call {
        int invoke(MemorySegment callState) throws Throwable;
    }

    /** What the call returned, or the negative errno. */
    private static int attempt(Call call) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment callState = callState(arena);
            int result = call.invoke(callState);
            return result >= 0 ? result : -errno(callState);
        } catch (Throwable fault) {
            throw new IllegalStateException("native call failed", fault);
        }
    }

    private static int require(String what, Call call) throws IOException {
        int result = attempt(call);
        if (result < 0) {
            throw new IOException(what + " failed with errno " + -result);
        }
        return result;
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

    static void bind(int fd, MemorySegment address) throws IOException {
        int bytes = (int) address.byteSize();
        require("bind", state -> (int) BIND.invokeExact(state, fd, address, bytes));
    }

    static void setsockopt(int fd, int level, int name, MemorySegment value) throws IOException {
        int bytes = (int) value.byteSize();
        require(
                "setsockopt " + level + "/" + name,
                s -> (int) SETSOCKOPT.invokeExact(s, fd, level, name, value, bytes));
    }

    /** Fills all of {@code value}. */
    static void getsockopt(int fd, int level, int name, MemorySegment value) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment length = arena.allocateFrom(JAVA_INT, (int) value.byteSize());
            require(
                    "getsockopt " + level + "/" + name,
                    s -> (int) GETSOCKOPT.invokeExact(s, fd, level, name, value, length));
        }
    }

    static void close(int fd) {
        attempt(state -> (int) CLOSE.invokeExact(state, fd));
    }

    static void ioctl(int fd, long request, MemorySegment argument) throws IOException {
        require(
                "ioctl 0x" + Long.toHexString(request),
                state -> (int) IOCTL.invokeExact(state, fd, request, argument));
    }

    /** The processors that the calling thread may run on, a bit each. */
    static BitSet processors() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocate(CPU_SET_BYTES, Long.BYTES);
            require(
                    "sched_getaffinity",
                    s -> (int) SCHED_GETAFFINITY.invokeExact(s, 0, CPU_SET_BYTES, mask));
            return BitSet.valueOf(mask.toArray(JAVA_BYTE));
        }
    }

    /** Binds the calling thread, and what it starts from now on, to these processors. */
    static void bindTo(BitSet processors) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocate(CPU_SET_BYTES, Long.BYTES);
            mask.copyFrom(MemorySegment.ofArray(processors.toByteArray()));
            require(
                    "sched_setaffinity",
                    s -> (int) SCHED_SETAFFINITY.invokeExact(s, 0, CPU_SET_BYTES, mask));
        }
    }

    /** Puts the calling thread ahead of all of ordinary priority, where we may (CAP_SYS_NICE). */
    static void runFirst() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment priority = arena.allocateFrom(JAVA_INT, 1);
            attempt(s -> (int) SCHED_SETSCHEDULER.invokeExact(s, 0, SCHED_FIFO, priority));
        }
    }

    /** Lets the calling thread's sleeps end on time: without timer slack. */
    static void sleepExactly() {
        attempt(state -> (int) PRCTL.invokeExact(state, PR_SET_TIMERSLACK, 1L));
    }
}
