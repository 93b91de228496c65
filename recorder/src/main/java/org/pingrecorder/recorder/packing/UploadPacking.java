package org.pingrecorder.recorder.packing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.outages.Outage;
import org.pingrecorder.recorder.samples.Hours;
import org.pingrecorder.recorder.samples.SampleCodec;
import org.pingrecorder.recorder.samples.Samples;
import org.pingrecorder.recorder.samples.UploadPayload;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves uploads of one client into fresh rows, and brings its totals and outages up to date: all of
 * it in the caller's transaction, so that a ping is in one place at any time.
 */
final class UploadPacking {

    private static final Logger LOG = LoggerFactory.getLogger(UploadPacking.class);

    /** Bounds what a transaction holds in memory, about 40 bytes a ping. */
    private static final int MOST_PINGS = 250_000;

    /** Rows that are read or written at once, and so many pings that are kept of them. */
    private static final int ROWS = 500;

    private static final int MOST_KEPT_PINGS = 500_000;

    /** So many bytes of headers at most, where uploads are small. */
    private static final int MOST_UPLOADS = 4_000;

    /**
     * A row that gets fewer new pings than this is read and written anew, for each payload that is
     * appended costs some 20 bytes.
     */
    private static final int FEW_PINGS = 64;

    /** They come in no order; the sum is that of all before. */
    private static final String TAKE =
            """
            DELETE FROM upload WHERE client = ? AND id IN (
                SELECT id FROM (
                    SELECT id, sum(pings) OVER (ORDER BY id) - pings AS before
                    FROM (
                        SELECT id, pings FROM upload WHERE client = ? AND id <= ?
                        ORDER BY id LIMIT ?) oldest
                ) summed
                WHERE before < ?)
            RETURNING id, payload
            """;

    private static final String IN_BLOCKS =
            """
            SELECT b.ip_id, b.hour FROM unnest(?::bigint[], ?::bigint[]) AS g (ip_id, hour_us)
            JOIN block b ON b.client = ? AND b.ip_id = g.ip_id
                AND b.hour = timestamptz 'epoch' + g.hour_us * interval '1 microsecond'
            """;

    private final Connection connection;
    private final String client;

    /** What came of each ip, in the order of time. */
    private final Map<Long, Samples> arrived = new HashMap<>();

    /** That of a few ips at a time, by the rows it goes into. */
    private final Map<Long, NavigableMap<Long, Samples>> slices = new HashMap<>();

    private long keptPings;

    private UploadPacking(Connection connection, String client) {
        this.connection = connection;
        this.client = client;
    }

    /**
     * Packs the client's oldest uploads.
     *
     * @param connection in a transaction that the caller commits
     * @param newestId no upload after it is packed
     * @return how many pings there were; 0 if no upload waits
     */
    static long pack(Connection connection, String client, long newestId) throws SQLException {
        return new UploadPacking(connection, client).pack(newestId);
    }

    private long pack(long newestId) throws SQLException {
        if (!take(newestId)) {
            return 0;
        }
        long pings = 0;
        Map<Long, IpTotal> totals = IpTotals.find(connection, client, arrived.keySet());
        Set<Long> hours = new TreeSet<>();
        int rows = 0;
        for (Map.Entry<Long, Samples> entry : arrived.entrySet()) {
            entry.setValue(entry.getValue().sorted());
            NavigableMap<Long, Samples> parts = bySlice(entry.getValue());
            slices.put(entry.getKey(), parts);
            parts.keySet().forEach(slice -> hours.add(Hours.floor(slice, Hours.HOUR_MICROS)));
            pings += entry.getValue().size();
            rows += parts.size();
            if (rows >= ROWS) {
                packSlices(totals);
                rows = 0;
            }
        }
        packSlices(totals);
        FreshRows.touch(connection, client, hours);
        IpTotals.save(connection, client, List.copyOf(totals.values()));
        return Math.max(1, pings);
    }

    /** Forgets the slices then. */
    private void packSlices(Map<Long, IpTotal> totals) throws SQLException {
        Set<Long> late = new HashSet<>();
        for (Long ipId : slices.keySet()) {
            if (isLate(total(totals, ipId), samplesOf(ipId).atMicros(0))) {
                late.add(ipId);
            }
        }
        writeFresh(late);
        dropIncomplete(late);
        count(totals, late);
        slices.clear();
        keptPings = 0;
    }

    private boolean take(long newestId) throws SQLException {
        TreeMap<Long, byte[]> uploads = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
            statement.setString(1, client);
            statement.setString(2, client);
            statement.setLong(3, newestId);
            statement.setInt(4, MOST_UPLOADS);
            statement.setInt(5, MOST_PINGS);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    uploads.put(rows.getLong("id"), rows.getBytes("payload"));
                }
            }
        }
        for (byte[] payload : uploads.values()) {
            UploadPayload.read(
                    payload,
                    ipId -> true,
                    (ipId, bytes, start, length) ->
                            SampleCodec.decode(
                                    bytes,
                                    start,
                                    length,
                                    arrived.computeIfAbsent(ipId, id -> new Samples())));
        }
        arrived.values().removeIf(Samples::isEmpty);
        return !uploads.isEmpty();
    }

    private static NavigableMap<Long, Samples> bySlice(Samples sorted) {
        NavigableMap<Long, Samples> slices = new TreeMap<>();
        long first = Hours.floor(sorted.atMicros(0), Hours.SLICE_MICROS);
        if (sorted.atMicros(sorted.size() - 1) < first + Hours.SLICE_MICROS) {
            slices.put(first, sorted); // the usual case needs no copy
            return slices;
        }
        for (int i = 0; i < sorted.size(); i++) {
            long slice = Hours.floor(sorted.atMicros(i), Hours.SLICE_MICROS);
            slices.computeIfAbsent(slice, s -> new Samples()).addFrom(sorted, i);
        }
        return slices;
    }

    private static boolean isLate(IpTotal total, long atMicros) {
        return !total.state.isEmpty() && atMicros < total.state.lastMicros();
    }

    /** Leaves in {@link #slices}, of ips with late pings, what rows hold from now on. */
    private void writeFresh(Set<Long> late) throws SQLException {
        List<FreshRows.Row> append = new ArrayList<>();
        List<Part> read = new ArrayList<>();
        slices.forEach(
                (ipId, parts) ->
                        parts.forEach(
                                (slice, samples) -> {
                                    Part part = new Part(new FreshRows.Key(ipId, slice), samples);
                                    if (late.contains(ipId) || samples.size() < FEW_PINGS) {
                                        read.add(part);
                                    } else {
                                        append.add(part.row());
                                    }
                                }));
        for (int from = 0; from < read.size(); from += ROWS) {
            join(read.subList(from, Math.min(from + ROWS, read.size())), append, late);
        }
        FreshRows.append(connection, client, append);
    }

    private void join(List<Part> parts, List<FreshRows.Row> append, Set<Long> late)
            throws SQLException {
        Map<FreshRows.Key, FreshRows.Found> found =
                FreshRows.find(connection, client, parts.stream().map(Part::key).toList());
        List<FreshRows.Row> replace = new ArrayList<>();
        for (Part part : parts) {
            FreshRows.Found before = found.get(part.key());
            if (before == null) {
                append.add(part.row());
                continue;
            }
            NavigableMap<Long, Samples> ofIp = slicesOf(part.key().ipId());
            ofIp.remove(part.key().sliceMicros()); // no longer all there is
            if (before.payload() == null) {
                append.add(part.row());
                continue;
            }
            Samples all = SampleCodec.decode(before.payload());
            for (int i = 0; i < part.samples().size(); i++) {
                all.addFrom(part.samples(), i);
            }
            all = all.sorted();
            replace.add(FreshRows.Row.of(part.key(), all));
            if (late.contains(part.key().ipId()) && keptPings + all.size() <= MOST_KEPT_PINGS) {
                ofIp.put(part.key().sliceMicros(), all);
                keptPings += all.size();
            }
        }
        FreshRows.replace(connection, client, replace);
    }

    private record Part(FreshRows.Key key, Samples samples) {

        FreshRows.Row row() {
            return FreshRows.Row.of(key, samples);
        }
    }

    /** Of ips with late pings: a slice whose hour has a block already is not all there is. */
    private void dropIncomplete(Set<Long> late) throws SQLException {
        if (late.isEmpty()) {
            return;
        }
        List<FreshRows.Key> hours = new ArrayList<>();
        for (Long ipId : late) {
            slicesOf(ipId).keySet().stream()
                    .map(slice -> Hours.floor(slice, Hours.HOUR_MICROS))
                    .distinct()
                    .forEach(hour -> hours.add(new FreshRows.Key(ipId, hour)));
        }
        Columns<FreshRows.Key> columns = new Columns<>(connection, hours);
        try (PreparedStatement statement = connection.prepareStatement(IN_BLOCKS)) {
            statement.setArray(1, columns.longs(FreshRows.Key::ipId));
            statement.setArray(2, columns.longs(FreshRows.Key::sliceMicros));
            statement.setString(3, client);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    long hour = Hours.column(rows, "hour");
                    slicesOf(rows.getLong("ip_id")).subMap(hour, hour + Hours.HOUR_MICROS).clear();
                }
            }
        }
    }

    private void count(Map<Long, IpTotal> totals, Set<Long> late) throws SQLException {
        List<OutageRows.Span> spans = new ArrayList<>();
        List<OutageRows.Row> outages = new ArrayList<>();
        for (Long ipId : slices.keySet()) {
            IpTotal total = total(totals, ipId);
            Samples samples = samplesOf(ipId);
            total.count(samples);
            boolean done = false;
            List<Outage> ended = new ArrayList<>();
            int next = 0;
            if (late.contains(total.ipId)) {
                while (next < samples.size() && isLate(total, samples.atMicros(next))) {
                    next++;
                }
                LatePings.Result result = workOut(total, samples, samples.atMicros(next - 1));
                if (result != null) {
                    spans.add(result.span());
                    ended.addAll(result.ended());
                    done = result.reachesTheEnd();
                }
            }
            for (; next < samples.size() && !done; next++) {
                total.state.add(samples, next, ended::add);
            }
            for (Outage outage : ended) {
                total.disconnectedMicros += outage.endedDurationMicros();
                outages.add(new OutageRows.Row(total.ipId, outage));
            }
            for (Outage running : total.state.running()) {
                outages.add(new OutageRows.Row(total.ipId, running));
            }
        }
        OutageRows.remove(connection, client, spans)
                .forEach((ipId, lasted) -> total(totals, ipId).disconnectedMicros -= lasted);
        OutageRows.save(connection, client, outages);
    }

    /**
     * Null where an hour around the late pings has so many that they cannot be gone through: such
     * an ip must not keep others from being packed, so its late pings change no outage.
     */
    private LatePings.@Nullable Result workOut(IpTotal total, Samples samples, long lastLate)
            throws SQLException {
        long end = Math.max(total.state.lastMicros(), samples.atMicros(samples.size() - 1)) + 1;
        PackedPings pings = new PackedPings(connection, client, total.ipId, slicesOf(total.ipId));
        try {
            return new LatePings(connection, client, total, pings)
                    .workOut(samples.atMicros(0), lastLate, total.firstMicros, end);
        } catch (PackedPings.TooManyException e) {
            LOG.debug("Late pings of {} change no outage.", client, e);
            return null;
        }
    }

    private Samples samplesOf(long ipId) {
        return Objects.requireNonNull(arrived.get(ipId));
    }

    private NavigableMap<Long, Samples> slicesOf(long ipId) {
        return slices.computeIfAbsent(ipId, id -> new TreeMap<>());
    }

    private static IpTotal total(Map<Long, IpTotal> totals, long ipId) {
        return totals.computeIfAbsent(ipId, IpTotal::new);
    }
}
