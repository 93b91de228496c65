package org.pingrecorder.recorder.history;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.database.Rows;
import org.pingrecorder.recorder.samples.SampleReader;
import org.pingrecorder.recorder.samples.SampleReader.IpHour;
import org.pingrecorder.recorder.samples.SampleSpan;
import org.pingrecorder.recorder.samples.Summary;

/**
 * Buckets of one client's ips, all pings of which are decoded, one after the other: so percentiles
 * are exact, and memory stays flat whatever the number of buckets.
 */
final class DecodedBuckets implements Rows<Bucket> {

    private static final Summary NOTHING = Summary.exact();

    private final Buckets buckets;
    private final Iterator<Target> targets;
    private final SampleReader reader;
    private @Nullable IpHour ahead;
    private @Nullable Target target;

    // Of the target.
    private @Nullable IpHour hour;
    private int index;
    private int bucket;
    private Summary summary = NOTHING;

    DecodedBuckets(Connection connection, List<Target> targets, Buckets buckets)
            throws SQLException {
        this.buckets = buckets;
        this.targets = targets.iterator();
        this.reader =
                SampleReader.of(
                        connection,
                        SampleSpan.of(
                                targets.getFirst().client(),
                                targets.stream().map(Target::ipId).toList(),
                                buckets.startMicros(),
                                buckets.endMicros()));
        this.ahead = reader.next();
    }

    @Override
    public @Nullable Bucket next() throws SQLException {
        while (true) {
            Target current = target;
            if (current == null) {
                if (!targets.hasNext()) {
                    return null;
                }
                begin(targets.next());
                continue;
            }
            IpHour pings = hour;
            if (pings == null || pings.samples().atMicros(index) >= buckets.endMicros(bucket)) {
                return end(current);
            }
            if (summary == NOTHING) {
                summary = Summary.exact();
            }
            int end = pings.samples().endOfSpan(index, Long.MIN_VALUE, buckets.endMicros(bucket));
            summary.add(pings.samples(), index, end);
            index = end;
            if (index == pings.samples().size()) {
                takeHour(current);
            }
        }
    }

    /** An ip that was taken off the list is only told of where it has pings. */
    private void begin(Target next) throws SQLException {
        takeHour(next);
        target = hour == null && !next.isListed() ? null : next;
        bucket = 0;
        if (buckets.count() == 0) {
            target = null;
        }
    }

    private void takeHour(Target of) throws SQLException {
        index = 0;
        hour = null;
        IpHour next = ahead;
        if (next != null && next.ipId() == of.ipId()) {
            hour = next;
            ahead = reader.next();
        }
    }

    private Bucket end(Target current) {
        Bucket done =
                new Bucket(
                        current, buckets.startMicros(bucket), buckets.endMicros(bucket), summary);
        summary = NOTHING;
        if (++bucket == buckets.count()) {
            target = null;
        }
        return done;
    }

    @Override
    public void close() throws SQLException {
        reader.close();
    }
}
