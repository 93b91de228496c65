package org.pingrecorder.recorder.packing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.pingrecorder.recorder.samples.Hours;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drops what is older than is kept: pings and summaries by partitions, the little rest by rows. */
final class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    /**
     * Whoever comes while a partition waits for its readers waits behind it: no longer than this.
     */
    private static final String LOCK_LIMIT = "SET LOCAL lock_timeout = '200ms'";

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private static final int ROWS_A_TRANSACTION = 1_000;

    /** Batches of a spool that delivered nothing for longer would be refused for their age. */
    private static final String SPOOLS =
            "SELECT ctid FROM spool WHERE delivered_at < ? - interval '1 day'";

    private static final String REFUSALS = "SELECT ctid FROM refusal WHERE received_at < ?";
    private static final String OUTAGES = "SELECT ctid FROM outage WHERE ended_at < ?";
    private static final String GAPS = "SELECT ctid FROM gap WHERE coalesce(to_at, from_at) < ?";

    /** The newest one before still says what the interval was. */
    private static final String RUNNING =
            """
            SELECT r.ctid FROM running r WHERE EXISTS (
                SELECT FROM running next
                WHERE next.client = r.client AND next.ip_id = r.ip_id
                  AND next.from_at > r.from_at AND next.from_at < ?)
            """;

    private final Optional<Duration> keepPings;
    private final Optional<Duration> keepSummaries;

    Retention(Optional<Duration> keepPings, Optional<Duration> keepSummaries) {
        this.keepPings = keepPings;
        this.keepSummaries = keepSummaries;
    }

    /** Drops what is too old by that clock; what is in use stays until the next time. */
    void run(Connection connection, Instant now) throws SQLException {
        if (keepPings.isPresent()) {
            long before = Hours.micros(now.minus(keepPings.get()));
            drop(connection, Partitions.BLOCKS, before);
            delete(connection, "spool", SPOOLS, before);
            delete(connection, "refusal", REFUSALS, before);
        }
        if (keepSummaries.isPresent()) {
            long before = Hours.micros(now.minus(keepSummaries.get()));
            drop(connection, Partitions.ROLLUPS, before);
            drop(connection, Partitions.HOST_HOURS, before);
            delete(connection, "outage", OUTAGES, before);
            delete(connection, "gap", GAPS, before);
            delete(connection, "running", RUNNING, before);
        }
    }

    private static void drop(Connection connection, Partitions partitions, long beforeMicros)
            throws SQLException {
        for (String name : partitions.endedBy(connection, beforeMicros)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(LOCK_LIMIT);
                statement.execute("DROP TABLE IF EXISTS " + name);
                connection.commit();
                LOG.info("Dropped {}: all of it is older than is kept.", name);
            } catch (SQLException e) {
                connection.rollback();
                if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                    throw e;
                }
                LOG.info("{} is older than is kept, but being read; dropping it later.", name);
            }
        }
        connection.commit();
    }

    private static void delete(Connection connection, String table, String ctids, long beforeMicros)
            throws SQLException {
        String sql =
                "DELETE FROM %s WHERE ctid = ANY (ARRAY(%s LIMIT %d))"
                        .formatted(table, ctids, ROWS_A_TRANSACTION);
        int deleted;
        do {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setObject(1, Hours.parameter(beforeMicros));
                deleted = statement.executeUpdate();
            }
            connection.commit();
        } while (deleted == ROWS_A_TRANSACTION);
    }
}
