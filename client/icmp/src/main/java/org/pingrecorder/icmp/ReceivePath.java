package org.pingrecorder.icmp;

import org.pingrecorder.icmp.linux.Errno;
import org.pingrecorder.icmp.packet.EchoCodec;
import org.pingrecorder.icmp.socket.ReceivedBatch;
import org.pingrecorder.icmp.socket.ReceivedPacket;

/** Reads replies and errors, and finds the ping each belongs to. Whatever arrives is untrusted. */
final class ReceivePath {

    /** So that a flood of messages cannot keep the engine from sending on time. */
    private static final int MAX_ROUNDS = 16;

    private final Decider decider;
    private final Counters counters;
    private final ReceiveTime time;

    ReceivePath(Clock clock, Decider decider, Counters counters) {
        this.decider = decider;
        this.counters = counters;
        this.time = new ReceiveTime(clock, counters);
    }

    /**
     * Reads what waits on a socket, errors apart; whether nothing was left. To be called before
     * {@link #drainErrors}, so that a host that answered is not taken for unreachable because an
     * error about it came too.
     */
    boolean drain(Lane lane) {
        for (int round = 0; round < MAX_ROUNDS; round++) {
            ReceivedBatch batch = lane.socket.receive();
            int result = batch.result();
            if (result == -Errno.EAGAIN) {
                return true;
            }
            if (result < 0) {
                failIfBroken(-result);
                lane.errorPending = true; // some host's error came up instead of messages
                continue;
            }
            if (batch.drops() != 0) {
                lane.drops = batch.drops();
            }
            time.read();
            for (int i = 0; i < result; i++) {
                accept(lane, batch.packet(i));
            }
            if (result < batch.capacity()) {
                return true;
            }
        }
        return false;
    }

    private void accept(Lane lane, ReceivedPacket packet) {
        counters.add(Counters.RECEIVED);
        int slot = SlotTable.NONE;
        if (lane.codec.isReply(packet.memory, packet.offset, packet.bytes)) {
            slot = find(lane, packet);
        }
        if (slot == SlotTable.NONE) {
            counters.add(Counters.FOREIGN);
            return;
        }
        boolean intact =
                !packet.truncated
                        && lane.codec.isIntact(packet.memory, packet.offset, packet.bytes);
        boolean ours =
                EchoCodec.hasToken(packet.bytes)
                        && EchoCodec.token(packet.memory, packet.offset) == lane.slots.token[slot];
        if (intact && ours) {
            decider.reply(lane, slot, packet, time.monotonicNanosOf(packet.stampEpochNanos));
        } else {
            // Sound bytes with another token belong to an earlier ping of this sequence.
            counters.add(intact ? Counters.FOREIGN : Counters.CORRUPTED);
        }
    }

    /** Reads the error queue; how many errors of other hosts, not of this machine, there were. */
    int drainErrors(Lane lane) {
        lane.errorPending = false;
        int ofHosts = 0;
        for (int round = 0; round < MAX_ROUNDS; round++) {
            ReceivedBatch batch = lane.socket.receiveErrors();
            int result = batch.result();
            if (result < 0) {
                failIfBroken(-result);
                return ofHosts;
            }
            for (int i = 0; i < result; i++) {
                acceptError(lane, batch.packet(i));
                ofHosts += batch.packet(i).errorType == ReceivedPacket.NONE ? 0 : 1;
            }
            if (result < batch.capacity()) {
                return ofHosts;
            }
        }
        return ofHosts;
    }

    private void acceptError(Lane lane, ReceivedPacket error) {
        counters.add(Counters.ERRORS_RECEIVED);
        int slot = SlotTable.NONE;
        if (IcmpErrors.decides(lane.socket.ipv6(), error.errorType)
                && lane.codec.isRequest(error.memory, error.offset, error.bytes)) {
            slot = find(lane, error);
        }
        // Routers need not quote more than the header, so a missing token is no objection.
        boolean ours =
                slot != SlotTable.NONE
                        && lane.slots.isInFlight(slot)
                        && (!EchoCodec.hasToken(error.bytes)
                                || EchoCodec.token(error.memory, error.offset)
                                        == lane.slots.token[slot]);
        if (ours) {
            decider.unreachable(lane, slot, error);
        } else {
            counters.add(Counters.ERRORS_IGNORED);
        }
    }

    private static int find(Lane lane, ReceivedPacket packet) {
        int slot =
                lane.find(
                        EchoCodec.id(packet.memory, packet.offset),
                        EchoCodec.sequence(packet.memory, packet.offset));
        boolean sameHost =
                slot != SlotTable.NONE
                        && lane.target(slot)
                                .isAt(packet.addressHigh, packet.addressLow, packet.scope);
        return sameHost ? slot : SlotTable.NONE;
    }

    /** Tells a socket that no longer works from one that reports some host's error. */
    static void failIfBroken(int errno) {
        if (errno == Errno.EBADF || errno == Errno.EFAULT || errno == Errno.ENOTSOCK) {
            throw new IllegalStateException("ICMP socket: " + Errno.name(errno));
        }
    }
}
