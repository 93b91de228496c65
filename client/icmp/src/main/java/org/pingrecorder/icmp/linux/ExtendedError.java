package org.pingrecorder.icmp.linux;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import org.pingrecorder.icmp.socket.ReceivedPacket;

/** {@code struct sock_extended_err}, followed by the address of whoever sent the error. */
final class ExtendedError {

    static final StructLayout LAYOUT =
            structLayout(
                    JAVA_INT.withName("ee_errno"),
                    JAVA_BYTE.withName("ee_origin"),
                    JAVA_BYTE.withName("ee_type"),
                    JAVA_BYTE.withName("ee_code"),
                    JAVA_BYTE.withName("ee_pad"),
                    JAVA_INT.withName("ee_info"),
                    JAVA_INT.withName("ee_data"));

    private static final int ORIGIN_ICMP = 2;
    private static final int ORIGIN_ICMP6 = 3;

    private static final long ORIGIN_AT = at("ee_origin");
    private static final long TYPE_AT = at("ee_type");
    private static final long CODE_AT = at("ee_code");

    private ExtendedError() {}

    private static long at(String field) {
        return LAYOUT.byteOffset(PathElement.groupElement(field));
    }

    /** Fills the row's error fields if the error came as an ICMP message of the socket's family. */
    static void read(
            MemorySegment memory, long data, long dataBytes, boolean ipv6, ReceivedPacket into) {
        long offender = data + LAYOUT.byteSize();
        if (dataBytes < LAYOUT.byteSize() + SocketAddress.bytes(ipv6)
                || memory.get(JAVA_BYTE, data + ORIGIN_AT) != (ipv6 ? ORIGIN_ICMP6 : ORIGIN_ICMP)) {
            return;
        }
        into.errorType = memory.get(JAVA_BYTE, data + TYPE_AT) & 0xff;
        into.errorCode = memory.get(JAVA_BYTE, data + CODE_AT) & 0xff;
        boolean known = SocketAddress.isFamily(memory, offender, ipv6);
        into.errorFromHigh = known ? SocketAddress.high(memory, offender, ipv6) : 0;
        into.errorFromLow = known ? SocketAddress.low(memory, offender, ipv6) : 0;
    }
}
