package org.pingrecorder.recorder.hostmetrics;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.packing.PackPart;
import org.pingrecorder.recorder.packing.Partitions;
import org.pingrecorder.recorder.samples.Hours;

/**
 * Moves what was uploaded of a host into its hours, once some minutes of it have come together.
 * What comes late joins its hour then. Of the packer's thread.
 */
@Singleton
final class HostPacking implements PackPart {

    /** Each time an hour is written, all of it is. */
    static final Duration REST = Duration.ofMinutes(10);

    private static final int MOST_UPLOADS = 2_000;

    /** The oldest upload of every client that has any, by one look at the index for each. */
    private static final String DUE =
            """
            WITH RECURSIVE oldest AS (
                (SELECT client, received_at FROM host_upload ORDER BY client, id LIMIT 1)
                UNION ALL
                SELECT next.client, next.received_at FROM oldest CROSS JOIN LATERAL (
                    SELECT client, received_at FROM host_upload
                    WHERE client > oldest.client ORDER BY client, id LIMIT 1) AS next
            )
            SELECT client FROM oldest WHERE received_at <= ?
            """;

    private static final String UPLOADS =
            """
            SELECT id, payload FROM (
                SELECT id, payload, sum(cells) OVER (ORDER BY id) - cells AS before
                FROM host_upload WHERE client = ?) AS uploads
            WHERE before < ? ORDER BY id LIMIT ?
            """;

    private static final String LAST_PART =
            """
            SELECT part, payload FROM host_hour WHERE client = ? AND hour = ?
            ORDER BY part DESC LIMIT 1
            """;

    private static final String WRITE =
            """
            INSERT INTO host_hour (client, hour, part, cells, payload) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (client, hour, part) DO UPDATE
                SET cells = excluded.cells, payload = excluded.payload
            """;

    private static final String DELETE =
            """
            DELETE FROM host_upload WHERE client = ? AND id = ANY (?)
            """;

    @Override
    public void pack(Connection connection, Instant now, BooleanSupplier enough)
            throws SQLException {
        SQLException failure = null;
        for (String client : due(connection, now)) {
            try {
                int uploads = MOST_UPLOADS;
                while (uploads > 0 && !enough.getAsBoolean()) {
                    uploads = pack(connection, client);
                    connection.commit();
                }
            } catch (SQLException | RuntimeException e) {
                // What is wrong with one client's must not keep the others from their turn.
                connection.rollback();
                SQLException said =
                        new SQLException("The host metrics of " + client + " are not packed", e);
                if (failure == null) {
                    failure = said;
                } else {
                    failure.addSuppressed(said);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static List<String> due(Connection connection, Instant now) throws SQLException {
        List<String> clients = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(DUE)) {
            statement.setObject(1, Hours.parameter(Hours.micros(now.minus(REST))));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    clients.add(rows.getString("client"));
                }
            }
        }
        connection.commit();
        return clients;
    }

    /** Packs the oldest uploads of a client; returns how many that were. */
    private static int pack(Connection connection, String client) throws SQLException {
        List<Long> ids = new ArrayList<>();
        Map<Long, List<HostTable>> byHour = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement(UPLOADS)) {
            statement.setString(1, client);
            statement.setInt(2, HostTable.MOST_CELLS);
            statement.setInt(3, MOST_UPLOADS);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getLong("id"));
                    HostTable table = HostTableCodec.decode(rows.getBytes("payload"), _ -> true);
                    for (int row = 0; row < table.rows(); row++) {
                        long hour = Hours.floor(table.atMicros(row), Hours.HOUR_MICROS);
                        add(byHour.computeIfAbsent(hour, _ -> new ArrayList<>()), table, row);
                    }
                }
            }
        }
        if (ids.isEmpty()) {
            return 0;
        }
        connection.commit();
        for (long hour : byHour.keySet()) {
            Partitions.HOST_HOURS.ensure(connection, hour);
            connection.commit();
        }
        for (Map.Entry<Long, List<HostTable>> each : byHour.entrySet()) {
            write(connection, client, each.getKey(), each.getValue());
        }
        try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
            statement.setString(1, client);
            statement.setArray(2, connection.createArrayOf("int8", ids.toArray()));
            statement.executeUpdate();
        }
        return ids.size();
    }

    /** Adds a row to the last of some tables, or to a new one where that is full. */
    private static void add(List<HostTable> tables, HostTable from, int row) {
        if (tables.isEmpty() || !tables.getLast().add(from, row)) {
            HostTable next = new HostTable();
            next.add(from, row);
            tables.add(next);
        }
    }

    private record Part(int number, HostTable table) {}

    private static void write(
            Connection connection, String client, long hourMicros, List<HostTable> more)
            throws SQLException {
        Part last = lastPart(connection, client, hourMicros);
        List<HostTable> tables = new ArrayList<>();
        int part = 0;
        if (last != null) {
            part = last.number();
            tables.add(last.table());
        }
        for (HostTable table : more) {
            for (int row = 0; row < table.rows(); row++) {
                add(tables, table, row);
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
            for (HostTable table : tables) {
                statement.setString(1, client);
                statement.setObject(2, Hours.parameter(hourMicros));
                statement.setInt(3, part++);
                statement.setInt(4, table.cells());
                statement.setBytes(5, HostTableCodec.encode(table));
                statement.executeUpdate();
            }
        }
    }

    private static @Nullable Part lastPart(Connection connection, String client, long hourMicros)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LAST_PART)) {
            statement.setString(1, client);
            statement.setObject(2, Hours.parameter(hourMicros));
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? new Part(
                                row.getInt("part"),
                                HostTableCodec.decode(row.getBytes("payload"), _ -> true))
                        : null;
            }
        }
    }
}
