package org.pingrecorder.testnet;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetAddress;

/** Configures an interface of the calling thread's namespace by {@code struct ifreq}. */
final class NetworkInterface {

    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final long SIOCSIFFLAGS = 0x8914;
    private static final long SIOCSIFADDR = 0x8916;
    private static final long SIOCSIFNETMASK = 0x891c;
    private static final long SIOCGIFINDEX = 0x8933;
    private static final long SIOCSIFTXQLEN = 0x8943;
    private static final short IFF_UP = 1;
    private static final int IPV4_BITS = 32;

    private static final int IFREQ_BYTES = 40;
    private static final int NAME_BYTES = 16;
    private static final int ADDRESS_IN_SOCKADDR = 4;
    private static final int IN6_IFREQ_BYTES = 24;
    private static final int IN6_PREFIX_AT = 16;
    private static final int IN6_INDEX_AT = 20;

    private NetworkInterface() {}

    /** {@code struct ifreq} with the name filled in; the union after it begins at 16. */
    static MemorySegment request(Arena arena, String name) {
        MemorySegment request = arena.allocate(IFREQ_BYTES, Long.BYTES);
        request.setString(0, name);
        return request;
    }

    static void setShort(MemorySegment request, int value) {
        request.set(JAVA_SHORT, NAME_BYTES, (short) value);
    }

    static void up(String name) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment request = request(arena, name);
            setShort(request, IFF_UP);
            control(AF_INET, SIOCSIFFLAGS, request);
        }
    }

    /** Sets how many packets wait for whoever reads the device before the kernel drops some. */
    static void queueLength(String name, int packets) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment request = request(arena, name);
            request.set(JAVA_INT, NAME_BYTES, packets);
            control(AF_INET, SIOCSIFTXQLEN, request);
        }
    }

    /** Gives the interface an address; the kernel routes the address's whole prefix to it. */
    static void address(String name, InetAddress address, int prefixBits) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment request = request(arena, name);
            if (address instanceof Inet6Address) {
                control(AF_INET, SIOCGIFINDEX, request);
                MemorySegment ipv6 = arena.allocate(IN6_IFREQ_BYTES, Long.BYTES);
                MemorySegment.copy(address.getAddress(), 0, ipv6, JAVA_BYTE, 0, IN6_PREFIX_AT);
                ipv6.set(JAVA_INT, IN6_PREFIX_AT, prefixBits);
                ipv6.set(JAVA_INT, IN6_INDEX_AT, request.get(JAVA_INT, NAME_BYTES));
                control(AF_INET6, SIOCSIFADDR, ipv6);
            } else {
                setShort(request, AF_INET);
                int at = NAME_BYTES + ADDRESS_IN_SOCKADDR;
                MemorySegment.copy(address.getAddress(), 0, request, JAVA_BYTE, at, 4);
                control(AF_INET, SIOCSIFADDR, request);
                int mask = Integer.reverseBytes(-1 << (IPV4_BITS - prefixBits));
                request.set(JAVA_INT, at, mask);
                control(AF_INET, SIOCSIFNETMASK, request);
            }
        }
    }

    private static void control(int family, long what, MemorySegment argument) throws IOException {
        int fd = Kernel.socket(family, Kernel.SOCK_DGRAM);
        try {
            Kernel.ioctl(fd, what, argument);
        } finally {
            Kernel.close(fd);
        }
    }
}
