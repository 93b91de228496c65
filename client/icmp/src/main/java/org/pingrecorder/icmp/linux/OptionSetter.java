package org.pingrecorder.icmp.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import org.pingrecorder.icmp.packet.PacketOptions;
import org.pingrecorder.icmp.packet.PacketSource;

/**
 * Puts {@link PacketOptions} on an open socket. Unlike the options the engine sets for itself,
 * these must hold: pinging without them would not be what was asked for.
 */
final class OptionSetter {

    private final Libc libc;
    private final int fd;
    private final boolean ipv6;
    private final Arena arena;

    private OptionSetter(Libc libc, int fd, boolean ipv6, Arena arena) {
        this.libc = libc;
        this.fd = fd;
        this.ipv6 = ipv6;
        this.arena = arena;
    }

    static void set(Libc libc, int fd, boolean ipv6, PacketOptions packet) throws OptionFault {
        try (Arena arena = Arena.ofConfined()) {
            new OptionSetter(libc, fd, ipv6, arena).all(packet);
        }
    }

    private void all(PacketOptions packet) throws OptionFault {
        if (packet.ttl() != PacketOptions.SYSTEM_TTL) {
            int name = ipv6 ? SocketOption.IPV6_UNICAST_HOPS : SocketOption.IP_TTL;
            ip("ttl", packet.ttl(), name, packet.ttl());
        }
        if (packet.dscp() != 0) {
            int name = ipv6 ? SocketOption.IPV6_TCLASS : SocketOption.IP_TOS;
            ip("dscp", packet.dscp(), name, packet.trafficClass());
        }
        if (packet.dontFragment()) {
            // Not ..._DO: that keeps what routers said of the path's MTU, and answers the next
            // pings with EMSGSIZE here, unsent, although the path may be another by then.
            int name = ipv6 ? SocketOption.IPV6_MTU_DISCOVER : SocketOption.IP_MTU_DISCOVER;
            ip("dont-fragment", true, name, SocketOption.PMTUDISC_PROBE);
        }
        if (packet.source() != null) {
            source(packet.source());
        }
    }

    private void ip(String option, Object value, int name, int number) throws OptionFault {
        int level = ipv6 ? SocketOption.SOL_IPV6 : SocketOption.SOL_IP;
        int result = libc.setsockopt(fd, level, name, arena.allocateFrom(JAVA_INT, number));
        check(result, option, value, "leave it out");
    }

    private void source(PacketSource source) throws OptionFault {
        String interfaceName = source.interfaceName();
        InetAddress address = source.address(ipv6);
        if (interfaceName != null) {
            byte[] name = interfaceName.getBytes(StandardCharsets.UTF_8);
            MemorySegment value = arena.allocateFrom(java.lang.foreign.ValueLayout.JAVA_BYTE, name);
            int result =
                    libc.setsockopt(
                            fd, SocketOption.SOL_SOCKET, SocketOption.SO_BINDTODEVICE, value);
            check(result, "source", interfaceName, interfaceMend(-result));
        } else if (address != null) {
            int result = libc.bind(fd, SocketAddress.of(arena, address));
            check(result, "source", address.getHostAddress(), addressMend(-result));
        }
    }

    private static String interfaceMend(int errno) {
        return switch (errno) {
            case Errno.ENODEV -> "give the name of an interface that is there, see 'ip link'";
            case Errno.EPERM -> "give the interface's address; its name needs Linux 5.7 or newer";
            default -> "give the interface's address instead of its name";
        };
    }

    private static String addressMend(int errno) {
        return errno == Errno.EINVAL
                ? "give a link-local address with its zone, such as fe80::1%eth0"
                : "give an address of one of its interfaces, see 'ip address'";
    }

    private void check(int result, String option, Object value, String mend) throws OptionFault {
        if (result < 0) {
            throw new OptionFault(option, value, ipv6, -result, mend);
        }
    }
}
