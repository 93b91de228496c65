package org.pingrecorder.recorder.packing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.pingrecorder.recorder.samples.Hours;
import org.pingrecorder.recorder.samples.SampleCodec;
import org.pingrecorder.recorder.samples.Samples;

/** Reads and writes {@code fresh}, and keeps {@code open_hour} with it. */
final class FreshRows {

    private static final String FIND =
            """
            SELECT f.ip_id, f.slice, f.payload
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

    /** Samples to write. */
    record Row(Key key, Samples samples) {}

    /** What those rows hold that are there. */
    static Map<Key, Samples> find(Connection connection, String client, List<Key> keys)
            throws SQLException {
        Map<Key, Samples> found = new HashMap<>();
        Columns<Key> columns = new Columns<>(connection, keys);
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setArray(1, columns.longs(Key::ipId));
            statement.setArray(2, columns.longs(Key::sliceMicros));
            statement.setString(3, client);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.put(
                            new Key(rows.getLong("ip_id"), Hours.column(rows, "slice")),
                            SampleCodec.decode(rows.getBytes("payload")));
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
            statement.setArray(4, columns.longs(row -> row.samples().size()));
            statement.setArray(5, columns.bytes(row -> SampleCodec.encode(row.samples())));
            statement.executeUpdate();
        }
    }

    /** Says that rows of those hours were written just now. */
    static void touch(Connection connection, String client, LongStream hoursMicros)
            throws SQLException {
        List<Long> hours = hoursMicros.sorted().distinct().boxed().toList();
        try (PreparedStatement statement = connection.prepareStatement(TOUCH)) {
            statement.setString(1, client);
            statement.setArray(2, new Columns<>(connection, hours).longs(hour -> hour));
            statement.executeUpdate();
        }
    }
}
