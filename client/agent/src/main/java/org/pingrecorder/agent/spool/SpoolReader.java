package org.pingrecorder.agent.spool;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.agent.batch.BatchDecoder;
import org.pingrecorder.agent.batch.BatchHeader;
import org.pingrecorder.agent.batch.CorruptException;
import org.pingrecorder.agent.batch.ReadDictionary;

/**
 * Reads the oldest batches that the recorder does not have, a segment at a time. Batches that
 * cannot be read are passed over and reported. For one thread.
 */
public final class SpoolReader {

    private final Spool spool;
    private @Nullable Segment segment;
    private @Nullable RecordReader records;
    private ReadDictionary dictionary = new ReadDictionary();
    private long limit;
    private long lastMicros;

    SpoolReader(Spool spool) {
        this.spool = spool;
    }

    /** A batch that was read. */
    public static final class Stored {
        private final Segment segment;
        private final BatchHeader header;
        private final long end;
        private final BatchDecoder decoder;

        Stored(Segment segment, BatchHeader header, long end, BatchDecoder decoder) {
            this.segment = segment;
            this.header = header;
            this.end = end;
            this.decoder = decoder;
        }

        /** The spool that numbered it. */
        public String spool() {
            return segment.spool.toString();
        }

        public BatchHeader header() {
            return header;
        }

        /** At its start; valid until the next batch is read. */
        public BatchDecoder decoder() {
            return decoder;
        }
    }

    /**
     * Goes to the oldest batch that is not confirmed.
     *
     * @return false if there is none
     */
    public boolean rewind() {
        Spool.Part part = spool.oldest();
        if (part == null) {
            return false;
        }
        if (!part.segment().equals(segment)) {
            segment = part.segment();
            dictionary = new ReadDictionary();
            lastMicros = part.firstMicros();
        }
        records = new RecordReader(part.bytes());
        records.seek(part.from());
        limit = part.to();
        return true;
    }

    /**
     * The next one of the same segment; null if that has no more.
     *
     * @throws IOException if the disk does not give it
     */
    public @Nullable Stored next() throws IOException {
        Segment of = segment;
        RecordReader from = records;
        if (of == null || from == null) {
            return null;
        }
        while (from.next(limit)) {
            if (from.skipped() > 0) {
                damaged(of, from.end(), from.skipped());
            }
            if (from.isBatch()) {
                try {
                    Stored read = read(of, from);
                    lastMicros = read.header().lastMicros();
                    return read;
                } catch (CorruptException e) {
                    damaged(of, from.end(), from.length());
                }
            }
        }
        if (from.skipped() > 0) {
            damaged(of, limit, from.skipped());
        }
        return null;
    }

    /** Reads all of it once, so that nobody stops in the middle of writing it elsewhere. */
    private Stored read(Segment of, RecordReader from) throws CorruptException {
        BatchDecoder whole = new BatchDecoder(from.body(), from.length(), dictionary);
        while (whole.nextSeries() != null) {
            // Only to see that it can be read.
        }
        while (whole.nextGap() != null) {
            // As above.
        }
        while (whole.nextRunning() != null) {
            // As above.
        }
        while (whole.nextMeasurement() != null) {
            // As above.
        }
        if (whole.unknown() > 0) {
            damaged(of, from.end(), from.length());
        }
        return new Stored(
                of,
                whole.header(),
                from.end(),
                new BatchDecoder(from.body(), from.length(), dictionary));
    }

    /** What is missing lies between the last batch that could be read and the segment's end. */
    private void damaged(Segment of, long at, long bytes) {
        spool.damaged(of, at, bytes, lastMicros, of.lastMicros);
    }

    /** The recorder will never have this batch: what it reports is for a later one to report. */
    public void salvage(Stored batch) throws IOException {
        Salvage salvage = new Salvage();
        salvage.read(batch.decoder);
        if (batch.header.pings() > 0) {
            salvage.dropped(batch.header.firstMicros(), batch.header.lastMicros());
        }
        spool.lost(salvage);
    }

    /**
     * The recorder has this batch, and all before it in its segment; or it is set aside.
     *
     * @return false if it was dropped meanwhile, and is counted so
     */
    public boolean confirm(Stored batch) {
        return spool.confirm(batch.segment, batch.end, batch.header.pings());
    }

    /** Nothing can be read in the rest of the segment, which was looked through to its end. */
    public void skipRest() {
        if (segment != null) {
            spool.confirm(segment, limit, 0);
        }
    }

    /** The disk does not give this segment. */
    public void giveUp(Exception why) {
        if (segment != null) {
            spool.giveUp(segment, why.toString());
        }
    }
}
