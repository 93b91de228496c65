package org.pingrecorder.testnet;

import java.nio.ByteBuffer;

/** Builds IP packets around ICMP messages, checksums included. */
final class IpPacket {

    private static final int IPV4_HEADER_BYTES = 20;
    private static final int IPV6_HEADER_BYTES = 40;
    private static final byte PROTOCOL_ICMP = 1;
    private static final byte PROTOCOL_ICMPV6 = 58;
    private static final byte TTL = 61;

    private IpPacket() {}

    /** The packet that carries an ICMP message, whose checksum field is overwritten. */
    static byte[] icmp(byte[] source, byte[] destination, byte[] icmp) {
        icmp[2] = 0;
        icmp[3] = 0;
        return source.length == 4
                ? ipv4(source, destination, icmp)
                : ipv6(source, destination, icmp);
    }

    private static byte[] ipv4(byte[] source, byte[] destination, byte[] icmp) {
        ByteBuffer.wrap(icmp).putShort(2, checksum(0, icmp, icmp.length));
        ByteBuffer packet = ByteBuffer.allocate(IPV4_HEADER_BYTES + icmp.length);
        packet.put((byte) 0x45).put((byte) 0).putShort((short) packet.capacity());
        packet.putInt(0).put(TTL).put(PROTOCOL_ICMP).putShort((short) 0);
        packet.put(source).put(destination).put(icmp);
        packet.putShort(10, checksum(0, packet.array(), IPV4_HEADER_BYTES));
        return packet.array();
    }

    private static byte[] ipv6(byte[] source, byte[] destination, byte[] icmp) {
        long pseudoHeader = sum(source, 16) + sum(destination, 16) + icmp.length + PROTOCOL_ICMPV6;
        ByteBuffer.wrap(icmp).putShort(2, checksum(pseudoHeader, icmp, icmp.length));
        ByteBuffer packet = ByteBuffer.allocate(IPV6_HEADER_BYTES + icmp.length);
        packet.putInt(0x60000000).putShort((short) icmp.length).put(PROTOCOL_ICMPV6).put(TTL);
        packet.put(source).put(destination).put(icmp);
        return packet.array();
    }

    /** The same packet with another TTL or hop limit. */
    static byte[] withTtl(byte[] packet, int ttl) {
        byte[] changed = packet.clone();
        if (packet[0] >> 4 == 4) {
            changed[8] = (byte) ttl;
            ByteBuffer.wrap(changed).putShort(10, (short) 0);
            ByteBuffer.wrap(changed).putShort(10, checksum(0, changed, IPV4_HEADER_BYTES));
        } else {
            changed[7] = (byte) ttl;
        }
        return changed;
    }

    private static long sum(byte[] bytes, int length) {
        long sum = 0;
        for (int i = 0; i < length; i++) {
            sum += (bytes[i] & 0xff) << (i % 2 == 0 ? Byte.SIZE : 0);
        }
        return sum;
    }

    private static short checksum(long initial, byte[] bytes, int length) {
        long sum = initial + sum(bytes, length);
        while (sum > 0xffff) {
            sum = (sum >> 16) + (sum & 0xffff);
        }
        return (short) ~sum;
    }
}
