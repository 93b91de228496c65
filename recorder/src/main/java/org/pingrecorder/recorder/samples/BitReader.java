package org.pingrecorder.recorder.samples;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads what {@link BitWriter} wrote; {@link #endBits} must come between bits and bytes. Every
 * method throws {@link IndexOutOfBoundsException} beyond the end.
 */
final class BitReader {

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] bytes;
    private final int end;
    private int position;

    /**
     * The next bits, from the highest on; those after the {@link #pendingBits} first may be set.
     */
    private long pending;

    private int pendingBits;

    BitReader(byte[] bytes, int start, int length) {
        this.bytes = bytes;
        this.position = start;
        this.end = start + length;
    }

    int readByte() {
        if (position >= end) {
            throw tooShort();
        }
        return bytes[position++] & 0xff;
    }

    /** Four bytes, the highest first. */
    int readInt() {
        return readByte() << 24 | readByte() << 16 | readByte() << 8 | readByte();
    }

    long readVar() {
        if (position < end && bytes[position] >= 0) {
            return bytes[position++]; // most are small
        }
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

    /** Skips so many bytes, and says where they began. */
    int skip(int count) {
        if (count > left()) {
            throw tooShort();
        }
        position += count;
        return position - count;
    }

    /** At most 32 bits. */
    long readBits(int count) {
        fill();
        long value = take(count);
        requireBits();
        return value;
    }

    /** What {@link BitWriter#putRice} wrote. */
    long readRice(int parameter) {
        fill();
        // Up to 24 bits of one and 32 more: never more than fill has found.
        int quotient = Long.numberOfLeadingZeros(~pending);
        long value;
        if (quotient < BitWriter.LONGEST_UNARY) {
            take(quotient + 1);
            value = (long) quotient << parameter | take(parameter);
        } else {
            take(BitWriter.LONGEST_UNARY);
            value = take(32);
        }
        requireBits();
        return value;
    }

    /** Looks at least 56 bits ahead, or to the end. */
    private void fill() {
        if (position <= end - Long.BYTES) {
            pending |= (long) LONGS.get(bytes, position) >>> pendingBits;
            position += (63 - pendingBits) >> 3;
            pendingBits |= 56;
        } else {
            for (; pendingBits <= 56 && position < end; pendingBits += 8) {
                pending |= (bytes[position++] & 0xffL) << (56 - pendingBits);
            }
        }
    }

    private long take(int count) {
        long value = pending >>> 1 >>> (63 - count);
        pending <<= count;
        pendingBits -= count;
        return value;
    }

    private void requireBits() {
        if (pendingBits < 0) {
            throw tooShort();
        }
    }

    private static IndexOutOfBoundsException tooShort() {
        return new IndexOutOfBoundsException("the bytes end too early");
    }

    /** Goes on with the next whole byte. */
    void endBits() {
        position -= pendingBits / Byte.SIZE;
        pendingBits = 0;
        pending = 0;
    }

    boolean isAtEnd() {
        return position >= end;
    }

    /** How many bytes are left. */
    int left() {
        return end - position;
    }
}
