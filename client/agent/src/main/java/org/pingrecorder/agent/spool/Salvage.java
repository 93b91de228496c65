package org.pingrecorder.agent.spool;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.pingrecorder.agent.batch.BatchDecoder;
import org.pingrecorder.agent.batch.CorruptException;
import org.pingrecorder.agent.batch.Gap;
import org.pingrecorder.agent.batch.ReadDictionary;
import org.pingrecorder.agent.batch.Running;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What outlives batches that are dropped: that they were, and what they themselves had to report.
 * For one thread at a time.
 */
public final class Salvage {

    private static final Logger LOG = LoggerFactory.getLogger(Salvage.class);

    /** Between the last ping of a file and the first of the next there is an interval. */
    private static final long NEAR_MICROS = 1_000_000;

    private final List<Gap> gaps = new ArrayList<>();
    private final List<Running> running = new ArrayList<>();

    Salvage() {}

    /** All gaps and beginnings in a segment, as far as it can be read. */
    static Salvage from(Segment segment) {
        Salvage salvage = new Salvage();
        if (!segment.access.isReadable()) {
            return salvage;
        }
        RecordReader records = new RecordReader(segment.bytes);
        ReadDictionary dictionary = new ReadDictionary();
        try {
            while (records.next(segment.size)) {
                if (records.isBatch()) {
                    salvage.read(new BatchDecoder(records.body(), records.length(), dictionary));
                }
            }
        } catch (IOException e) {
            LOG.error("cannot read all of what is dropped", e);
        }
        return salvage;
    }

    /** All gaps and beginnings in a batch. */
    void read(BatchDecoder batch) throws CorruptException {
        while (batch.nextSeries() != null) {
            // The gaps come after them.
        }
        for (Gap gap = batch.nextGap(); gap != null; gap = batch.nextGap()) {
            // The start after a stop tells it anew, and this run has not stopped.
            if (!gap.isStopOfAll()) {
                add(gap);
            }
        }
        for (Running r = batch.nextRunning(); r != null; r = batch.nextRunning()) {
            running.add(r);
        }
    }

    /** Pings of this time, both ends included, were dropped. */
    void dropped(long firstMicros, long lastMicros) {
        if (firstMicros <= lastMicros) {
            add(Gap.ofAll(firstMicros, lastMicros + 1, Gap.Reason.DROPPED));
        }
    }

    void addAll(Salvage other) {
        other.gaps.forEach(this::add);
        running.addAll(other.running);
    }

    /** Joins it to one that it continues: else there is one for every file of a long drought. */
    private void add(Gap gap) {
        long nearMicros = gap.reason() == Gap.Reason.DROPPED ? NEAR_MICROS : 0;
        for (int i = gaps.size() - 1; i >= 0; i--) {
            if (gaps.get(i).isNear(gap, nearMicros)) {
                gaps.set(i, gaps.get(i).with(gap));
                return;
            }
        }
        gaps.add(gap);
    }

    /** Whether there is nothing to say. */
    public boolean isEmpty() {
        return gaps.isEmpty() && running.isEmpty();
    }

    public List<Gap> gaps() {
        return gaps;
    }

    public List<Running> running() {
        return running;
    }
}
