package org.pingrecorder.testnet;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * Addresses that share their first bits, such as {@code 10.1.0.0/16}.
 *
 * @param address any address of them
 * @param bits how many bits they share
 * @param ipv6 whether they are IPv6 addresses
 * @param high upper half of an IPv6 address, else 0
 * @param low lower half of an IPv6 address, or the IPv4 address
 */
record Subnet(InetAddress address, int bits, boolean ipv6, long high, long low) {

    private static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;

    static Subnet parse(String text) {
        String[] parts = text.split("/", -1);
        try {
            InetAddress address = InetAddress.getByName(parts[0]);
            ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
            int all = bytes.capacity() * Byte.SIZE;
            int bits = parts.length == 1 ? all : Integer.parseInt(parts[1]);
            return all == IPV4_BITS
                    ? new Subnet(address, bits, false, 0, Integer.toUnsignedLong(bytes.getInt()))
                    : new Subnet(address, bits, true, bytes.getLong(), bytes.getLong());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    boolean contains(Request request) {
        return contains(request.isIpv6(), request.destinationHigh(), request.destinationLow());
    }

    boolean contains(boolean otherIpv6, long otherHigh, long otherLow) {
        if (otherIpv6 != ipv6) {
            return false;
        }
        int free = (ipv6 ? IPV6_BITS : IPV4_BITS) - bits;
        long highMask = mask(Math.max(0, free - Long.SIZE));
        long lowMask = mask(Math.min(free, Long.SIZE));
        return ((high ^ otherHigh) & highMask) == 0 && ((low ^ otherLow) & lowMask) == 0;
    }

    /** Ones but for the last so many bits. */
    private static long mask(int zeros) {
        return zeros == Long.SIZE ? 0 : -1L << zeros;
    }
}
