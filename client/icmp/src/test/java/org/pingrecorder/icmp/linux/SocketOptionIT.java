package org.pingrecorder.icmp.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pingrecorder.icmp.packet.PacketOptions;
import org.pingrecorder.icmp.socket.EchoNetwork;
import org.pingrecorder.testnet.NetworkNamespace;

/** The kernel takes each option the engine sets, on the kind of socket it sets it on. */
class SocketOptionIT {

    @BeforeAll
    static void needsRoot() {
        NetworkNamespace.skipReason().ifPresent(reason -> abort(reason));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void setsockopt_onRawSocket_isAccepted(boolean ipv6) {
        try (Arena arena = Arena.ofConfined()) {
            Libc libc = new Libc(arena);
            int fd =
                    libc.socket(
                            ipv6 ? SocketAddress.AF_INET6 : SocketAddress.AF_INET,
                            SocketOption.SOCK_RAW | SocketOption.SOCK_CLOEXEC,
                            ipv6 ? SocketOption.IPPROTO_ICMPV6 : SocketOption.IPPROTO_ICMP);
            assertTrue(fd >= 0, () -> Errno.name(-fd));
            MemorySegment on = arena.allocateFrom(JAVA_INT, 1);
            int socket = SocketOption.SOL_SOCKET;
            int ip = ipv6 ? SocketOption.SOL_IPV6 : SocketOption.SOL_IP;
            int types = ipv6 ? SocketOption.SOL_ICMPV6 : SocketOption.SOL_RAW;

            assertEquals(0, libc.setsockopt(fd, socket, SocketOption.SO_TIMESTAMPNS, on));
            assertEquals(0, libc.setsockopt(fd, socket, SocketOption.SO_RXQ_OVFL, on));
            assertEquals(0, libc.setsockopt(fd, socket, SocketOption.SO_RCVBUFFORCE, on));
            assertEquals(0, libc.setsockopt(fd, socket, SocketOption.SO_SNDBUFFORCE, on));
            assertEquals(
                    0,
                    libc.setsockopt(
                            fd,
                            ip,
                            ipv6 ? SocketOption.IPV6_RECVERR : SocketOption.IP_RECVERR,
                            on));
            assertEquals(
                    0,
                    libc.setsockopt(
                            fd,
                            ip,
                            ipv6 ? SocketOption.IPV6_RECVHOPLIMIT : SocketOption.IP_RECVTTL,
                            on));
            assertEquals(
                    0,
                    libc.setsockopt(
                            fd,
                            types,
                            ipv6 ? SocketOption.ICMP6_FILTER : SocketOption.ICMP_FILTER,
                            ipv6 ? PacketFilter.icmp6Types(arena) : PacketFilter.icmpTypes(arena)));
            assertEquals(
                    0,
                    libc.setsockopt(
                            fd,
                            socket,
                            SocketOption.SO_ATTACH_FILTER,
                            PacketFilter.ids(arena, ipv6, 1, 2)));
            libc.close(fd);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void drops_newSocket_areReadAsZero(boolean ipv6) throws Exception {
        LinuxSockets sockets = new LinuxSockets(PacketOptions.DEFAULT);
        assertEquals(0, sockets.addRaw(ipv6, 1));
        try (EchoNetwork network = sockets.build("", "")) {
            assertEquals(0, network.sockets().getFirst().drops());
        }
    }
}
