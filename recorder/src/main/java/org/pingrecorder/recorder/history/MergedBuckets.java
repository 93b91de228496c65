package org.pingrecorder.recorder.history;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.database.Rows;
import org.pingrecorder.recorder.samples.Hours;
import org.pingrecorder.recorder.samples.SampleReader;
import org.pingrecorder.recorder.samples.SampleReader.IpHour;
import org.pingrecorder.recorder.samples.Samples;
import org.pingrecorder.recorder.samples.Summary;
import org.pingrecorder.recorder.samples.SummaryReader;
import org.pingrecorder.recorder.samples.SummaryReader.IpDay;

/**
 * Buckets of one client's ips, by the summaries of whole hours as far as there are any. Decoded are
 * hours that a bucket has a part of, and pings that came after their hour was merged. Where only
 * the summary of such a cut hour is left, it counts in the bucket in which it begins.
 */
final class MergedBuckets implements Rows<MergedBuckets.OfIp> {

    private final Buckets buckets;
    private final SortedSet<Long> cutHours;
    private final Supplier<Summary> empty;
    private final Iterator<Target> targets;
    private final SampleReader samples;
    private final SummaryReader summaries;
    private @Nullable IpHour hourAhead;
    private @Nullable IpDay dayAhead;

    /**
     * All buckets of one ip.
     *
     * @param summaries null where there are no pings
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record OfIp(Target target, @Nullable Summary[] summaries) {

        /** Whether it has any pings. */
        boolean hasAny() {
            for (Summary summary : summaries) {
                if (summary != null) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * Opens it.
     *
     * @param empty makes what a bucket is summed up in
     */
    MergedBuckets(
            Connection connection, List<Target> targets, Buckets buckets, Supplier<Summary> empty)
            throws SQLException {
        this.buckets = buckets;
        this.cutHours = buckets.cutHours();
        this.empty = empty;
        this.targets = targets.iterator();
        String client = targets.getFirst().client();
        List<Long> ipIds = targets.stream().map(Target::ipId).toList();
        long start = buckets.startMicros();
        long end = buckets.endMicros();
        this.samples = SampleReader.unsummarized(connection, client, ipIds, start, end, cutHours);
        this.summaries = new SummaryReader(connection, client, ipIds, start, end);
        this.hourAhead = samples.next();
        this.dayAhead = summaries.next();
    }

    @Override
    public @Nullable OfIp next() throws SQLException {
        if (!targets.hasNext()) {
            return null;
        }
        Target target = targets.next();
        @Nullable Summary[] sums = new Summary[buckets.count()];
        Set<Long> decoded = new HashSet<>();
        for (IpHour hour = hourAhead;
                hour != null && hour.ipId() == target.ipId();
                hour = hourAhead) {
            if (hour.hasBlock()) {
                decoded.add(hour.hourMicros());
            }
            addPings(sums, hour.samples());
            hourAhead = samples.next();
        }
        for (IpDay day = dayAhead; day != null && day.ipId() == target.ipId(); day = dayAhead) {
            for (Map.Entry<Integer, Summary> hour : day.hours().entrySet()) {
                long hourMicros = day.dayMicros() + hour.getKey() * Hours.HOUR_MICROS;
                if (!decoded.contains(hourMicros)
                        && hourMicros >= buckets.startMicros()
                        && hourMicros < buckets.endMicros()) {
                    sum(sums, buckets.of(hourMicros)).add(hour.getValue());
                }
            }
            dayAhead = summaries.next();
        }
        return new OfIp(target, sums);
    }

    private void addPings(@Nullable Summary[] sums, Samples pings) {
        int bucket = 0;
        for (int i = 0; i < pings.size(); i++) {
            long at = pings.atMicros(i);
            if (i == 0 || at >= buckets.endMicros(bucket)) {
                bucket = buckets.of(at);
            }
            sum(sums, bucket).add(pings, i);
        }
    }

    private Summary sum(@Nullable Summary[] sums, int bucket) {
        Summary sum = sums[bucket];
        if (sum == null) {
            sum = empty.get();
            sums[bucket] = sum;
        }
        return sum;
    }

    @Override
    public void close() throws SQLException {
        samples.close();
        summaries.close();
    }
}
