package org.pingrecorder.testnet;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.time.Instant;

/**
 * A packet socket that sees what a device is given to send, each packet with the kernel's own time
 * of that moment: packet(7). Reading the device itself would tell only when we came to read it.
 */
final class PacketTap implements AutoCloseable {

    private static final int AF_PACKET = 17;
    private static final short ETH_P_ALL = 3;
    private static final int SOL_PACKET = 263;
    private static final int PACKET_STATISTICS = 6;
    private static final int PACKET_OUTGOING = 4;
    private static final int SO_ATTACH_FILTER = 26;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int SO_TIMESTAMPNS = 35;

    /** Holds a burst of some 200,000 small packets. */
    private static final int BUFFER_BYTES = 128 << 20;

    private static final int SOCKADDR_LL_BYTES = 20;

    /** How many packets one read brings at most. */
    static final int BATCH = 64;

    private static final int PACKET_BYTES = 2048;
    private static final int CONTROL_BYTES = 64;
    private static final int STAMP_AT = 16; // the one control message: a header and a timespec
    private static final int MMSGHDR_BYTES = 64;
    private static final int CONTROL_LENGTH_AT = 40;
    private static final int LENGTH_AT = 56;
    private static final int IOVEC_BYTES = 16;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** Reading both clocks takes less than this, unless the thread lost its processor between. */
    private static final long TOGETHER_NANOS = 10_000;

    private static final int READ_ATTEMPTS = 5;

    private final int fd;
    private final PacketCalls calls;
    private final MemorySegment headers;
    private final MemorySegment packets;
    private final MemorySegment controls;
    private long epochMinusMonotonicNanos;

    private PacketTap(int fd, PacketCalls calls, Arena arena) {
        this.fd = fd;
        this.calls = calls;
        this.headers = arena.allocate((long) MMSGHDR_BYTES * BATCH, Long.BYTES);
        this.packets = arena.allocate((long) PACKET_BYTES * BATCH, Long.BYTES);
        this.controls = arena.allocate((long) CONTROL_BYTES * BATCH, Long.BYTES);
        MemorySegment vectors = arena.allocate((long) IOVEC_BYTES * BATCH, Long.BYTES);
        for (int i = 0; i < BATCH; i++) {
            MemorySegment vector = vectors.asSlice((long) i * IOVEC_BYTES, IOVEC_BYTES);
            vector.set(ADDRESS, 0, packets.asSlice((long) i * PACKET_BYTES));
            vector.set(JAVA_LONG, ADDRESS.byteSize(), PACKET_BYTES);
            MemorySegment header = headers.asSlice((long) i * MMSGHDR_BYTES, MMSGHDR_BYTES);
            header.set(ADDRESS, 16, vector);
            header.set(JAVA_LONG, 24, 1);
            header.set(ADDRESS, 32, controls.asSlice((long) i * CONTROL_BYTES));
            header.set(JAVA_LONG, CONTROL_LENGTH_AT, CONTROL_BYTES);
        }
    }

    /** A tap on an interface of the calling thread's namespace, with memory of the arena. */
    static PacketTap open(int interfaceIndex, PacketCalls calls, Arena arena) throws IOException {
        int fd =
                Kernel.socket(
                        AF_PACKET, Kernel.SOCK_DGRAM | Kernel.SOCK_NONBLOCK | Kernel.SOCK_CLOEXEC);
        try (Arena options = Arena.ofConfined()) {
            set(fd, SO_RCVBUFFORCE, options.allocateFrom(JAVA_INT, BUFFER_BYTES));
            set(fd, SO_TIMESTAMPNS, options.allocateFrom(JAVA_INT, 1));
            set(fd, SO_ATTACH_FILTER, outgoingOnly(options));
            MemorySegment address = options.allocate(SOCKADDR_LL_BYTES, Integer.BYTES);
            address.set(JAVA_SHORT, 0, (short) AF_PACKET);
            address.set(JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN), 2, ETH_P_ALL);
            address.set(JAVA_INT, 4, interfaceIndex);
            Kernel.bind(fd, address);
            return new PacketTap(fd, calls, arena);
        } catch (IOException fault) {
            Kernel.close(fd);
            throw fault;
        }
    }

    private static void set(int fd, int option, MemorySegment value) throws IOException {
        Kernel.setsockopt(fd, Kernel.SOL_SOCKET, option, value);
    }

    /** A BPF program that does not take what we write to the device ourselves. */
    private static MemorySegment outgoingOnly(Arena arena) {
        MemorySegment code =
                arena.allocateFrom(
                        JAVA_INT,
                        0x0000_0020, // load the word at …
                        -0x1000 + 4, // … SKF_AD_OFF + SKF_AD_PKTTYPE
                        0x0100_0015, // if it is not …
                        PACKET_OUTGOING, // … this, skip one
                        0x0000_0006, // return all
                        -1,
                        0x0000_0006, // return nothing
                        0);
        MemorySegment program = arena.allocate(2 * ADDRESS.byteSize(), ADDRESS.byteSize());
        program.set(JAVA_SHORT, 0, (short) 4);
        program.set(ADDRESS, ADDRESS.byteSize(), code);
        return program;
    }

    void awaitReadable(long nanos) {
        calls.awaitReadable(fd, nanos);
    }

    /** Reads what waits, at most {@link #BATCH} packets; how many there were. */
    int read() throws IOException {
        int count = calls.recvmmsg(fd, headers, BATCH);
        if (count == -Kernel.EAGAIN) {
            return 0;
        }
        if (count < 0) {
            throw new IOException("reading the packet socket failed with errno " + -count);
        }
        readClocks();
        return count;
    }

    /** The {@code index}th packet of the last read. */
    byte[] packet(int index) {
        int bytes = headers.get(JAVA_INT, (long) index * MMSGHDR_BYTES + LENGTH_AT);
        return packets.asSlice((long) index * PACKET_BYTES, bytes).toArray(JAVA_BYTE);
    }

    /** Monotonic time at which the device was given the {@code index}th packet of the last read. */
    long sentAtNanos(int index) {
        long at = (long) index * CONTROL_BYTES + STAMP_AT;
        long epochNanos =
                controls.get(JAVA_LONG, at) * NANOS_PER_SECOND
                        + controls.get(JAVA_LONG, at + Long.BYTES);
        return epochNanos - epochMinusMonotonicNanos;
    }

    /** The stamps are wall-clock; by both clocks, read together, they become monotonic. */
    private void readClocks() {
        for (int attempt = 1; ; attempt++) {
            long before = System.nanoTime();
            Instant now = Instant.now();
            long after = System.nanoTime();
            if (after - before < TOGETHER_NANOS || attempt == READ_ATTEMPTS) {
                long epochNanos = now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
                epochMinusMonotonicNanos = epochNanos - before - (after - before) / 2;
                return;
            }
        }
    }

    /** Packets lost since the last question, because they came faster than we read. */
    int drops() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment statistics = arena.allocate(JAVA_INT, 2);
            Kernel.getsockopt(fd, SOL_PACKET, PACKET_STATISTICS, statistics);
            return statistics.getAtIndex(JAVA_INT, 1);
        }
    }

    @Override
    public void close() {
        Kernel.close(fd);
    }
}
