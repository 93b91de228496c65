package org.pingrecorder.agent.delivery;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.pingrecorder.agent.batch.BatchJson;
import org.pingrecorder.agent.spool.SpoolReader;

/**
 * The body of one upload: batches of one segment, each a line of JSON, compressed. For one thread,
 * used again and again.
 */
final class UploadBody {

    /** Before compression; a batch that is larger goes alone. */
    private static final int MOST_RAW_BYTES = 1 << 20;

    private static final int BUFFER_BYTES = 1 << 14;

    private final JsonFactory factory = new JsonFactory();
    private final BatchJson json = new BatchJson();
    private final StampClock stamp;
    private final String ownSpool;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(BUFFER_BYTES);
    private final List<SpoolReader.Stored> batches = new ArrayList<>();

    /**
     * No body yet.
     *
     * @param ownSpool the spool of this run, whose clocks are known
     */
    UploadBody(StampClock stamp, String ownSpool) {
        this.stamp = stamp;
        this.ownSpool = ownSpool;
    }

    /** Counts what goes through. */
    private static final class Counted extends FilterOutputStream {
        private long count;

        Counted(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            out.write(from, offset, length);
            count += length;
        }
    }

    /** Fast rather than small: series repeat themselves so much that it hardly matters. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, BUFFER_BYTES);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    /**
     * Fills it with the next batches of a reader.
     *
     * @param mostBatches at least 1
     */
    void fill(SpoolReader reader, int mostBatches) throws IOException {
        bytes.reset();
        batches.clear();
        try (Counted counted = new Counted(new FastGzip(bytes));
                JsonGenerator out = factory.createGenerator(counted)) {
            out.setRootValueSeparator(new SerializedString("\n"));
            while (batches.size() < mostBatches && counted.count < MOST_RAW_BYTES) {
                SpoolReader.Stored next = reader.next();
                if (next == null) {
                    return;
                }
                write(out, next);
                batches.add(next);
            }
        }
    }

    /** One batch as its JSON alone, not compressed. */
    byte[] plain(SpoolReader.Stored batch) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (JsonGenerator out = factory.createGenerator(line)) {
            write(out, batch);
        }
        return line.toByteArray();
    }

    private void write(JsonGenerator out, SpoolReader.Stored batch) throws IOException {
        String spool = batch.spool();
        if (spool.equals(ownSpool)) {
            int steps = stamp.stepsOf(batch.header().epoch());
            json.write(
                    out, batch.decoder(), spool, stamp.nowMicros(steps), stamp.offsetMicros(steps));
        } else {
            json.write(out, batch.decoder(), spool, null, batch.header().offsetMicros());
        }
    }

    /** The batches in it, in order. */
    List<SpoolReader.Stored> batches() {
        return batches;
    }

    /** It itself, compressed. */
    byte[] compressed() {
        return bytes.toByteArray();
    }
}
