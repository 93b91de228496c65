package org.pingrecorder.icmp;

import org.jspecify.annotations.Nullable;

/**
 * How an engine works.
 *
 * @param payloadBytes bytes after the 8-byte ICMP header, 16 to 1,472; the engine's token lives in
 *     them
 * @param sockets datagram sockets per address family, or ids on the family's one raw socket, 1 to
 *     64; each holds 65,536 pings in flight
 * @param kind the socket kind to use, or {@code null} for datagram where allowed and raw otherwise
 */
public record EngineConfig(int payloadBytes, int sockets, IcmpSupport.@Nullable Kind kind) {

    /** 56 bytes of payload like every ping program, one socket per family, either kind. */
    public static final EngineConfig DEFAULT = new EngineConfig(56, 1, null);

    public EngineConfig {
        if (payloadBytes < 16 || payloadBytes > 1472) {
            throw new IllegalArgumentException("payloadBytes is 16 to 1472, not " + payloadBytes);
        }
        if (sockets < 1 || sockets > 64) {
            throw new IllegalArgumentException("sockets is 1 to 64, not " + sockets);
        }
    }

    /** With as many sockets as hold so many pings in flight, or as many as there may be. */
    public EngineConfig withRoomFor(long pings) {
        long needed = Math.ceilDiv(pings, SlotTable.SEQUENCES);
        return new EngineConfig(payloadBytes, Math.clamp(needed, 1, 64), kind);
    }
}
