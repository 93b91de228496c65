package org.pingrecorder.agent.batch;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Small numbers in few bytes (LEB128, zigzag where signed) and texts, in a buffer used again. */
final class ByteWriter {

    private static final int MOST_VARINT_BYTES = 10;

    private byte[] bytes = new byte[1_024];
    private int size;

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    byte[] array() {
        return bytes;
    }

    void octet(int value) {
        room(1);
        bytes[size++] = (byte) value;
    }

    void unsigned(long value) {
        room(MOST_VARINT_BYTES);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    void signed(long value) {
        unsigned(value << 1 ^ value >> 63);
    }

    void text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        unsigned(utf8.length);
        raw(utf8, utf8.length);
    }

    void raw(byte[] from, int length) {
        room(length);
        System.arraycopy(from, 0, bytes, size, length);
        size += length;
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
