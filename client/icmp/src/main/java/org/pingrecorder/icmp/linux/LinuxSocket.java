package org.pingrecorder.icmp.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.pingrecorder.icmp.packet.Ipv4Header;
import org.pingrecorder.icmp.socket.EchoSocket;
import org.pingrecorder.icmp.socket.ReceivedBatch;
import org.pingrecorder.icmp.socket.ReceivedPacket;

/** An open ICMP socket with its memory for sending; memory for receiving is the network's. */
final class LinuxSocket implements EchoSocket {

    /** {@code SK_MEMINFO_DROPS}, and the number of words that SO_MEMINFO gives. */
    private static final int MEMINFO_DROPS = 8;

    private static final int MEMINFO_WORDS = 9;

    private static final int WARM_UP_CALLS = 10;

    private final Libc libc;
    private final int fd;
    private final boolean ipv6;
    private final boolean raw;
    private final int firstId;
    private final int ids;
    private final MessageVector outgoing;
    private final PollSet writable;
    private final Receiver receiver;
    private final MemorySegment memInfo;
    private final MemorySegment memInfoLength;

    /**
     * Takes over an open descriptor.
     *
     * @param firstId first id of a raw socket; -1 on a datagram socket, whose id the kernel writes
     */
    LinuxSocket(
            Libc libc,
            Arena arena,
            int fd,
            boolean ipv6,
            int firstId,
            int ids,
            int batchSize,
            int requestBytes,
            Receiver receiver) {
        this.libc = libc;
        this.fd = fd;
        this.ipv6 = ipv6;
        this.raw = firstId >= 0;
        this.firstId = firstId;
        this.ids = ids;
        this.outgoing = new MessageVector(arena, batchSize, requestBytes, 0);
        this.writable = new PollSet(arena, 1);
        this.receiver = receiver;
        this.memInfo = arena.allocate(JAVA_INT, MEMINFO_WORDS);
        this.memInfoLength = arena.allocate(JAVA_INT);
        writable.watch(0, fd, PollSet.POLLOUT);
        for (int i = 0; i < batchSize; i++) {
            SocketAddress.writeFamily(outgoing.names(), outgoing.nameOffset(i), ipv6);
            outgoing.nameLength(i, SocketAddress.bytes(ipv6));
        }
        warmUp();
    }

    /**
     * Sends and receives nothing once. The JVM links a native call when it is first made, which
     * takes up to a millisecond: without this the first ping's latency would hold it.
     */
    private void warmUp() {
        for (int i = 0; i < WARM_UP_CALLS; i++) {
            send(0, 0);
        }
    }

    int fd() {
        return fd;
    }

    @Override
    public boolean ipv6() {
        return ipv6;
    }

    @Override
    public int firstId() {
        return firstId;
    }

    @Override
    public int ids() {
        return ids;
    }

    @Override
    public boolean checksummed() {
        return raw && !ipv6;
    }

    @Override
    public int batchSize() {
        return outgoing.capacity();
    }

    @Override
    public MemorySegment requests() {
        return outgoing.bytes();
    }

    @Override
    public long requestOffset(int index) {
        return outgoing.byteOffset(index);
    }

    @Override
    public void destination(int index, long addressHigh, long addressLow, int scope) {
        SocketAddress.write(
                outgoing.names(), outgoing.nameOffset(index), ipv6, addressHigh, addressLow, scope);
    }

    @Override
    public int send(int first, int count) {
        return libc.sendmmsg(fd, outgoing.headersFrom(first), count, SocketOption.MSG_DONTWAIT);
    }

    @Override
    public void awaitWritable(long nanos) {
        writable.await(libc, nanos);
    }

    @Override
    public ReceivedBatch receive() {
        ReceivedBatch batch = receiver.receive(libc, fd, ipv6, SocketOption.MSG_DONTWAIT);
        if (raw && !ipv6) {
            for (int i = 0; i < batch.result(); i++) {
                stripIpv4Header(batch.packet(i));
            }
        }
        return batch;
    }

    private static void stripIpv4Header(ReceivedPacket packet) {
        int header = Ipv4Header.bytesBeforeIcmp(packet.memory, packet.offset, packet.bytes);
        packet.offset += Math.max(0, header);
        packet.bytes = header < 0 ? 0 : packet.bytes - header;
    }

    @Override
    public ReceivedBatch receiveErrors() {
        return receiver.receive(
                libc, fd, ipv6, SocketOption.MSG_DONTWAIT | SocketOption.MSG_ERRQUEUE);
    }

    @Override
    public int drops() {
        memInfoLength.set(JAVA_INT, 0, (int) memInfo.byteSize());
        int result =
                libc.getsockopt(
                        fd,
                        SocketOption.SOL_SOCKET,
                        SocketOption.SO_MEMINFO,
                        memInfo,
                        memInfoLength);
        boolean known = result == 0 && memInfoLength.get(JAVA_INT, 0) >= memInfo.byteSize();
        return known ? memInfo.getAtIndex(JAVA_INT, MEMINFO_DROPS) : -1;
    }
}
