package org.pingrecorder.icmp;

import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * An address to ping, in the form the engine copies into a socket address: two longs and a scope
 * instead of an object per field. Immutable.
 */
public final class EchoTarget {

    private final InetAddress address;

    private EchoTarget(InetAddress address) {
        this.address = address;
    }

    /**
     * The target at an address.
     *
     * @throws IllegalArgumentException for a multicast, broadcast or unspecified address: many
     *     hosts, or none, would answer
     */
    public static EchoTarget of(InetAddress address) {
        if (address.isMulticastAddress() || address.isAnyLocalAddress()) {
            throw new IllegalArgumentException(address.getHostAddress() + " is not one host");
        }
        return new EchoTarget(address);
    }

    public InetAddress address() {
        return address;
    }

    public boolean isIpv6() {
        return address instanceof Inet6Address;
    }
}
