package org.pingrecorder.recorder.packing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.outages.Outage;
import org.pingrecorder.recorder.samples.Hours;

/** Reads and writes {@code outage}. */
final class OutageRows {

    private static final String START_BEFORE =
            """
            SELECT started_at FROM outage
            WHERE client = ? AND ip_id = ? AND started_at < ? AND NOT cut_off
            ORDER BY started_at DESC LIMIT 1
            """;

    private static final String REMOVE =
            """
            DELETE FROM outage o
            USING unnest(?::bigint[], ?::bigint[], ?::bigint[]) AS g (ip_id, from_us, to_us)
            WHERE o.client = ? AND o.ip_id = g.ip_id
              AND o.started_at >= timestamptz 'epoch' + g.from_us * interval '1 microsecond'
              AND o.started_at <= timestamptz 'epoch' + g.to_us * interval '1 microsecond'
            RETURNING o.ip_id, o.started_at, o.ended_at, o.cut_off
            """;

    private static final String SAVE =
            """
            INSERT INTO outage (client, ip_id, started_at, ended_at, lost, cause, by_gap)
            SELECT ?, ip_id, timestamptz 'epoch' + started_us * interval '1 microsecond',
                   timestamptz 'epoch' + ended_us * interval '1 microsecond',
                   lost, cause, by_gap <> 0
            FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::bigint[])
                AS g (ip_id, started_us, ended_us, lost, cause, by_gap)
            ON CONFLICT (client, ip_id, started_at, cut_off) DO UPDATE SET
                ended_at = EXCLUDED.ended_at, lost = EXCLUDED.lost, cause = EXCLUDED.cause,
                by_gap = EXCLUDED.by_gap
            """;

    private OutageRows() {}

    /** An outage of an ip. */
    record Row(long ipId, Outage outage) {}

    /** All outages of an ip that start within; both ends are inclusive. */
    record Span(long ipId, long fromMicros, long toMicros) {}

    /** When the newest outage of the ip itself before a time started. */
    static OptionalLong startBefore(
            Connection connection, String client, long ipId, long beforeMicros)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(START_BEFORE)) {
            statement.setString(1, client);
            statement.setLong(2, ipId);
            statement.setObject(3, Hours.parameter(beforeMicros));
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next()
                        ? OptionalLong.of(Hours.column(rows, "started_at"))
                        : OptionalLong.empty();
            }
        }
    }

    /**
     * Removes them; returns for each ip how long it was disconnected in those that had ended, in
     * microseconds.
     */
    static Map<Long, Long> remove(Connection connection, String client, List<Span> spans)
            throws SQLException {
        Map<Long, Long> lasted = new HashMap<>();
        if (spans.isEmpty()) {
            return lasted;
        }
        Columns<Span> columns = new Columns<>(connection, spans);
        try (PreparedStatement statement = connection.prepareStatement(REMOVE)) {
            statement.setArray(1, columns.longs(Span::ipId));
            statement.setArray(2, columns.longs(Span::fromMicros));
            statement.setArray(3, columns.longs(Span::toMicros));
            statement.setString(4, client);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    if (rows.getObject("ended_at") != null && !rows.getBoolean("cut_off")) {
                        lasted.merge(
                                rows.getLong("ip_id"),
                                Hours.column(rows, "ended_at") - Hours.column(rows, "started_at"),
                                Long::sum);
                    }
                }
            }
        }
        return lasted;
    }

    /** Writes them; of several that start at one time the last. */
    static void save(Connection connection, String client, List<Row> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        // Pings of one time can make two outages of no length; a statement cannot write a row
        // twice.
        Map<List<Object>, Row> distinct = new LinkedHashMap<>();
        for (Row row : rows) {
            Outage one = row.outage();
            distinct.put(List.of(row.ipId(), one.startedMicros(), one.isCutOff()), row);
        }
        Columns<Row> columns = new Columns<>(connection, List.copyOf(distinct.values()));
        try (PreparedStatement statement = connection.prepareStatement(SAVE)) {
            statement.setString(1, client);
            statement.setArray(2, columns.longs(Row::ipId));
            statement.setArray(3, columns.longs(row -> row.outage().startedMicros()));
            statement.setArray(4, columns.nullableLongs(OutageRows::ended));
            statement.setArray(5, columns.longs(row -> row.outage().lost()));
            statement.setArray(6, columns.texts(row -> row.outage().cause()));
            statement.setArray(7, columns.longs(row -> row.outage().byGap() ? 1 : 0));
            statement.executeUpdate();
        }
    }

    private static @Nullable Long ended(Row row) {
        return row.outage().endedMicros();
    }
}
