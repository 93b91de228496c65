package org.pingrecorder.recorder.history;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.samples.Summary;

/**
 * Why the buckets of one client's ips have fewer pings than their timetables: what is missing is
 * counted, and given to the spans that the client told, then to what may still be delivered. Where
 * each stored ping has a slot of its own, and none is in a told span, all buckets add up to what
 * {@link Completeness} says of their window; else such pings make up for missing ones of their
 * bucket here, and of their part of the window there.
 */
final class MissingPings {

    private static final Map<String, Long> NOTHING = Map.of();

    private final Connection connection;
    private final Filter filter;
    private final List<Target> targets;
    private final ToldTimes told;

    /** Found when it is needed: most buckets are full. */
    private @Nullable Long deliveredMicros;

    /** Of each ip, how many pings are stored from then to the end of the bucket it is in. */
    private @Nullable Map<Long, Long> storedSince;

    private long storedUntil;

    // Of the ip asked for last.
    private long ipId = -1;
    private NavigableMap<Long, Gap> gaps = new TreeMap<>();

    /**
     * Makes it.
     *
     * @param targets one or more of one client's ips
     * @param filter whose window ends where pings should be here
     */
    MissingPings(Connection connection, List<Target> targets, Filter filter) throws SQLException {
        this.connection = connection;
        this.filter = filter;
        this.targets = targets;
        this.told = ToldTimes.read(connection, targets, filter);
    }

    /**
     * What a bucket lacks, by reason; null if no timetable is known of its time.
     *
     * @param stored pings that it has before the window's end, sent or not
     */
    @Nullable Map<String, Long> of(long ofIp, long startMicros, long endMicros, long stored)
            throws SQLException {
        Timetable timetable = told.timetable(ofIp);
        if (!timetable.isBefore(endMicros)) {
            return null;
        }
        long end = Math.min(endMicros, filter.endMicros());
        long missing = timetable.slots(startMicros, end) - stored;
        if (missing <= 0) {
            return NOTHING;
        }
        if (ofIp != ipId) {
            ipId = ofIp;
            gaps = told.gaps(ofIp);
        }
        TreeMap<String, Long> reasons = new TreeMap<>();
        missing -= giveToGaps(timetable, startMicros, end, missing, reasons);
        if (missing > 0) {
            long delivered = Math.clamp(delivered(), startMicros, Math.max(startMicros, end));
            long slots = withoutGaps(timetable, delivered, end);
            long there = startMicros < delivered && delivered < end ? storedSince(ofIp, end) : 0;
            long late = Math.clamp(slots - there, 0, missing);
            add(reasons, Gap.NOT_DELIVERED, late);
            add(reasons, Gap.UNKNOWN, missing - late);
        }
        return reasons;
    }

    private long giveToGaps(
            Timetable timetable, long start, long end, long most, Map<String, Long> reasons) {
        long given = 0;
        for (Gap gap : overlapping(start, end)) {
            long slots =
                    timetable.slots(
                            Math.max(start, gap.fromMicros()), Math.min(end, gap.toMicros()));
            long here = Math.min(slots, most - given);
            add(reasons, gap.reason(), here);
            given += here;
        }
        return given;
    }

    private long withoutGaps(Timetable timetable, long start, long end) {
        long slots = timetable.slots(start, end);
        for (Gap gap : overlapping(start, end)) {
            slots -=
                    timetable.slots(
                            Math.max(start, gap.fromMicros()), Math.min(end, gap.toMicros()));
        }
        return slots;
    }

    private Iterable<Gap> overlapping(long start, long end) {
        Map.Entry<Long, Gap> first = gaps.floorEntry(start);
        long from = first != null && first.getValue().toMicros() > start ? first.getKey() : start;
        return from < end ? gaps.subMap(from, end).values() : List.of();
    }

    private static void add(Map<String, Long> reasons, String reason, long slots) {
        if (slots > 0) {
            reasons.merge(reason, slots, Long::sum);
        }
    }

    /** Pings of an ip that are stored though others of their time may not be: they have slots. */
    private long storedSince(long ofIp, long end) throws SQLException {
        Map<Long, Long> known = storedSince;
        if (known == null || end != storedUntil) {
            known = new HashMap<>();
            Buckets bucket = new Buckets(new long[] {delivered(), end});
            try (MergedBuckets merged =
                    new MergedBuckets(connection, targets, bucket, Summary::withoutQuantiles)) {
                for (MergedBuckets.OfIp ip = merged.next(); ip != null; ip = merged.next()) {
                    Summary sum = ip.summaries()[0];
                    known.put(ip.target().ipId(), sum == null ? 0 : sum.pings());
                }
            }
            storedSince = known;
            storedUntil = end;
        }
        return known.getOrDefault(ofIp, 0L);
    }

    private long delivered() throws SQLException {
        Long known = deliveredMicros;
        if (known == null) {
            known = CompletenessStore.deliveredMicros(connection, targets, filter);
            deliveredMicros = known;
        }
        return known;
    }
}
