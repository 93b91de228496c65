package org.pingrecorder.recorder.hostmetrics;

import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Predicate;
import org.pingrecorder.recorder.database.Database;
import org.pingrecorder.recorder.database.DatabaseException;
import org.pingrecorder.recorder.database.Rows;
import org.pingrecorder.recorder.history.Buckets;
import org.pingrecorder.recorder.http.Fault;
import org.pingrecorder.recorder.samples.Hours;

/** Reads what was measured of hosts, packed or not, in one snapshot. Thread-safe. */
@Singleton
final class HostStore {

    /** A year of sixty values every ten seconds; a few seconds of one processor. */
    private static final long MOST_CELLS = 200_000_000;

    private static final int FETCH_ROWS = 100;

    private static final String WHERE =
            """
            FROM (
                SELECT cells, payload FROM host_hour
                WHERE client = ? AND hour >= ? AND hour < ?
                UNION ALL
                SELECT cells, payload FROM host_upload
                WHERE client = ? AND last_at >= ? AND first_at < ?
            ) AS tables
            """;

    private static final String COST = "SELECT coalesce(sum(cells), 0) " + WHERE;
    private static final String TABLES = "SELECT payload " + WHERE;

    private static final String NEWEST =
            """
            SELECT newest.client, newest.payload FROM host_newest AS newest
            JOIN client ON client.name = newest.client AND client.listed
            WHERE newest.at + 3 * newest.interval_us * interval '1 microsecond' >= ?
            ORDER BY newest.client
            """;

    private final Database database;

    HostStore(Database database) {
        this.database = database;
    }

    /**
     * One host's values in buckets.
     *
     * @throws Fault 422 if that is too much
     */
    Rows<MetricRow> find(String client, Buckets buckets, Predicate<String> wanted) {
        MetricBuckets sums = new MetricBuckets(buckets);
        try (Connection snapshot = database.snapshot()) {
            checkCost(snapshot, client, buckets);
            try (PreparedStatement statement = snapshot.prepareStatement(TABLES)) {
                set(statement, client, buckets);
                statement.setFetchSize(FETCH_ROWS);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        sums.add(rows.getBytes("payload"), wanted);
                    }
                }
            }
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
        return sums.rows();
    }

    private static void checkCost(Connection snapshot, String client, Buckets buckets)
            throws SQLException {
        try (PreparedStatement statement = snapshot.prepareStatement(COST)) {
            set(statement, client, buckets);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                if (row.getLong(1) > MOST_CELLS) {
                    throw Fault.of(
                            HttpStatus.UNPROCESSABLE_ENTITY,
                            "The window holds more than "
                                    + MOST_CELLS
                                    + " values; ask for a shorter one.");
                }
            }
        }
    }

    private static void set(PreparedStatement statement, String client, Buckets buckets)
            throws SQLException {
        long start = buckets.startMicros();
        statement.setString(1, client);
        statement.setObject(2, Hours.parameter(Hours.floor(start, Hours.HOUR_MICROS)));
        statement.setObject(3, Hours.parameter(buckets.endMicros()));
        statement.setString(4, client);
        statement.setObject(5, Hours.parameter(start));
        statement.setObject(6, Hours.parameter(buckets.endMicros()));
    }

    /** The newest values of a host. */
    record Newest(String client, HostTable table) {}

    /** Those that are not older than three of their intervals, by client. */
    List<Newest> newest(long nowMicros) {
        return database.list(
                NEWEST,
                statement -> statement.setObject(1, Hours.parameter(nowMicros)),
                row ->
                        new Newest(
                                row.getString("client"),
                                HostTableCodec.decode(row.getBytes("payload"), _ -> true)));
    }
}
