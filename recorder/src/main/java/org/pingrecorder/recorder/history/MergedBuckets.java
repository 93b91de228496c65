package org.pingrecorder.recorder.history;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.database.Rows;
import org.pingrecorder.recorder.samples.Hours;
import org.pingrecorder.recorder.samples.PartReader;
import org.pingrecorder.recorder.samples.PartReader.Part;
import org.pingrecorder.recorder.samples.SampleSpan;
import org.pingrecorder.recorder.samples.Samples;
import org.pingrecorder.recorder.samples.Summary;
import org.pingrecorder.recorder.samples.SummaryReader;
import org.pingrecorder.recorder.samples.SummaryReader.IpDay;

/**
 * Buckets of one client's ips, by the summaries of whole hours as far as there are any. Decoded are
 * hours that a bucket has a part of, and pings that came after their hour was merged. Where only
 * the summary of such a cut hour is left, it counts in the bucket in which it begins.
 *
 * <p>They come ip by ip, or one by one with no more than a day of summaries in memory.
 */
final class MergedBuckets implements Rows<MergedBuckets.OfIp> {

    private final Buckets buckets;
    private final Supplier<Summary> empty;
    private final Iterator<Target> targets;
    private final PartReader parts;
    private final SummaryReader summaries;
    private @Nullable Part partAhead;
    private @Nullable IpDay dayAhead;

    // Of one ip.
    private @Nullable Target target;
    private int bucket;

    /** Buckets that may get more, by number. */
    private final Map<Integer, Summary> open = new HashMap<>();

    /** Summaries of hours that are not reached yet, by their starts. */
    private final TreeMap<Long, Summary> summed = new TreeMap<>();

    /** Hours whose summaries do not count, because their pings do. */
    private final Set<Long> decoded = new HashSet<>();

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
        this.empty = empty;
        this.targets = targets.iterator();
        String client = targets.getFirst().client();
        List<Long> ipIds = targets.stream().map(Target::ipId).toList();
        long start = buckets.startMicros();
        long end = buckets.endMicros();
        SampleSpan span = SampleSpan.of(client, ipIds, start, end);
        this.parts = PartReader.of(connection, span, buckets.cutHours());
        this.summaries = new SummaryReader(connection, client, ipIds, start, end);
        this.partAhead = parts.next();
        this.dayAhead = summaries.next();
    }

    @Override
    public @Nullable OfIp next() throws SQLException {
        Target next = nextTarget();
        if (next == null) {
            return null;
        }
        @Nullable Summary[] sums = new Summary[buckets.count()];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = nextSum();
        }
        return new OfIp(next, sums);
    }

    /** The next ip, whose buckets follow one by one; what is left of those before is skipped. */
    @Nullable Target nextTarget() throws SQLException {
        while (target != null && bucket < buckets.count()) {
            nextSum();
        }
        target = targets.hasNext() ? targets.next() : null;
        bucket = 0;
        open.clear();
        summed.clear();
        decoded.clear();
        return target;
    }

    /** The ip's next bucket, as soon as all of it was read; null where there are no pings. */
    @Nullable Summary nextSum() throws SQLException {
        long ipId = Objects.requireNonNull(target, "a bucket of no ip").ipId();
        long end = buckets.endMicros(bucket);
        for (Part part = partAhead;
                part != null && part.ipId() == ipId && part.hourMicros() < end;
                part = partAhead) {
            if (part.isBlock()) {
                decoded.add(part.hourMicros());
            }
            addPings(part.samples());
            partAhead = parts.next();
        }
        for (IpDay day = dayAhead;
                day != null && day.ipId() == ipId && day.dayMicros() < end;
                day = dayAhead) {
            for (Map.Entry<Integer, Summary> hour : day.hours().entrySet()) {
                summed.put(day.dayMicros() + hour.getKey() * Hours.HOUR_MICROS, hour.getValue());
            }
            dayAhead = summaries.next();
        }
        addSums(end);
        return open.remove(bucket++);
    }

    private void addPings(Samples pings) {
        for (int i = 0; i < pings.size(); ) {
            long at = pings.atMicros(i);
            if (at < buckets.startMicros() || at >= buckets.endMicros()) {
                i++;
                continue;
            }
            int of = buckets.of(at);
            int end = pings.endOfSpan(i, buckets.startMicros(of), buckets.endMicros(of));
            sum(of).add(pings, i, end);
            i = end;
        }
    }

    private void addSums(long endMicros) {
        while (!summed.isEmpty() && summed.firstKey() < endMicros) {
            Map.Entry<Long, Summary> hour = summed.pollFirstEntry();
            if (hour.getKey() >= buckets.startMicros() && !decoded.contains(hour.getKey())) {
                sum(buckets.of(hour.getKey())).add(hour.getValue());
            }
        }
    }

    private Summary sum(int of) {
        return open.computeIfAbsent(of, b -> empty.get());
    }

    @Override
    public void close() throws SQLException {
        parts.close();
        summaries.close();
    }
}
