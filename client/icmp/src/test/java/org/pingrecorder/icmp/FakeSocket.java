package org.pingrecorder.icmp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.pingrecorder.icmp.linux.Errno;
import org.pingrecorder.icmp.packet.EchoCodec;
import org.pingrecorder.icmp.socket.EchoSocket;
import org.pingrecorder.icmp.socket.ReceivedBatch;
import org.pingrecorder.icmp.socket.ReceivedPacket;

/** A socket whose far side is the test. Datagram-like: the kernel owns id and checksum. */
final class FakeSocket implements EchoSocket {

    static final int BATCH = 4;
    private static final int STRIDE = 2048;

    /** A request as it left. */
    @SuppressWarnings("ArrayRecordComponent") // looked at, never compared
    record Sent(long addressHigh, long addressLow, byte[] message) {
        int sequence() {
            return EchoCodec.sequence(MemorySegment.ofArray(message), 0);
        }
    }

    /** Fills one row of a receive. */
    interface Arrival {
        void fill(ReceivedPacket row);
    }

    final ManualClock clock;
    final boolean ipv6;
    final List<Sent> sent = new ArrayList<>();
    final Deque<Arrival> messages = new ArrayDeque<>();
    final Deque<Arrival> errors = new ArrayDeque<>();

    /** Results of the next sends, negative errnos; a send without one takes everything. */
    final Deque<Integer> sendFailures = new ArrayDeque<>();

    Runnable whenSendFails = () -> {};
    final List<Integer> sendSizes = new ArrayList<>();
    int drops;
    int waits;
    long nanosPerSend;

    private final MemorySegment memory = MemorySegment.ofArray(new byte[BATCH * STRIDE]);
    private final long[] high = new long[BATCH];
    private final long[] low = new long[BATCH];
    private final ReceivedBatch batch = new ReceivedBatch(BATCH);

    FakeSocket(ManualClock clock, boolean ipv6) {
        this.clock = clock;
        this.ipv6 = ipv6;
    }

    /** Lets the echo reply to a request arrive, after a change by the test. */
    void reply(Sent request, Arrival change) {
        reply(request, clock.epochNanos(), change);
    }

    /** Lets the echo reply to a request arrive with this stamp of the kernel's. */
    void replyAt(Sent request, long stampEpochNanos) {
        reply(request, stampEpochNanos, row -> {});
    }

    private void reply(Sent request, long stamp, Arrival change) {
        messages.add(
                row -> {
                    byte[] reply = request.message().clone();
                    reply[0] = (byte) (ipv6 ? 129 : 0);
                    address(row, request, reply);
                    row.stampEpochNanos = stamp;
                    row.ttl = 57;
                    change.fill(row);
                });
    }

    void reply(Sent request) {
        reply(request, row -> {});
    }

    /** Lets an ICMP error about a request arrive, which quotes so many bytes of it. */
    void error(Sent request, int type, int code, int quotedBytes) {
        errors.add(
                row -> {
                    address(row, request, request.message().clone());
                    row.bytes = quotedBytes;
                    row.errorType = type;
                    row.errorCode = code;
                    row.errorFromLow = 0x0a000001;
                });
    }

    private static void address(ReceivedPacket row, Sent request, byte[] message) {
        row.memory = MemorySegment.ofArray(message);
        row.offset = 0;
        row.bytes = message.length;
        row.truncated = false;
        row.addressHigh = request.addressHigh();
        row.addressLow = request.addressLow();
        row.scope = 0;
    }

    @Override
    public boolean ipv6() {
        return ipv6;
    }

    @Override
    public int firstId() {
        return -1;
    }

    @Override
    public int ids() {
        return 1;
    }

    @Override
    public boolean checksummed() {
        return false;
    }

    @Override
    public int batchSize() {
        return BATCH;
    }

    @Override
    public MemorySegment requests() {
        return memory;
    }

    @Override
    public long requestOffset(int index) {
        return (long) index * STRIDE;
    }

    @Override
    public void destination(int index, long addressHigh, long addressLow, int scope) {
        high[index] = addressHigh;
        low[index] = addressLow;
    }

    @Override
    public int send(int first, int count) {
        Integer failure = sendFailures.poll();
        if (failure != null && failure < 0) {
            whenSendFails.run();
            return failure;
        }
        int taken = failure == null ? count : Math.min(count, failure);
        for (int i = first; i < first + taken; i++) {
            byte[] message = new byte[8 + EngineConfig.DEFAULT.payloadBytes()];
            MemorySegment.copy(
                    memory, ValueLayout.JAVA_BYTE, requestOffset(i), message, 0, message.length);
            sent.add(new Sent(high[i], low[i], message));
        }
        sendSizes.add(taken);
        clock.advanceNanos(nanosPerSend);
        return taken;
    }

    @Override
    public void awaitWritable(long nanos) {
        waits++;
    }

    @Override
    public ReceivedBatch receive() {
        return take(messages);
    }

    @Override
    public ReceivedBatch receiveErrors() {
        return take(errors);
    }

    private ReceivedBatch take(Deque<Arrival> from) {
        int count = Math.min(BATCH, from.size());
        for (int i = 0; i < count; i++) {
            from.remove().fill(batch.packet(i));
        }
        batch.complete(count == 0 ? -Errno.EAGAIN : count, drops);
        return batch;
    }

    @Override
    public int drops() {
        return drops;
    }
}
