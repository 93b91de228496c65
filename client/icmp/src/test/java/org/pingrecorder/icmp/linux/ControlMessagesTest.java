package org.pingrecorder.icmp.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.pingrecorder.icmp.socket.ReceivedPacket;

/** Control messages as the kernel lays them out, and as it never would. */
class ControlMessagesTest {

    private final MemorySegment memory = Arena.ofAuto().allocate(ControlMessages.ROOM_BYTES, 8);
    private final ControlMessages controls = new ControlMessages();
    private final ReceivedPacket row = new ReceivedPacket();
    private int bytes;

    /** Appends a header and returns where its data begins. */
    private int append(int level, int type, int dataBytes) {
        memory.set(JAVA_LONG, bytes, 16L + dataBytes);
        memory.set(JAVA_INT, bytes + 8, level);
        memory.set(JAVA_INT, bytes + 12, type);
        int data = bytes + 16;
        bytes += (16 + dataBytes + 7) & -8;
        return data;
    }

    private void read(boolean ipv6) {
        controls.forgetDrops();
        controls.read(memory, 0, bytes, ipv6, row);
    }

    @Test
    void read_stampTtlAndDrops_fillsTheRow() {
        int stamp = append(SocketOption.SOL_SOCKET, SocketOption.SO_TIMESTAMPNS, 16);
        memory.set(JAVA_LONG, stamp, 1_800_000_000L);
        memory.set(JAVA_LONG, stamp + 8, 123_456_789L);
        memory.set(JAVA_INT, append(SocketOption.SOL_IP, SocketOption.IP_TTL, 4), 57);
        memory.set(JAVA_INT, append(SocketOption.SOL_SOCKET, SocketOption.SO_RXQ_OVFL, 4), 9);
        read(false);

        assertEquals(1_800_000_000_123_456_789L, row.stampEpochNanos);
        assertEquals(57, row.ttl);
        assertEquals(9, controls.drops());
        assertEquals(ReceivedPacket.NONE, row.errorType);
    }

    @Test
    void read_ipv6Error_fillsTypeCodeAndSender() {
        int data = append(SocketOption.SOL_IPV6, SocketOption.IPV6_RECVERR, 16 + 28);
        memory.set(JAVA_BYTE, data + 4, (byte) 3); // SO_EE_ORIGIN_ICMP6
        memory.set(JAVA_BYTE, data + 5, (byte) 1);
        memory.set(JAVA_BYTE, data + 6, (byte) 4);
        SocketAddress.writeFamily(memory, data + 16, true);
        SocketAddress.write(memory, data + 16, true, 0xfd00L << 48, 7, 0);
        read(true);

        assertEquals(1, row.errorType);
        assertEquals(4, row.errorCode);
        assertEquals(0xfd00L << 48, row.errorFromHigh);
        assertEquals(7, row.errorFromLow);
    }

    @Test
    void read_localError_isNoIcmpError() {
        int data = append(SocketOption.SOL_IP, SocketOption.IP_RECVERR, 16 + 16);
        memory.set(JAVA_BYTE, data + 4, (byte) 1); // SO_EE_ORIGIN_LOCAL
        memory.set(JAVA_BYTE, data + 5, (byte) 3);
        read(false);

        assertEquals(ReceivedPacket.NONE, row.errorType);
    }

    @Test
    void read_truncatedOrRandomBytes_endsQuietly() {
        Random random = new Random(5);
        byte[] hostile = new byte[ControlMessages.ROOM_BYTES];
        for (int i = 0; i < 20_000; i++) {
            random.nextBytes(hostile);
            MemorySegment.copy(hostile, 0, memory, JAVA_BYTE, 0, hostile.length);
            memory.set(JAVA_LONG, 0, random.nextLong(-1, 300));
            memory.set(JAVA_INT, 8, random.nextBoolean() ? 0 : 1);
            memory.set(JAVA_INT, 12, random.nextInt(60));
            bytes = random.nextInt(hostile.length + 1);
            read(random.nextBoolean());
        }
    }
}
