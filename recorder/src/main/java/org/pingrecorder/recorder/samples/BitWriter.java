package org.pingrecorder.recorder.samples;

import java.util.Arrays;

/** Bytes and bits, written one after the other, the highest bit of a byte first. */
final class BitWriter {

    private byte[] bytes = new byte[256];
    private int length;
    private long pending;
    private int pendingBits;

    void putByte(int value) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, length * 2);
        }
        bytes[length++] = (byte) value;
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
        while (length + given.length > bytes.length) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
        System.arraycopy(given, 0, bytes, length, given.length);
        length += given.length;
    }

    /** The lowest {@code count} bits of a value, at most 32. */
    void putBits(long value, int count) {
        pending = (pending << count) | (value & ((1L << count) - 1));
        pendingBits += count;
        while (pendingBits >= 8) {
            pendingBits -= 8;
            putByte((int) (pending >>> pendingBits));
        }
    }

    /** Fills the last byte with zeros. */
    void endBits() {
        if (pendingBits > 0) {
            putBits(0, 8 - pendingBits);
        }
    }

    int length() {
        return length;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    void clear() {
        length = 0;
    }
}
