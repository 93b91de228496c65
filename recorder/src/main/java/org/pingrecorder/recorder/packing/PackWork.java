package org.pingrecorder.recorder.packing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.samples.Hours;

/** What a packer does on its connection, in many short transactions. Not thread-safe. */
final class PackWork {

    /** Pings of an hour may still be on their way for so long after its end. */
    private static final Duration HOUR_SETTLES = Duration.ofMinutes(2);

    /** No pings came for an hour for so long: it is complete as far as anyone knows. */
    private static final Duration HOUR_IS_QUIET = Duration.ofSeconds(60);

    /**
     * The plans are known beforehand: many rows by their keys, whatever statistics say of tables
     * that fill and empty all day. A commit that a crash undoes has lost nothing, for then the
     * uploads are there again. A packer whose machine is gone gives its lock back within a minute.
     */
    private static final List<String> SETTINGS =
            List.of(
                    "enable_seqscan = off",
                    "enable_hashjoin = off",
                    "enable_mergejoin = off",
                    "jit = off",
                    "plan_cache_mode = force_custom_plan",
                    "synchronous_commit = off",
                    "tcp_keepalives_idle = 20",
                    "tcp_keepalives_interval = 10",
                    "tcp_keepalives_count = 3");

    private static final String NEXT_CLIENT =
            """
            SELECT client,
                (SELECT max(id) FROM upload newest
                 WHERE newest.client = upload.client
                    AND newest.received_at <= now() - ? * interval '1 second') AS newest
            FROM upload WHERE client > ? ORDER BY client LIMIT 1
            """;

    private static final String DUE_HOURS =
            """
            SELECT client, hour FROM open_hour WHERE hour <= ? AND touched_at <= ?
            ORDER BY hour, client
            """;

    private final Connection connection;

    /** Takes a connection over; the caller closes it. */
    PackWork(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            for (String setting : SETTINGS) {
                statement.execute("SET " + setting);
            }
        }
        connection.commit();
    }

    /**
     * Packs uploads until none is left of those that each client had when its turn came, or it is
     * enough: one whose uploads never end does not keep the others out.
     *
     * @param rest how long uploads are left alone, for other recorders to read them
     * @return how many pings were packed
     * @throws SQLException if a client's could not be; the others' are
     */
    long pack(Duration rest, BooleanSupplier enough) throws SQLException {
        long packed = 0;
        Failures failures = new Failures();
        Waiting next = next("", rest);
        while (next != null && !enough.getAsBoolean()) {
            try {
                for (long pings = 1; pings > 0 && !enough.getAsBoolean(); packed += pings) {
                    pings = UploadPacking.pack(connection, next.client(), next.newestId());
                    connection.commit();
                }
            } catch (SQLException | RuntimeException | OutOfMemoryError e) {
                // What one client has too much of must not keep the others from their turn.
                rollBack(e);
                failures.add("The uploads of " + next.client() + " are not packed", e);
            }
            next = next(next.client(), rest);
        }
        failures.throwIfAny();
        return packed;
    }

    /** Ends all of it if the connection is gone. */
    private void rollBack(Throwable cause) throws SQLException {
        try {
            connection.rollback();
        } catch (SQLException e) {
            e.addSuppressed(cause);
            throw e;
        }
    }

    private record Waiting(String client, long newestId) {}

    private @Nullable Waiting next(String after, Duration rest) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NEXT_CLIENT)) {
            statement.setLong(1, rest.toSeconds());
            statement.setString(2, after);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next()
                        ? new Waiting(rows.getString("client"), rows.getLong("newest"))
                        : null;
            }
        } finally {
            connection.commit();
        }
    }

    private record Due(String client, long hourMicros) {}

    /**
     * Merges hours that are over, the oldest first, until none is left or it is enough; at least
     * one transaction's worth, so that it goes on however long packing takes.
     *
     * @return how many blocks were written
     * @throws SQLException if one of the hours could not be; the others are
     */
    long merge(Instant now, BooleanSupplier enough) throws SQLException {
        long blocks = 0;
        Failures failures = new Failures();
        for (Due due : due(now)) {
            try {
                blocks += merge(due, enough);
            } catch (SQLException | RuntimeException | OutOfMemoryError e) {
                rollBack(e);
                failures.add(
                        "The hour "
                                + Hours.instant(due.hourMicros())
                                + " of "
                                + due.client()
                                + " is not merged",
                        e);
            }
            if (enough.getAsBoolean()) {
                break;
            }
        }
        failures.throwIfAny();
        return blocks;
    }

    private long merge(Due due, BooleanSupplier enough) throws SQLException {
        Partitions.BLOCKS.ensure(connection, due.hourMicros());
        connection.commit();
        Partitions.ROLLUPS.ensure(connection, due.hourMicros());
        connection.commit();
        long blocks = 0;
        int merged;
        do {
            merged = HourMerge.merge(connection, due.client(), due.hourMicros());
            connection.commit();
            blocks += merged;
        } while (merged > 0 && !enough.getAsBoolean());
        return blocks;
    }

    private List<Due> due(Instant now) throws SQLException {
        List<Due> due = new ArrayList<>();
        long ended = Hours.micros(now.minus(HOUR_SETTLES)) - Hours.HOUR_MICROS;
        try (PreparedStatement statement = connection.prepareStatement(DUE_HOURS)) {
            statement.setObject(1, Hours.parameter(ended));
            statement.setObject(2, Hours.parameter(Hours.micros(now.minus(HOUR_IS_QUIET))));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    due.add(new Due(rows.getString("client"), Hours.column(rows, "hour")));
                }
            }
        }
        connection.commit();
        return due;
    }

    Connection connection() {
        return connection;
    }
}
