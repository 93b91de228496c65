package org.pingrecorder.agent.spool;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Walks over the records of a segment. What cannot be read is passed over, up to the next place
 * where a whole record begins. For one thread.
 */
final class RecordReader {

    private static final int WINDOW_BYTES = 1 << 16;

    private final SegmentBytes bytes;
    private final byte[] head = new byte[SegmentFormat.HEAD_BYTES];
    private byte[] body = new byte[1 << 12];
    private int marker;
    private int length;
    private long at;
    private long end;
    private long skipped;

    RecordReader(SegmentBytes bytes) {
        this.bytes = bytes;
        seek(SegmentFormat.HEADER_BYTES);
    }

    /** Goes on with the record that begins there. */
    void seek(long position) {
        at = position;
        end = position;
    }

    /**
     * Reads the next record.
     *
     * @param limit where the segment ends
     * @return false if there is none up to there; then {@link #end} stays where it was
     */
    boolean next(long limit) throws IOException {
        at = end;
        skipped = 0;
        if (!isRecord(at, limit)) {
            long found = search(at + 1, limit);
            skipped = found - at;
            if (found == limit) {
                return false;
            }
            at = found;
        }
        end = at + SegmentFormat.HEAD_BYTES + length;
        return true;
    }

    private boolean isRecord(long position, long limit) throws IOException {
        if (position + SegmentFormat.HEAD_BYTES > limit) {
            return false;
        }
        bytes.read(position, head, head.length);
        ByteBuffer in = ByteBuffer.wrap(head);
        marker = in.getInt();
        length = in.getInt();
        int crc = in.getInt();
        if (!isMarker(marker)
                || length < 0
                || length > SegmentFormat.MOST_BODY_BYTES
                || position + SegmentFormat.HEAD_BYTES + length > limit) {
            return false;
        }
        if (body.length < length) {
            body = new byte[Math.max(length, body.length * 2)];
        }
        bytes.read(position + SegmentFormat.HEAD_BYTES, body, length);
        return SegmentFormat.crc(body, length) == crc;
    }

    private static boolean isMarker(int word) {
        return word == SegmentFormat.BATCH || word == SegmentFormat.SUMMARY;
    }

    /** The next whole record from a position on, or the limit. */
    private long search(long from, long limit) throws IOException {
        byte[] window = new byte[WINDOW_BYTES];
        int overlap = Integer.BYTES - 1;
        for (long base = from; base < limit; base += WINDOW_BYTES - overlap) {
            int size = (int) Math.min(WINDOW_BYTES, limit - base);
            bytes.read(base, window, size);
            ByteBuffer in = ByteBuffer.wrap(window, 0, size);
            for (int i = 0; i + Integer.BYTES <= size && i < WINDOW_BYTES - overlap; i++) {
                int found = in.getInt(i);
                if (isMarker(found) && isRecord(base + i, limit)) {
                    return base + i;
                }
            }
        }
        return limit;
    }

    /** The body of the record just read, valid until the next. */
    byte[] body() {
        return body;
    }

    int length() {
        return length;
    }

    boolean isBatch() {
        return marker == SegmentFormat.BATCH;
    }

    /** Where the record just read ends. */
    long end() {
        return end;
    }

    /** How many bytes before it were passed over; without a record, how many up to the limit. */
    long skipped() {
        return skipped;
    }
}
