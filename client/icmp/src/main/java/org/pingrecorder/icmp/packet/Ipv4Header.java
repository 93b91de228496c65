package org.pingrecorder.icmp.packet;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The IPv4 header (RFC 791) that raw sockets deliver in front of the ICMP message. */
public final class Ipv4Header {

    /** The longest header: fifteen 32-bit words. */
    public static final int MAX_BYTES = 60;

    private static final int MIN_BYTES = 20;
    private static final int PROTOCOL_AT = 9;
    private static final byte PROTOCOL_ICMP = 1;

    private Ipv4Header() {}

    /** Length of the header before an ICMP message; -1 if these bytes are no such packet. */
    public static int bytesBeforeIcmp(MemorySegment memory, long offset, int bytes) {
        if (bytes < MIN_BYTES) {
            return -1;
        }
        int first = memory.get(ValueLayout.JAVA_BYTE, offset);
        int headerBytes = (first & 0x0f) * 4;
        boolean wellFormed =
                (first & 0xf0) == 0x40
                        && headerBytes >= MIN_BYTES
                        && headerBytes <= bytes
                        && memory.get(ValueLayout.JAVA_BYTE, offset + PROTOCOL_AT) == PROTOCOL_ICMP;
        return wellFormed ? headerBytes : -1;
    }
}
