package org.pingrecorder.icmp;

import java.util.Objects;
import org.pingrecorder.icmp.packet.EchoCodec;
import org.pingrecorder.icmp.socket.EchoSocket;

/** One socket with its pings in flight and the batch that is being filled for it. */
final class Lane {

    final EchoSocket socket;
    final EchoCodec codec;
    final SlotTable slots;

    /** Slots of the requests in the socket's outgoing memory. */
    final int[] batch;

    int batched;

    /** Whether the error queue is known to hold something. */
    boolean errorPending;

    /** The socket's drop count as far as we know it. */
    int drops;

    Lane(EchoSocket socket, int payloadBytes, long nowNanos) {
        this.socket = socket;
        this.codec = new EchoCodec(socket.ipv6(), socket.checksummed(), payloadBytes);
        this.slots = new SlotTable(socket.ids(), nowNanos);
        this.batch = new int[socket.batchSize()];
        for (int i = 0; i < batch.length; i++) {
            codec.prepare(socket.requests(), socket.requestOffset(i));
        }
        this.drops = Math.max(0, socket.drops());
    }

    /** Writes the request of a taken slot into the batch, which has room. */
    void request(int slot) {
        EchoTarget target = target(slot);
        // On a datagram socket the kernel overwrites whatever id stands here.
        int id = Math.max(0, socket.firstId()) + SlotTable.idIndex(slot);
        codec.stamp(
                socket.requests(),
                socket.requestOffset(batched),
                id,
                SlotTable.sequence(slot),
                slots.token[slot]);
        socket.destination(batched, target.high(), target.low(), target.scope());
        batch[batched++] = slot;
    }

    EchoTarget target(int slot) {
        return Objects.requireNonNull(slots.target[slot], "slot was never taken");
    }

    boolean isFull() {
        return batched == batch.length;
    }

    /** The slot that an id and sequence on the wire mean, or {@link SlotTable#NONE}. */
    int find(int id, int sequence) {
        int idIndex = socket.firstId() < 0 ? 0 : id - socket.firstId();
        return idIndex >= 0 && idIndex < socket.ids()
                ? slots.find(idIndex, sequence)
                : SlotTable.NONE;
    }
}
