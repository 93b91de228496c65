package org.pingrecorder.icmp.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The C library's socket calls, one typed wrapper each. A wrapper returns what the call returned,
 * or the negative errno. An instance owns the memory that errno is captured in: one thread at a
 * time.
 */
@SuppressWarnings("restricted") // the one place that binds native functions
final class Libc {

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
            CALL_STATE.varHandle(StructLayout.PathElement.groupElement("errno"));

    private static final MethodHandle SOCKET = bind("socket", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle CLOSE = bind("close", JAVA_INT);
    private static final MethodHandle BIND = bind("bind", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SETSOCKOPT =
            bind("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle GETSOCKOPT =
            bind("getsockopt", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle SENDMMSG =
            bind("sendmmsg", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle RECVMMSG =
            bind("recvmmsg", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle PPOLL = bind("ppoll", ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);
    private static final MethodHandle EVENTFD = bind("eventfd", JAVA_INT, JAVA_INT);
    private static final MethodHandle EVENTFD_WRITE = bind("eventfd_write", JAVA_INT, JAVA_LONG);
    private static final MethodHandle EVENTFD_READ = bind("eventfd_read", JAVA_INT, ADDRESS);

    private final MemorySegment callState;

    Libc(Arena arena) {
        this.callState = arena.allocate(CALL_STATE);
    }

    private static MethodHandle bind(String name, ValueLayout... parameters) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(JAVA_INT, parameters),
                Linker.Option.captureCallState("errno"));
    }

    int socket(int domain, int type, int protocol) {
        try {
            return result((int) SOCKET.invokeExact(callState, domain, type, protocol));
        } catch (Throwable fault) {
            throw broken(fault);
        }
    }

    int close(int fd) {
        try {
            return result((int) CLOSE.invokeExact(callState, fd));
        } catch (Throwable fault) {
            throw broken(fault);
        }
    }

    int bind(int fd, MemorySegment address) {
        try {
            int bytes = (int) address.byteSize();
            return result((int) BIND.invokeExact(callState, fd, address, bytes));
        } catch (Throwable fault) {
            throw broken(fault);
        }
    }

    int setsockopt(int fd, int level, int name, MemorySegment value) {
        try {
            return result(
                    (int)
                            SETSOCKOPT.invokeExact(
                                    callState, fd, level, name, value, (int) value.byteSize()));
        } catch (Throwable fault) {
            throw broken(fault);
        }
    }

    /** {@code length} is a socklen_t: the room in {@code value}, then how much was written. */
    int getsockopt(int fd, int level, int name, MemorySegment value, MemorySegment length) {
        try {
            return result((int) GETSOCKOPT.invokeExact(callState, fd, level, name, value, length));
        } catch (Throwable fault) {
            throw broken(fault);
        }
    }

    int sendmmsg(int fd, MemorySegment messages, int count, int flags) {
        try {
            return result((int) SENDMMSG.invokeExact(callState, fd, messages, count, flags));
        } catch (Throwable fault) {
            throw broken(fault);
        }
    }

    int recvmmsg(int fd, MemorySegment messages, int count, int flags) {
        try {
            return result(
                    (int)
                            RECVMMSG.invokeExact(
                                    callState, fd, messages, count, flags, MemorySegment.NULL));
        } catch (Throwable fault) {
            throw broken(fault);
        }
    }

    /** {@code timeout} is a timespec, or NULL to wait without end. */
    int ppoll(MemorySegment descriptors, long count, MemorySegment timeout) {
        try {
            return result(
                    (int)
                            PPOLL.invokeExact(
                                    callState, descriptors, count, timeout, MemorySegment.NULL));
        } catch (Throwable fault) {
            throw broken(fault);
        }
    }

    int eventfd(int initial, int flags) {
        try {
            return result((int) EVENTFD.invokeExact(callState, initial, flags));
        } catch (Throwable fault) {
            throw broken(fault);
        }
    }

    int eventfdWrite(int fd, long value) {
        try {
            return result((int) EVENTFD_WRITE.invokeExact(callState, fd, value));
        } catch (Throwable fault) {
            throw broken(fault);
        }
    }

    int eventfdRead(int fd, MemorySegment value) {
        try {
            return result((int) EVENTFD_READ.invokeExact(callState, fd, value));
        } catch (Throwable fault) {
            throw broken(fault);
        }
    }

    private int result(int returned) {
        return returned >= 0 ? returned : -(int) ERRNO.get(callState, 0L);
    }

    /** A downcall itself throws only for arguments of a wrong kind or freed memory. */
    private static IllegalStateException broken(Throwable fault) {
        return new IllegalStateException("native call failed", fault);
    }
}
