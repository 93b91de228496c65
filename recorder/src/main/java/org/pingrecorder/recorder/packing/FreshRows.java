package org.pingrecorder.recorder.packing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.samples.Hours;
import org.pingrecorder.recorder.samples.SampleCodec;
import org.pingrecorder.recorder.samples.Samples;

/** Reads and writes {@code fresh}, and keeps {@code open_hour} with it. */
final class FreshRows {

    /** A row of more pings is appended to, and not read for it. */
    private static final int MOST_PINGS_FOUND = 10_000;

    private static final String FIND =
            """
            SELECT f.ip_id, f.slice, CASE WHEN f.pings <= ? THEN f.payload END AS payload
            FROM unnest(?::bigint[], ?::bigint[]) AS g (ip_id, slice_us)
            JOIN fresh f ON f.client = ? AND f.ip_id = g.ip_id
                AND f.slice = timestamptz 'epoch' + g.slice_us * interval '1 microsecond'
            """;

    private static final String INSERT =
            """
            INSERT INTO fresh (client, ip_id, slice, pings, payload)
            SELECT ?, ip_id, timestamptz 'epoch' + slice_us * interval '1 microsecond',
                   pings, payload
            FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bytea[])
                AS g (ip_id, slice_us, pings, payload)
            ON CONFLICT (client, ip_id, slice) DO UPDATE
            """;

    /** The row need not be read for it. */
    private static final String APPEND =
            INSERT
                    + " SET pings = fresh.pings + EXCLUDED.pings,"
                    + " payload = fresh.payload || EXCLUDED.payload";

    private static final String REPLACE =
            INSERT + " SET pings = EXCLUDED.pings, payload = EXCLUDED.payload";

    private static final String TOUCH =
            """
            INSERT INTO open_hour (client, hour, touched_at)
            SELECT ?, timestamptz 'epoch' + hour_us * interval '1 microsecond', now()
            FROM unnest(?::bigint[]) AS g (hour_us)
            ON CONFLICT (client, hour) DO UPDATE SET touched_at = EXCLUDED.touched_at
            """;

    private FreshRows() {}

    /** Names a row of a client. */
    record Key(long ipId, long sliceMicros) {

        long hourMicros() {
            return Hours.floor(sliceMicros, Hours.HOUR_MICROS);
        }
    }

    /** Encoded samples to write. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Row(Key key, int pings, byte[] payload) {

        static Row of(Key key, Samples samples) {
            return new Row(key, samples.size(), SampleCodec.encode(samples));
        }
    }

    /** A row that is there; no payload if it holds too many pings for that. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Found(byte @Nullable [] payload) {}

    /** Those rows that are there. */
    static Map<Key, Found> find(Connection connection, String client, List<Key> keys)
            throws SQLException {
        Map<Key, Found> found = new HashMap<>();
        Columns<Key> columns = new Columns<>(connection, keys);
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setInt(1, MOST_PINGS_FOUND);
            statement.setArray(2, columns.longs(Key::ipId));
            statement.setArray(3, columns.longs(Key::sliceMicros));
            statement.setString(4, client);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.put(
                            new Key(rows.getLong("ip_id"), Hours.column(rows, "slice")),
                            new Found(rows.getBytes("payload")));
                }
            }
        }
        return found;
    }

    /** Adds samples to what rows hold, or makes them. */
    static void append(Connection connection, String client, List<Row> rows) throws SQLException {
        write(connection, APPEND, client, rows);
    }

    /** Writes all that rows are to hold. */
    static void replace(Connection connection, String client, List<Row> rows) throws SQLException {
        write(connection, REPLACE, client, rows);
    }

    private static void write(Connection connection, String sql, String client, List<Row> rows)
            throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        Columns<Row> columns = new Columns<>(connection, rows);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, client);
            statement.setArray(2, columns.longs(row -> row.key().ipId()));
            statement.setArray(3, columns.longs(row -> row.key().sliceMicros()));
            statement.setArray(4, columns.longs(Row::pings));
            statement.setArray(5, columns.bytes(Row::payload));
            statement.executeUpdate();
        }
    }

    /** Says that rows of those hours were written just now. */
    static void touch(Connection connection, String client, Collection<Long> hoursMicros)
            throws SQLException {
        List<Long> hours = List.copyOf(hoursMicros);
        try (PreparedStatement statement = connection.prepareStatement(TOUCH)) {
            statement.setString(1, client);
            statement.setArray(2, new Columns<>(connection, hours).longs(hour -> hour));
            statement.executeUpdate();
        }
    }
}
