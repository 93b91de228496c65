package org.pingrecorder.agent.spool;

import java.io.EOFException;
import java.util.Arrays;

/** A segment in memory, while the disk takes none. */
final class MemoryBytes implements SegmentBytes {

    private byte[] bytes = new byte[1 << 14];
    private int size;

    @Override
    public synchronized void append(byte[] more, int length) {
        if (bytes.length - size < length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + length));
        }
        System.arraycopy(more, 0, bytes, size, length);
        size += length;
    }

    @Override
    public synchronized void read(long at, byte[] into, int length) throws EOFException {
        if (at + length > size) {
            throw new EOFException("it ends too early");
        }
        System.arraycopy(bytes, (int) at, into, 0, length);
    }

    @Override
    public synchronized long size() {
        return size;
    }

    @Override
    public void close() {}

    /** Appends all of it elsewhere. */
    synchronized void copyTo(SegmentBytes other) throws java.io.IOException {
        other.append(bytes, size);
    }
}
