package org.pingrecorder.testnet;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An echo request as it reached the far end.
 *
 * @param ipv6 whether it is ICMPv6
 * @param source address it came from, in network order
 * @param destination address it was sent to, in network order
 * @param packet the whole IP packet
 * @param icmpAt where in it the ICMP message begins
 */
@SuppressWarnings("ArrayRecordComponent") // looked at, never compared
public record Request(boolean ipv6, byte[] source, byte[] destination, byte[] packet, int icmpAt) {

    private static final int IPV6_HEADER_BYTES = 40;
    private static final int PROTOCOL_ICMP = 1;
    private static final int PROTOCOL_ICMPV6 = 58;
    private static final int ICMP_HEADER_BYTES = 8;
    private static final byte ECHO_REQUEST = 8;
    private static final byte ECHO_REQUEST_V6 = (byte) 128;

    /** The request in an IP packet, or {@code null} if it is anything else. */
    static @Nullable Request parse(byte[] packet) {
        int version = packet.length == 0 ? 0 : packet[0] >> 4 & 0x0f;
        if (version == 4 && packet.length >= 20 && packet[9] == PROTOCOL_ICMP) {
            int icmpAt = (packet[0] & 0x0f) * 4;
            return echo(packet, icmpAt, ECHO_REQUEST)
                    ? new Request(false, slice(packet, 12, 4), slice(packet, 16, 4), packet, icmpAt)
                    : null;
        }
        if (version == 6
                && packet.length >= IPV6_HEADER_BYTES
                && packet[6] == PROTOCOL_ICMPV6
                && echo(packet, IPV6_HEADER_BYTES, ECHO_REQUEST_V6)) {
            return new Request(
                    true, slice(packet, 8, 16), slice(packet, 24, 16), packet, IPV6_HEADER_BYTES);
        }
        return null;
    }

    private static boolean echo(byte[] packet, int icmpAt, byte type) {
        return packet.length >= icmpAt + ICMP_HEADER_BYTES && packet[icmpAt] == type;
    }

    private static byte[] slice(byte[] bytes, int from, int length) {
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    /** The IP packet of the echo reply. */
    byte[] reply() {
        byte[] icmp = Arrays.copyOfRange(packet, icmpAt, packet.length);
        icmp[0] = (byte) (ipv6 ? 129 : 0);
        return IpPacket.icmp(/* source= */ destination, /* destination= */ source, icmp);
    }

    /** The IP packet of a reply whose last payload byte is wrong, with a sound checksum. */
    byte[] corruptedReply() {
        byte[] icmp = Arrays.copyOfRange(packet, icmpAt, packet.length);
        icmp[0] = (byte) (ipv6 ? 129 : 0);
        icmp[icmp.length - 1] ^= 0x55;
        return IpPacket.icmp(/* source= */ destination, /* destination= */ source, icmp);
    }

    /** The IP packet of an ICMP error from a router that quotes so much of the request. */
    byte[] error(int type, int code, String router, int quotedIcmpBytes) {
        int quoted = Math.min(packet.length, icmpAt + quotedIcmpBytes);
        ByteBuffer icmp = ByteBuffer.allocate(ICMP_HEADER_BYTES + quoted);
        icmp.put((byte) type).put((byte) code).position(ICMP_HEADER_BYTES);
        icmp.put(packet, 0, quoted);
        try {
            byte[] from = InetAddress.getByName(router).getAddress();
            return IpPacket.icmp(from, source, icmp.array());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(router, e);
        }
    }
}
