package org.pingrecorder.icmp.linux;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** {@code struct sockaddr_in} and {@code struct sockaddr_in6}. */
final class SocketAddress {

    static final int AF_INET = 2;
    static final int AF_INET6 = 10;

    static final StructLayout IPV4 =
            structLayout(
                    JAVA_SHORT.withName("sin_family"),
                    JAVA_SHORT.withName("sin_port"),
                    JAVA_INT.withName("sin_addr"),
                    MemoryLayout.paddingLayout(8));

    static final StructLayout IPV6 =
            structLayout(
                    JAVA_SHORT.withName("sin6_family"),
                    JAVA_SHORT.withName("sin6_port"),
                    JAVA_INT.withName("sin6_flowinfo"),
                    MemoryLayout.sequenceLayout(16, ValueLayout.JAVA_BYTE).withName("sin6_addr"),
                    JAVA_INT.withName("sin6_scope_id"));

    private static final long IPV4_ADDRESS_AT =
            IPV4.byteOffset(PathElement.groupElement("sin_addr"));
    private static final long IPV6_ADDRESS_AT =
            IPV6.byteOffset(PathElement.groupElement("sin6_addr"));
    private static final long IPV6_SCOPE_AT =
            IPV6.byteOffset(PathElement.groupElement("sin6_scope_id"));

    private static final ValueLayout.OfInt NETWORK_INT =
            JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong NETWORK_LONG =
            JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private SocketAddress() {}

    static int bytes(boolean ipv6) {
        return (int) (ipv6 ? IPV6 : IPV4).byteSize();
    }

    static void writeFamily(MemorySegment memory, long at, boolean ipv6) {
        memory.set(JAVA_SHORT_UNALIGNED, at, (short) (ipv6 ? AF_INET6 : AF_INET));
    }

    static void write(MemorySegment memory, long at, boolean ipv6, long high, long low, int scope) {
        if (ipv6) {
            memory.set(NETWORK_LONG, at + IPV6_ADDRESS_AT, high);
            memory.set(NETWORK_LONG, at + IPV6_ADDRESS_AT + Long.BYTES, low);
            memory.set(JAVA_INT_UNALIGNED, at + IPV6_SCOPE_AT, scope);
        } else {
            memory.set(NETWORK_INT, at + IPV4_ADDRESS_AT, (int) low);
        }
    }

    /** The address with port 0, which leaves the choice of an ICMP id to the kernel. */
    static MemorySegment of(SegmentAllocator allocator, InetAddress address) {
        boolean ipv6 = address instanceof Inet6Address;
        MemorySegment memory = allocator.allocate(bytes(ipv6), 8);
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        writeFamily(memory, 0, ipv6);
        if (address instanceof Inet6Address six) {
            write(memory, 0, true, bytes.getLong(), bytes.getLong(), six.getScopeId());
        } else {
            write(memory, 0, false, 0, bytes.getInt(), 0);
        }
        return memory;
    }

    static boolean isFamily(MemorySegment memory, long at, boolean ipv6) {
        return memory.get(JAVA_SHORT_UNALIGNED, at) == (ipv6 ? AF_INET6 : AF_INET);
    }

    static long high(MemorySegment memory, long at, boolean ipv6) {
        return ipv6 ? memory.get(NETWORK_LONG, at + IPV6_ADDRESS_AT) : 0;
    }

    static long low(MemorySegment memory, long at, boolean ipv6) {
        return ipv6
                ? memory.get(NETWORK_LONG, at + IPV6_ADDRESS_AT + Long.BYTES)
                : Integer.toUnsignedLong(memory.get(NETWORK_INT, at + IPV4_ADDRESS_AT));
    }

    static int scope(MemorySegment memory, long at, boolean ipv6) {
        return ipv6 ? memory.get(JAVA_INT_UNALIGNED, at + IPV6_SCOPE_AT) : 0;
    }
}
