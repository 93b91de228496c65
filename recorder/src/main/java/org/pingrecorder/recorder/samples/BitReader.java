package org.pingrecorder.recorder.samples;

/**
 * Reads what {@link BitWriter} wrote. Every method throws {@link IndexOutOfBoundsException} beyond
 * the end.
 */
final class BitReader {

    private final byte[] bytes;
    private final int end;
    private int position;
    private long pending;
    private int pendingBits;

    BitReader(byte[] bytes, int start, int length) {
        this.bytes = bytes;
        this.position = start;
        this.end = start + length;
    }

    int readByte() {
        if (position >= end) {
            throw new IndexOutOfBoundsException("the bytes end too early");
        }
        return bytes[position++] & 0xff;
    }

    long readVar() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = readByte();
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new IndexOutOfBoundsException("a number of more than 64 bits");
    }

    /** A number that must be from 0 to {@code max}. */
    int readVar(int max) {
        long value = readVar();
        if (value < 0 || value > max) {
            throw new IndexOutOfBoundsException(value + " is more than " + max);
        }
        return (int) value;
    }

    long readSigned() {
        long value = readVar();
        return (value >>> 1) ^ -(value & 1);
    }

    byte[] readBytes(int count) {
        if (count > end - position) {
            throw new IndexOutOfBoundsException("the bytes end too early");
        }
        byte[] read = new byte[count];
        System.arraycopy(bytes, position, read, 0, count);
        position += count;
        return read;
    }

    /** Skips so many bytes, and says where they began. */
    int skip(int count) {
        if (count > end - position) {
            throw new IndexOutOfBoundsException("the bytes end too early");
        }
        position += count;
        return position - count;
    }

    /** At most 32 of them. */
    long readBits(int count) {
        while (pendingBits < count) {
            pending = pending << 8 | readByte();
            pendingBits += 8;
        }
        pendingBits -= count;
        return (pending >>> pendingBits) & ((1L << count) - 1);
    }

    /** How many ones come before the next zero, which is taken too; at most {@code limit}. */
    int readOnes(int limit) {
        int ones = 0;
        while (ones < limit) {
            if (pendingBits == 0) {
                pending = readByte();
                pendingBits = 8;
            }
            // The bits that are left, moved to the top: what follows the run is a zero or unread.
            long top = pending << (64 - pendingBits);
            int run = Math.min(Long.numberOfLeadingZeros(~top), pendingBits);
            if (ones + run >= limit) {
                pendingBits -= limit - ones;
                return limit;
            }
            ones += run;
            if (run < pendingBits) {
                pendingBits -= run + 1;
                return ones;
            }
            pendingBits = 0;
        }
        return ones;
    }

    /** Goes on with the next whole byte. */
    void skipRestOfByte() {
        pendingBits = 0;
    }

    boolean isAtEnd() {
        return position >= end;
    }

    /** How many bytes are left. */
    int left() {
        return end - position;
    }
}
