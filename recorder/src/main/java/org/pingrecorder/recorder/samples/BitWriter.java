package org.pingrecorder.recorder.samples;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Bytes and bits, written one after the other, the highest bit of a byte first; {@link #endBits}
 * must come between bits and bytes.
 */
final class BitWriter {

    /** So many bits of one say that a number follows as it is. */
    static final int LONGEST_UNARY = 24;

    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private byte[] bytes;
    private int length;
    private long pending;
    private int pendingBits;

    /** It grows beyond this capacity where it must. */
    BitWriter(int capacity) {
        bytes = new byte[capacity];
    }

    void putByte(int value) {
        if (length == bytes.length) {
            grow(1);
        }
        bytes[length++] = (byte) value;
    }

    private void grow(int more) {
        bytes = Arrays.copyOf(bytes, Math.max(length + more, length * 2));
    }

    /** Four bytes, the highest first. */
    void putInt(int value) {
        if (length > bytes.length - Integer.BYTES) {
            grow(Integer.BYTES);
        }
        INTS.set(bytes, length, value);
        length += Integer.BYTES;
    }

    /** Seven bits a byte, the lowest first (LEB128); negative numbers take ten bytes. */
    void putVar(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            putByte((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        putByte((int) rest);
    }

    /** Small numbers of either sign are short. */
    void putSigned(long value) {
        putVar((value << 1) ^ (value >> 63));
    }

    void putBytes(byte[] given) {
        if (given.length > bytes.length - length) {
            grow(given.length);
        }
        System.arraycopy(given, 0, bytes, length, given.length);
        length += given.length;
    }

    /** The lowest {@code count} bits of a value, at most 32. */
    void putBits(long value, int count) {
        pending = (pending << count) | (value & ((1L << count) - 1));
        pendingBits += count;
        if (pendingBits >= Integer.SIZE) {
            pendingBits -= Integer.SIZE;
            putInt((int) (pending >>> pendingBits));
        }
    }

    /**
     * A number of up to 32 bits as a Golomb-Rice code: short where it is not much more than two to
     * the power of the parameter.
     */
    void putRice(long value, int parameter) {
        long quotient = value >>> parameter;
        if (quotient < LONGEST_UNARY) {
            putBits((1L << (quotient + 1)) - 2, (int) quotient + 1);
            putBits(value, parameter);
        } else {
            putBits((1L << LONGEST_UNARY) - 1, LONGEST_UNARY);
            putBits(value, 32);
        }
    }

    /** Fills the last byte with zeros. */
    void endBits() {
        for (; pendingBits > 0; pendingBits -= 8) {
            putByte((int) (pending << 8 >>> pendingBits));
        }
        pendingBits = 0;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }
}
