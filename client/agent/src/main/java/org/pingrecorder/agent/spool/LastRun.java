package org.pingrecorder.agent.spool;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.agent.batch.BatchDecoder;
import org.pingrecorder.agent.batch.BatchHeader;
import org.pingrecorder.agent.batch.CorruptException;
import org.pingrecorder.agent.batch.Gap;
import org.pingrecorder.agent.batch.ReadDictionary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of the run before, as its last batch tells.
 *
 * @param sealedMicros when that was sealed, in microseconds since the Unix epoch
 * @param stoppedMicros from when on the client was stopped on purpose; -1 if it was not
 * @param epoch of its clock
 */
public record LastRun(long sealedMicros, long stoppedMicros, long epoch) {

    private static final Logger LOG = LoggerFactory.getLogger(LastRun.class);

    /** From the newest batch that can be read; null if there is none. */
    static @Nullable LastRun of(List<Segment> segments) throws IOException {
        for (Segment segment : segments.reversed()) {
            LastRun found = segment.access.isReadable() ? of(segment) : null;
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable LastRun of(Segment segment) throws IOException {
        RecordReader records = new RecordReader(segment.bytes);
        ReadDictionary dictionary = new ReadDictionary();
        LastRun last = null;
        while (records.next(segment.size)) {
            if (records.isBatch()) {
                try {
                    last = of(new BatchDecoder(records.body(), records.length(), dictionary));
                } catch (CorruptException e) {
                    LOG.debug("reported when it is to be delivered", e);
                }
            }
        }
        segment.bytes.close();
        return last;
    }

    private static LastRun of(BatchDecoder batch) throws CorruptException {
        while (batch.nextSeries() != null) {
            // The gaps come after them.
        }
        long stoppedMicros = -1;
        for (Gap gap = batch.nextGap(); gap != null; gap = batch.nextGap()) {
            stoppedMicros = gap.isStopOfAll() ? gap.fromMicros() : stoppedMicros;
        }
        BatchHeader header = batch.header();
        return new LastRun(header.sealedMicros(), stoppedMicros, header.epoch());
    }
}
