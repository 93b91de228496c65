package org.pingrecorder.icmp.packet;

import org.jspecify.annotations.Nullable;

/**
 * How echo requests look on the wire.
 *
 * @param payloadBytes bytes after the 8-byte ICMP header, {@value #LEAST_PAYLOAD_BYTES} to {@value
 *     #MOST_PAYLOAD_BYTES}; the engine's token lives in them
 * @param ttl time to live (hop limit), 1 to 255, or {@value #SYSTEM_TTL} for the system's own
 * @param dscp Differentiated Services code point of RFC 2474, 0 to 63
 * @param dontFragment whether neither this machine nor, for IPv4, a router may fragment a request
 * @param source where requests leave from, or {@code null} for wherever the route says
 */
public record PacketOptions(
        int payloadBytes, int ttl, int dscp, boolean dontFragment, @Nullable PacketSource source) {

    /** The floor, whatever any configuration or plan says: a token and as much filling. */
    public static final int LEAST_PAYLOAD_BYTES = 16;

    /** An IPv4 packet of 65,535 bytes without its IP and ICMP headers. */
    public static final int MOST_PAYLOAD_BYTES = 65_507;

    public static final int SYSTEM_TTL = 0;
    public static final int MOST_TTL = 255;
    public static final int MOST_DSCP = 63;

    /** The two low bits of the traffic class are not the code point's. */
    private static final int ECN_BITS = 2;

    /** 56 bytes of payload like every ping program, and all else as the system has it. */
    public static final PacketOptions DEFAULT = new PacketOptions(56, SYSTEM_TTL, 0, false, null);

    public PacketOptions {
        check("payloadBytes", payloadBytes, LEAST_PAYLOAD_BYTES, MOST_PAYLOAD_BYTES);
        check("ttl", ttl, SYSTEM_TTL, MOST_TTL);
        check("dscp", dscp, 0, MOST_DSCP);
    }

    private static void check(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%s is %d to %d, not %d".formatted(name, least, most, value));
        }
    }

    public PacketOptions withPayloadBytes(int newPayloadBytes) {
        return new PacketOptions(newPayloadBytes, ttl, dscp, dontFragment, source);
    }

    public PacketOptions withTtl(int newTtl) {
        return new PacketOptions(payloadBytes, newTtl, dscp, dontFragment, source);
    }

    public PacketOptions withDscp(int newDscp) {
        return new PacketOptions(payloadBytes, ttl, newDscp, dontFragment, source);
    }

    public PacketOptions withDontFragment(boolean newDontFragment) {
        return new PacketOptions(payloadBytes, ttl, dscp, newDontFragment, source);
    }

    public PacketOptions withSource(@Nullable PacketSource newSource) {
        return new PacketOptions(payloadBytes, ttl, dscp, dontFragment, newSource);
    }

    /** The byte that the code point is part of: IPv4's old TOS, IPv6's traffic class. */
    public int trafficClass() {
        return dscp << ECN_BITS;
    }

    /** Why the source has nothing for an address family; empty where it does. */
    public String whyNoSource(boolean ipv6) {
        return source == null || source.serves(ipv6)
                ? ""
                : "no IPv" + (ipv6 ? 6 : 4) + " source address given";
    }
}
