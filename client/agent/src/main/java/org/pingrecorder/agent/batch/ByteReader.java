package org.pingrecorder.agent.batch;

import java.nio.charset.StandardCharsets;

/** Reads what {@link ByteWriter} wrote, and trusts none of it. */
final class ByteReader {

    private final byte[] bytes;
    private final int end;
    private int at;

    ByteReader(byte[] bytes, int length) {
        this.bytes = bytes;
        this.end = length;
    }

    boolean isAtEnd() {
        return at == end;
    }

    int octet() throws CorruptException {
        if (at == end) {
            throw new CorruptException("it ends too early");
        }
        return bytes[at++] & 0xff;
    }

    long unsigned() throws CorruptException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int octet = octet();
            value |= (long) (octet & 0x7f) << shift;
            if (octet < 0x80) {
                return value;
            }
        }
        throw new CorruptException("a number does not end");
    }

    long signed() throws CorruptException {
        long value = unsigned();
        return value >>> 1 ^ -(value & 1);
    }

    /** A number from 0 to {@code most}. */
    int bounded(long most) throws CorruptException {
        long value = unsigned();
        if (value < 0 || value > most) {
            throw new CorruptException("a number is " + value + ", more than " + most);
        }
        return (int) value;
    }

    /** How many of something follow, of which each takes at least a byte. */
    int count() throws CorruptException {
        long value = unsigned();
        if (value < 0 || value > end - at) {
            throw new CorruptException("there cannot be " + value + " more of anything");
        }
        return (int) value;
    }

    String text() throws CorruptException {
        int length = count();
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }
}
