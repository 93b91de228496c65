package org.pingrecorder.icmp.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One tiny test per binding, on sockets that need no privilege. */
class LibcIT {

    private static final int IPPROTO_UDP = 17;
    private static final int BAD_FD = 1_000_000;

    private final Arena arena = Arena.ofConfined();
    private final Libc libc = new Libc(arena);

    @AfterEach
    void free() {
        arena.close();
    }

    private int udp() {
        return libc.socket(
                SocketAddress.AF_INET,
                SocketOption.SOCK_DGRAM | SocketOption.SOCK_CLOEXEC,
                IPPROTO_UDP);
    }

    @Test
    void socket_unknownFamily_isErrno() {
        assertEquals(-Errno.EAFNOSUPPORT, libc.socket(-1, SocketOption.SOCK_DGRAM, 0));
    }

    @Test
    void close_openThenClosed_isErrnoTheSecondTime() {
        int fd = udp();

        assertTrue(fd >= 0);
        assertEquals(0, libc.close(fd));
        assertEquals(-Errno.EBADF, libc.close(BAD_FD));
    }

    @Test
    void bind_ownAddressAndAnother_takesOnlyTheOwn() {
        int fd = udp();
        InetAddress own = InetAddress.ofLiteral("127.0.0.1");
        InetAddress other = InetAddress.ofLiteral("192.0.2.99");

        int result = libc.bind(fd, SocketAddress.of(arena, other));
        assertEquals("EADDRNOTAVAIL", Errno.name(-result));
        assertEquals(0, libc.bind(fd, SocketAddress.of(arena, own)));
        libc.close(fd);
    }

    @Test
    void sockopt_receiveBuffer_isSetAndRead() {
        int fd = udp();
        MemorySegment value = arena.allocateFrom(JAVA_INT, 16_384);
        MemorySegment length = arena.allocateFrom(JAVA_INT, Integer.BYTES);

        int level = SocketOption.SOL_SOCKET;
        assertEquals(0, libc.setsockopt(fd, level, SocketOption.SO_RCVBUF, value));
        assertEquals(0, libc.getsockopt(fd, level, SocketOption.SO_RCVBUF, value, length));
        assertEquals(32_768, value.get(JAVA_INT, 0)); // the kernel doubles it for its own use
        assertEquals(-Errno.EBADF, libc.setsockopt(BAD_FD, level, SocketOption.SO_RCVBUF, value));
        libc.close(fd);
    }

    @Test
    void messages_noPortAndNothingWaiting_areErrno() {
        int fd = udp();
        MessageVector out = new MessageVector(arena, 2, 5, 0);
        for (int i = 0; i < 2; i++) {
            SocketAddress.writeFamily(out.names(), out.nameOffset(i), false);
            SocketAddress.write(out.names(), out.nameOffset(i), false, 0, 0x7f000001, 0);
            out.nameLength(i, SocketAddress.bytes(false));
            out.bytes().setString(out.byteOffset(i), "abc" + i);
        }
        // Port 0 is no destination: the kernel says so, which shows that it read the address.
        assertEquals(
                -Errno.EINVAL, libc.sendmmsg(fd, out.headersFrom(0), 2, SocketOption.MSG_DONTWAIT));
        MessageVector in = new MessageVector(arena, 2, 16, ControlMessages.ROOM_BYTES);
        in.resetRoom(2);
        assertEquals(
                -Errno.EAGAIN, libc.recvmmsg(fd, in.headersFrom(0), 2, SocketOption.MSG_DONTWAIT));
        libc.close(fd);
    }

    @Test
    void eventfd_written_wakesPpollAndCounts() {
        int fd = libc.eventfd(0, 0x800);
        PollSet set = new PollSet(arena, 1);
        set.watch(0, fd, PollSet.POLLIN);
        assertEquals(0, set.await(libc, 0));
        assertFalse(set.is(0, PollSet.POLLIN));

        assertEquals(0, libc.eventfdWrite(fd, 5));
        assertEquals(1, set.await(libc, Long.MAX_VALUE));
        assertTrue(set.is(0, PollSet.POLLIN));
        MemorySegment count = arena.allocate(JAVA_LONG);
        assertEquals(0, libc.eventfdRead(fd, count));
        assertEquals(5, count.get(JAVA_LONG, 0));
        assertEquals(-Errno.EAGAIN, libc.eventfdRead(fd, count));
        libc.close(fd);
    }

    @Test
    void ppoll_timeout_isKept() {
        long before = System.nanoTime();
        assertEquals(0, new PollSet(arena, 0).await(libc, 3_000_000));

        assertTrue(System.nanoTime() - before >= 3_000_000);
    }

    @Test
    void name_errno_isSymbolic() {
        assertEquals("EHOSTUNREACH", Errno.name(Errno.EHOSTUNREACH));
        assertEquals("errno 4095", Errno.name(4095));
    }
}
