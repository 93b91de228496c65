package org.pingrecorder.agent.spool;

import java.io.IOException;
import java.util.UUID;
import org.pingrecorder.agent.batch.BatchHeader;

/**
 * Some consecutive batches of one spool, deleted together. All but {@link #sequence} and {@link
 * #spool} is guarded by the {@link Spool}'s lock.
 */
final class Segment {

    /** Whether it can be delivered now. */
    enum Access {
        READY,
        /** One before it, of the same spool, is unreadable: numbers arrive in order. */
        HELD,
        /** The disk does not give it. Its times are its file's, its pings unknown. */
        UNREADABLE,
        /** Only another version of this client reads it. As {@link #UNREADABLE} otherwise. */
        OF_ANOTHER_VERSION;

        boolean isReadable() {
            return this == READY || this == HELD;
        }
    }

    final long sequence;
    final UUID spool;
    SegmentBytes bytes;

    /** Up to here its records are whole; a failed write may have left something behind it. */
    long size = SegmentFormat.HEADER_BYTES;

    long pings;
    long firstMicros = Long.MAX_VALUE;
    long lastMicros = Long.MIN_VALUE;

    /** When it was appended to last, by the spool's own time. */
    long ageMicros;

    /** Up to here the recorder has it. */
    long confirmedEnd = SegmentFormat.HEADER_BYTES;

    long confirmedPings;

    /** Whether more is appended. */
    boolean open;

    boolean removed;

    /** Whether an earlier run left it. */
    boolean found;

    Access access = Access.READY;

    /** Up to here damage has been reported; 0 if there is none. */
    long damageEnd;

    Segment(long sequence, UUID spool, SegmentBytes bytes) {
        this.sequence = sequence;
        this.spool = spool;
        this.bytes = bytes;
    }

    boolean inMemory() {
        return bytes instanceof MemoryBytes;
    }

    void count(BatchHeader batch) {
        pings += batch.pings();
        firstMicros = Math.min(firstMicros, batch.firstMicros());
        lastMicros = Math.max(lastMicros, batch.lastMicros());
    }

    boolean isConfirmed() {
        return confirmedEnd == size;
    }

    long waitingPings() {
        return pings - confirmedPings;
    }

    SegmentFormat.Summary summary() {
        return new SegmentFormat.Summary(pings, firstMicros, lastMicros);
    }

    /** Appends a record; it is not part of the segment before {@link #size} says so. */
    void append(int marker, byte[] body, int length) throws IOException {
        byte[] record = new byte[SegmentFormat.HEAD_BYTES + length];
        byte[] head = SegmentFormat.head(marker, body, length);
        System.arraycopy(head, 0, record, 0, head.length);
        System.arraycopy(body, 0, record, head.length, length);
        bytes.append(record, record.length);
    }
}
