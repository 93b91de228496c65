package org.pingrecorder.icmp;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An address to ping, in the form the engine copies into a socket address: two longs and a scope
 * instead of an object per field. Immutable.
 */
public final class EchoTarget {

    /** 0.0.0.0/8, and 240.0.0.0/4 with broadcast at its end; RFC 1122 and RFC 1112. */
    private static final int THIS_NETWORK = 0;

    private static final int FIRST_RESERVED = 240;

    private final boolean ipv6;
    private final long high;
    private final long low;
    private final int scope;

    private EchoTarget(boolean ipv6, long high, long low, int scope) {
        this.ipv6 = ipv6;
        this.high = high;
        this.low = low;
        this.scope = scope;
    }

    /**
     * The target at an address. The scope of a link-local IPv6 address ({@code fe80::1%eth0}) is
     * honoured.
     *
     * @throws IllegalArgumentException for a multicast, broadcast, reserved or unspecified address:
     *     many hosts, or none, would answer
     */
    public static EchoTarget of(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        if (address instanceof Inet6Address ipv6) {
            long high = bytes.getLong();
            return checked(address, new EchoTarget(true, high, bytes.getLong(), ipv6.getScopeId()));
        }
        int ipv4 = bytes.getInt();
        int network = ipv4 >>> 24;
        if (network == THIS_NETWORK || network >= FIRST_RESERVED) {
            throw notOneHost(address);
        }
        return checked(address, new EchoTarget(false, 0, Integer.toUnsignedLong(ipv4), 0));
    }

    private static EchoTarget checked(InetAddress address, EchoTarget target) {
        if (address.isMulticastAddress() || address.isAnyLocalAddress()) {
            throw notOneHost(address);
        }
        return target;
    }

    private static IllegalArgumentException notOneHost(InetAddress address) {
        return new IllegalArgumentException(address.getHostAddress() + " is not one host");
    }

    /** The address; a new object each time, for the edges of the program. */
    public InetAddress address() {
        try {
            return ipv6
                    ? Inet6Address.getByAddress(null, bytes(), scope == 0 ? -1 : scope)
                    : InetAddress.getByAddress(bytes());
        } catch (UnknownHostException wrongLength) {
            throw new IllegalStateException(wrongLength);
        }
    }

    private byte[] bytes() {
        return ipv6
                ? ByteBuffer.allocate(16).putLong(high).putLong(low).array()
                : ByteBuffer.allocate(4).putInt((int) low).array();
    }

    public boolean isIpv6() {
        return ipv6;
    }

    /** The upper half of an IPv6 address; 0 for IPv4. */
    long high() {
        return high;
    }

    /** The lower half of an IPv6 address, or the IPv4 address. */
    long low() {
        return low;
    }

    /** Interface index of a link-local address, else 0. */
    int scope() {
        return scope;
    }

    /** Whether a packet from this address and scope comes from the target. */
    boolean isAt(long otherHigh, long otherLow, int otherScope) {
        return low == otherLow
                && high == otherHigh
                && (scope == 0 || otherScope == 0 || scope == otherScope);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EchoTarget that
                && ipv6 == that.ipv6
                && high == that.high
                && low == that.low
                && scope == that.scope;
    }

    @Override
    public int hashCode() {
        return Objects.hash(ipv6, high, low, scope);
    }

    /** The canonical text of the address, with {@code %scope} where there is one. */
    @Override
    public String toString() {
        String text = AddressText.of(ipv6, high, low);
        return scope == 0 ? text : text + "%" + scope;
    }
}
