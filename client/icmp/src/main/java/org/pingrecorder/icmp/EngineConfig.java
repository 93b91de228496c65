package org.pingrecorder.icmp;

import org.jspecify.annotations.Nullable;
import org.pingrecorder.icmp.packet.PacketOptions;

/**
 * How an engine works.
 *
 * @param packet how its requests look
 * @param sockets datagram sockets per address family, or ids on the family's one raw socket, 1 to
 *     {@value #MOST_SOCKETS}; each holds {@value #PINGS_PER_SOCKET} pings in flight; the ping
 *     program has none
 * @param kind the way to ping, or {@code null} for the best that is allowed here
 */
public record EngineConfig(PacketOptions packet, int sockets, IcmpSupport.@Nullable Kind kind) {

    public static final int MOST_SOCKETS = 64;

    /** Sequences of one id. */
    public static final int PINGS_PER_SOCKET = SlotTable.SEQUENCES;

    /** 56 bytes of payload like every ping program, one socket per family, either kind. */
    public static final EngineConfig DEFAULT = new EngineConfig(PacketOptions.DEFAULT, 1, null);

    public EngineConfig {
        if (sockets < 1 || sockets > MOST_SOCKETS) {
            throw new IllegalArgumentException(
                    "sockets is 1 to %d, not %d".formatted(MOST_SOCKETS, sockets));
        }
    }

    public EngineConfig withPacket(PacketOptions newPacket) {
        return new EngineConfig(newPacket, sockets, kind);
    }

    public EngineConfig withPayloadBytes(int payloadBytes) {
        return withPacket(packet.withPayloadBytes(payloadBytes));
    }

    public EngineConfig withSockets(int newSockets) {
        return new EngineConfig(packet, newSockets, kind);
    }

    /** With as many sockets as hold so many pings in flight, or as many as there may be. */
    public EngineConfig withRoomFor(long pings) {
        long needed = Math.ceilDiv(pings, PINGS_PER_SOCKET);
        return withSockets(Math.clamp(needed, 1, MOST_SOCKETS));
    }

    public EngineConfig withKind(IcmpSupport.@Nullable Kind newKind) {
        return new EngineConfig(packet, sockets, newKind);
    }

    int payloadBytes() {
        return packet.payloadBytes();
    }
}
