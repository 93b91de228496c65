package org.pingrecorder.testnet;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An echo request as it reached the far end. Immutable. */
public final class Request {

    private static final int IPV6_HEADER_BYTES = 40;
    private static final int PROTOCOL_ICMP = 1;
    private static final int PROTOCOL_ICMPV6 = 58;
    private static final int ICMP_HEADER_BYTES = 8;
    private static final byte ECHO_REQUEST = 8;
    private static final byte ECHO_REQUEST_V6 = (byte) 128;
    private static final byte ECHO_REPLY = 0;
    private static final byte ECHO_REPLY_V6 = (byte) 129;

    private final boolean ipv6;
    private final byte[] packet;
    private final int icmpAt;
    private final long arrivedNanos;
    private final long number;

    private Request(boolean ipv6, byte[] packet, int icmpAt, long arrivedNanos, long number) {
        this.ipv6 = ipv6;
        this.packet = packet;
        this.icmpAt = icmpAt;
        this.arrivedNanos = arrivedNanos;
        this.number = number;
    }

    /** The request in an IP packet, or {@code null} if it is anything else. */
    static @Nullable Request parse(byte[] packet, long arrivedNanos) {
        int version = packet.length == 0 ? 0 : packet[0] >> 4 & 0x0f;
        if (version == 4 && packet.length >= 20 && packet[9] == PROTOCOL_ICMP) {
            int icmpAt = (packet[0] & 0x0f) * 4;
            return echo(packet, icmpAt, ECHO_REQUEST)
                    ? new Request(false, packet, icmpAt, arrivedNanos, 0)
                    : null;
        }
        boolean v6 =
                version == 6
                        && packet.length >= IPV6_HEADER_BYTES
                        && packet[6] == PROTOCOL_ICMPV6
                        && echo(packet, IPV6_HEADER_BYTES, ECHO_REQUEST_V6);
        return v6 ? new Request(true, packet, IPV6_HEADER_BYTES, arrivedNanos, 0) : null;
    }

    private static boolean echo(byte[] packet, int icmpAt, byte type) {
        return packet.length >= icmpAt + ICMP_HEADER_BYTES && packet[icmpAt] == type;
    }

    /** The same as the {@code number}th request of its rule. */
    Request numbered(long newNumber) {
        return new Request(ipv6, packet, icmpAt, arrivedNanos, newNumber);
    }

    public boolean isIpv6() {
        return ipv6;
    }

    /** Monotonic time at which the kernel gave it to the device. */
    public long arrivedNanos() {
        return arrivedNanos;
    }

    /** How many requests came before it under the same rule. */
    public long number() {
        return number;
    }

    /** The whole IP packet; a new array. */
    public byte[] packet() {
        return packet.clone();
    }

    /** The address it was sent to, in network order; a new array. */
    public byte[] destination() {
        int at = ipv6 ? 24 : 16;
        return Arrays.copyOfRange(packet, at, at + addressBytes());
    }

    /** The address it came from, in network order; a new array. */
    public byte[] source() {
        int at = ipv6 ? 8 : 12;
        return Arrays.copyOfRange(packet, at, at + addressBytes());
    }

    private int addressBytes() {
        return ipv6 ? 16 : 4;
    }

    /** The upper half of an IPv6 destination; 0 for IPv4. */
    public long destinationHigh() {
        return ipv6 ? ByteBuffer.wrap(packet).getLong(24) : 0;
    }

    /** The lower half of an IPv6 destination, or the IPv4 one. */
    public long destinationLow() {
        return ipv6
                ? ByteBuffer.wrap(packet).getLong(32)
                : Integer.toUnsignedLong(ByteBuffer.wrap(packet).getInt(16));
    }

    /**
     * A number from 0 to less than 1 that depends on the seed and on {@link #number} only, so that
     * a rule does the same in every run.
     */
    double random(long seed) {
        // SplitMix64 (Steele, Lea and Flood, 2014): mixes the number-th state of its sequence.
        long mixed = mix(seed) + (number + 1) * 0x9e3779b97f4a7c15L;
        return (mix(mixed) >>> 11) * 0x1p-53;
    }

    private static long mix(long state) {
        long z = (state ^ state >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    /** The ICMP message of the echo reply, its checksum still to be computed; a new array. */
    byte[] replyMessage() {
        byte[] icmp = Arrays.copyOfRange(packet, icmpAt, packet.length);
        icmp[0] = ipv6 ? ECHO_REPLY_V6 : ECHO_REPLY;
        return icmp;
    }

    /** The IP packet that carries an ICMP message from the pinged host, with a right checksum. */
    byte[] answer(byte[] icmp) {
        return answerFrom(destination(), icmp);
    }

    /** The IP packet that carries an ICMP message from some address, with a right checksum. */
    byte[] answerFrom(byte[] from, byte[] icmp) {
        return IpPacket.icmp(from, source(), icmp);
    }

    /** The IP packet of an ICMP error from a router that quotes so much of the ICMP message. */
    byte[] error(int type, int code, int restOfHeader, byte[] router, int quotedIcmpBytes) {
        int quoted = icmpAt + Math.min(packet.length - icmpAt, quotedIcmpBytes);
        ByteBuffer icmp = ByteBuffer.allocate(ICMP_HEADER_BYTES + quoted);
        icmp.put((byte) type).put((byte) code).putShort((short) 0).putInt(restOfHeader);
        icmp.put(packet, 0, quoted);
        return answerFrom(router, icmp.array());
    }
}
