package org.pingrecorder.icmp.linux;

import java.lang.foreign.Arena;
import org.pingrecorder.icmp.packet.EchoCodec;
import org.pingrecorder.icmp.packet.Ipv4Header;
import org.pingrecorder.icmp.socket.ReceivedBatch;
import org.pingrecorder.icmp.socket.ReceivedPacket;

/** The memory that all sockets of one network receive into, and how it is read. */
final class Receiver {

    private final MessageVector incoming;
    private final ReceivedBatch batch;
    private final ControlMessages controls = new ControlMessages();

    /**
     * Memory for {@code capacity} messages.
     *
     * @param payloadBytes payload of an echo message; one more byte is kept to notice longer ones
     */
    Receiver(Arena arena, int capacity, int payloadBytes) {
        int room = Ipv4Header.MAX_BYTES + EchoCodec.HEADER_BYTES + payloadBytes + 1;
        this.incoming = new MessageVector(arena, capacity, room, ControlMessages.ROOM_BYTES);
        this.batch = new ReceivedBatch(capacity);
        incoming.resetRoom(capacity);
        for (int i = 0; i < capacity; i++) {
            batch.packet(i).memory = incoming.bytes();
        }
    }

    /** One recvmmsg with these flags; the batch is valid until the next call. */
    ReceivedBatch receive(Libc libc, int fd, boolean ipv6, int flags) {
        int result = libc.recvmmsg(fd, incoming.headersFrom(0), batch.capacity(), flags);
        controls.forgetDrops();
        for (int i = 0; i < result; i++) {
            read(i, ipv6, batch.packet(i));
        }
        incoming.resetRoom(Math.max(0, result));
        batch.complete(result, controls.drops());
        return batch;
    }

    private void read(int index, boolean ipv6, ReceivedPacket into) {
        into.offset = incoming.byteOffset(index);
        into.bytes = incoming.messageLength(index);
        into.truncated = (incoming.flags(index) & SocketOption.MSG_TRUNC) != 0;
        long name = incoming.nameOffset(index);
        boolean named = incoming.nameLength(index) >= SocketAddress.bytes(ipv6);
        into.addressHigh = named ? SocketAddress.high(incoming.names(), name, ipv6) : 0;
        into.addressLow = named ? SocketAddress.low(incoming.names(), name, ipv6) : 0;
        into.scope = named ? SocketAddress.scope(incoming.names(), name, ipv6) : 0;
        controls.read(
                incoming.controls(),
                incoming.controlOffset(index),
                incoming.controlLength(index),
                ipv6,
                into);
    }
}
