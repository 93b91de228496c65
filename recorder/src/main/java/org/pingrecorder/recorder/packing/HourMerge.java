package org.pingrecorder.recorder.packing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.samples.Hours;
import org.pingrecorder.recorder.samples.SampleCodec;
import org.pingrecorder.recorder.samples.Samples;
import org.pingrecorder.recorder.samples.Summary;
import org.pingrecorder.recorder.samples.SummaryCodec;

/**
 * Merges fresh rows of some ips of one client in one hour into their blocks, and sums the hour up:
 * all of it in the caller's transaction.
 */
final class HourMerge {

    /** Bounds a transaction: those that come and those of the blocks that they come to. */
    private static final int MOST_PINGS = 250_000;

    private static final int MOST_IPS = 1_000;

    /**
     * Of an ip with more (one at 10 ms has 360,000) fresh rows are appended to the block one by
     * one, as they are: what is decoded at once takes about 60 bytes a ping.
     */
    private static final int MOST_PINGS_OF_AN_IP = 400_000;

    private static final String NEXT =
            """
            SELECT f.ip_id, f.pings + coalesce(b.pings, 0) AS pings
            FROM (
                SELECT ip_id, sum(pings) AS pings FROM fresh
                WHERE client = ? AND slice >= ? AND slice < ?
                GROUP BY ip_id) f
            LEFT JOIN block b ON b.client = ? AND b.ip_id = f.ip_id AND b.hour = ?
            ORDER BY f.ip_id LIMIT ?
            """;

    private static final String TAKE =
            """
            DELETE FROM fresh WHERE client = ? AND ip_id = ANY (?) AND slice >= ? AND slice < ?
            RETURNING ip_id, slice, payload
            """;

    private static final String TAKE_ONE =
            """
            DELETE FROM fresh WHERE (client, ip_id, slice) = (
                SELECT client, ip_id, slice FROM fresh
                WHERE client = ? AND ip_id = ? AND slice >= ? AND slice < ?
                ORDER BY slice LIMIT 1)
            RETURNING pings, payload
            """;

    private static final String BLOCKS =
            "SELECT ip_id, payload FROM block WHERE client = ? AND ip_id = ANY (?) AND hour = ?";

    private static final String ROLLUPS =
            "SELECT ip_id, hours FROM rollup WHERE client = ? AND ip_id = ANY (?) AND day = ?";

    private static final String SAVE_BLOCKS =
            """
            INSERT INTO block (client, ip_id, hour, pings, payload)
            SELECT ?, ip_id, ?, pings, payload
            FROM unnest(?::bigint[], ?::bigint[], ?::bytea[]) AS g (ip_id, pings, payload)
            ON CONFLICT (client, ip_id, hour) DO UPDATE SET
                pings = EXCLUDED.pings, payload = EXCLUDED.payload
            """;

    /** Payloads may follow each other in a row. */
    private static final String APPEND_TO_BLOCK =
            """
            INSERT INTO block (client, ip_id, hour, pings, payload) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (client, ip_id, hour) DO UPDATE SET
                pings = block.pings + EXCLUDED.pings, payload = block.payload || EXCLUDED.payload
            """;

    private static final String SAVE_ROLLUPS =
            """
            INSERT INTO rollup (client, ip_id, day, hours)
            SELECT ?, ip_id, ?, hours FROM unnest(?::bigint[], ?::bytea[]) AS g (ip_id, hours)
            ON CONFLICT (client, ip_id, day) DO UPDATE SET hours = EXCLUDED.hours
            """;

    private static final String CLOSE = "DELETE FROM open_hour WHERE client = ? AND hour = ?";

    private final Connection connection;
    private final String client;
    private final long hourMicros;
    private final long dayMicros;

    private HourMerge(Connection connection, String client, long hourMicros) {
        this.connection = connection;
        this.client = client;
        this.hourMicros = hourMicros;
        this.dayMicros = Hours.floor(hourMicros, Hours.DAY_MICROS);
    }

    /**
     * Merges the next ips that have fresh rows in the hour.
     *
     * @param connection in a transaction that the caller commits; both partitions must be there
     * @return how many blocks were written; 0 when the hour has no fresh rows, and is closed
     */
    static int merge(Connection connection, String client, long hourMicros) throws SQLException {
        return new HourMerge(connection, client, hourMicros).merge();
    }

    private int merge() throws SQLException {
        Next next = next();
        if (next.ipIds().isEmpty()) {
            close();
            return 0;
        }
        return next.isLarge() ? append(next.ipIds().getFirst()) : merge(next.ipIds());
    }

    private int merge(List<Long> ipIds) throws SQLException {
        Map<Long, byte[]> blocks = new HashMap<>();
        find(BLOCKS, ipIds, hourMicros, row -> blocks.put(row.getLong("ip_id"), row.getBytes(2)));
        Map<Long, byte[]> rollups = new HashMap<>();
        find(ROLLUPS, ipIds, dayMicros, row -> rollups.put(row.getLong("ip_id"), row.getBytes(2)));
        List<Merged> merged = new ArrayList<>();
        take(ipIds)
                .forEach(
                        (ipId, slices) ->
                                merged.add(
                                        merge(
                                                ipId,
                                                blocks.get(ipId),
                                                slices.values(),
                                                rollups.get(ipId))));
        save(merged);
        return merged.size();
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Merged(long ipId, int pings, byte[] payload, byte[] day) {}

    private Merged merge(
            long ipId, byte @Nullable [] block, Iterable<byte[]> fresh, byte @Nullable [] day) {
        Samples all = block == null ? new Samples() : SampleCodec.decode(block);
        int before = all.size();
        for (byte[] payload : fresh) {
            SampleCodec.decode(payload, 0, payload.length, all);
        }
        Summary summary = Summary.sketched();
        int hour = (int) ((hourMicros - dayMicros) / Hours.HOUR_MICROS);
        Summary kept = day == null ? null : SummaryCodec.hour(day, hour);
        int first = 0;
        if (kept != null && kept.pings() > before) {
            // Where summaries are kept longer than samples, the block is not all that it sums up.
            summary.add(kept);
            first = before;
        }
        summary.add(all, first, all.size());
        Samples sorted = all.sorted();
        return new Merged(
                ipId,
                sorted.size(),
                SampleCodec.encode(sorted),
                SummaryCodec.replace(day, hour, summary));
    }

    /**
     * What is merged next.
     *
     * @param isLarge whether it is one ip with too many pings to decode at once
     */
    private record Next(List<Long> ipIds, boolean isLarge) {}

    private Next next() throws SQLException {
        List<Long> ipIds = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(NEXT)) {
            statement.setString(1, client);
            statement.setObject(2, Hours.parameter(hourMicros));
            statement.setObject(3, Hours.parameter(hourMicros + Hours.HOUR_MICROS));
            statement.setString(4, client);
            statement.setObject(5, Hours.parameter(hourMicros));
            statement.setInt(6, MOST_IPS);
            try (ResultSet rows = statement.executeQuery()) {
                for (long pings = 0; rows.next() && pings < MOST_PINGS; ) {
                    long ofIp = rows.getLong("pings");
                    if (ofIp > MOST_PINGS_OF_AN_IP) {
                        return ipIds.isEmpty()
                                ? new Next(List.of(rows.getLong("ip_id")), true)
                                : new Next(ipIds, false);
                    }
                    ipIds.add(rows.getLong("ip_id"));
                    pings += ofIp;
                }
            }
        }
        return new Next(ipIds, false);
    }

    /** Appends one fresh row to its block, and its pings to the hour's summary. */
    private int append(long ipId) throws SQLException {
        Map<Long, byte[]> days = new HashMap<>();
        find(ROLLUPS, List.of(ipId), dayMicros, row -> days.put(ipId, row.getBytes(2)));
        byte[] day = days.get(ipId);
        int hour = (int) ((hourMicros - dayMicros) / Hours.HOUR_MICROS);
        Summary summary = Summary.sketched();
        Summary kept = day == null ? null : SummaryCodec.hour(day, hour);
        if (kept != null) {
            summary.add(kept);
        }
        int pings;
        byte[] payload;
        try (PreparedStatement statement = connection.prepareStatement(TAKE_ONE)) {
            statement.setString(1, client);
            statement.setLong(2, ipId);
            statement.setObject(3, Hours.parameter(hourMicros));
            statement.setObject(4, Hours.parameter(hourMicros + Hours.HOUR_MICROS));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                pings = row.getInt("pings");
                payload = row.getBytes("payload");
            }
        }
        SampleCodec.decodeEach(payload, samples -> summary.add(samples, 0, samples.size()));
        try (PreparedStatement statement = connection.prepareStatement(APPEND_TO_BLOCK)) {
            statement.setString(1, client);
            statement.setLong(2, ipId);
            statement.setObject(3, Hours.parameter(hourMicros));
            statement.setInt(4, pings);
            statement.setBytes(5, payload);
            statement.executeUpdate();
        }
        saveDays(
                List.of(
                        new Merged(
                                ipId, pings, payload, SummaryCodec.replace(day, hour, summary))));
        return 1;
    }

    /** Their payloads, by ip and slice. */
    private Map<Long, SortedMap<Long, byte[]>> take(List<Long> ipIds) throws SQLException {
        Map<Long, SortedMap<Long, byte[]>> taken = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
            statement.setString(1, client);
            statement.setArray(2, new Columns<>(connection, ipIds).longs(id -> id));
            statement.setObject(3, Hours.parameter(hourMicros));
            statement.setObject(4, Hours.parameter(hourMicros + Hours.HOUR_MICROS));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    taken.computeIfAbsent(rows.getLong("ip_id"), id -> new TreeMap<>())
                            .put(Hours.column(rows, "slice"), rows.getBytes("payload"));
                }
            }
        }
        return taken;
    }

    @FunctionalInterface
    private interface RowVisitor {
        void visit(ResultSet row) throws SQLException;
    }

    private void find(String sql, List<Long> ipIds, long spanMicros, RowVisitor visitor)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, client);
            statement.setArray(2, new Columns<>(connection, ipIds).longs(id -> id));
            statement.setObject(3, Hours.parameter(spanMicros));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    visitor.visit(rows);
                }
            }
        }
    }

    private void save(List<Merged> merged) throws SQLException {
        Columns<Merged> columns = new Columns<>(connection, merged);
        try (PreparedStatement statement = connection.prepareStatement(SAVE_BLOCKS)) {
            statement.setString(1, client);
            statement.setObject(2, Hours.parameter(hourMicros));
            statement.setArray(3, columns.longs(Merged::ipId));
            statement.setArray(4, columns.longs(Merged::pings));
            statement.setArray(5, columns.bytes(Merged::payload));
            statement.executeUpdate();
        }
        saveDays(merged);
    }

    private void saveDays(List<Merged> merged) throws SQLException {
        Columns<Merged> columns = new Columns<>(connection, merged);
        try (PreparedStatement statement = connection.prepareStatement(SAVE_ROLLUPS)) {
            statement.setString(1, client);
            statement.setObject(2, Hours.parameter(dayMicros));
            statement.setArray(3, columns.longs(Merged::ipId));
            statement.setArray(4, columns.bytes(Merged::day));
            statement.executeUpdate();
        }
    }

    private void close() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CLOSE)) {
            statement.setString(1, client);
            statement.setObject(2, Hours.parameter(hourMicros));
            statement.executeUpdate();
        }
    }
}
