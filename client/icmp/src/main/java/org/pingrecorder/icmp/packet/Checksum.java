package org.pingrecorder.icmp.packet;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** The Internet checksum of RFC 1071: the ones' complement sum of 16-bit words. */
public final class Checksum {

    private static final ValueLayout.OfShort NETWORK_SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private Checksum() {}

    /** The unfolded sum of {@code bytes} bytes; an odd last byte is padded with zero. */
    public static long sum(MemorySegment memory, long offset, int bytes) {
        long sum = 0;
        int at = 0;
        for (; at + 1 < bytes; at += 2) {
            sum += memory.get(NETWORK_SHORT, offset + at) & 0xffff;
        }
        if (at < bytes) {
            sum += (memory.get(ValueLayout.JAVA_BYTE, offset + at) & 0xff) << 8;
        }
        return sum;
    }

    /** The checksum that belongs to an unfolded, non-negative sum; 0 to 0xffff. */
    public static int of(long sum) {
        long folded = sum;
        while (folded > 0xffff) {
            folded = (folded >>> 16) + (folded & 0xffff);
        }
        return (int) ~folded & 0xffff;
    }
}
