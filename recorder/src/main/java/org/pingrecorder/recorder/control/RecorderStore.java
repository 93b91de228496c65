package org.pingrecorder.recorder.control;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.pingrecorder.recorder.database.Database;
import org.pingrecorder.recorder.database.DatabaseException;

/** Which recorders run, and what the database has of the connections of each. Thread-safe. */
@Singleton
final class RecorderStore {

    private static final String SEEN =
            """
            INSERT INTO recorder (id) VALUES (?) ON CONFLICT (id) DO UPDATE SET seen_at = now()
            """;

    private static final String LOST =
            """
            WITH lost AS (
                SELECT conn.client, coalesce(recorder.seen_at, conn.connected_at) AS seen_at
                FROM conn LEFT JOIN recorder ON recorder.id = conn.recorder
                WHERE conn.ended_at IS NULL AND conn.recorder <> ?
                  AND (recorder.seen_at IS NULL
                       OR recorder.seen_at < now() - interval '15 seconds')
                FOR UPDATE OF conn SKIP LOCKED
            )
            UPDATE conn SET ended_at = lost.seen_at FROM lost WHERE conn.client = lost.client
            RETURNING conn.client
            """;

    private static final String FORGET =
            """
            DELETE FROM recorder WHERE seen_at < now() - interval '1 hour'
            """;

    private static final String MINE =
            """
            SELECT conn.client, conn.id, client.plan_revision, client.plan_acked
            FROM conn JOIN client ON client.name = conn.client
            WHERE conn.recorder = ? AND conn.ended_at IS NULL
            """;

    private static final String REOPEN =
            """
            UPDATE conn SET ended_at = NULL WHERE client = ? AND id = ?
            """;

    private static final String END_MINE =
            """
            UPDATE conn SET ended_at = now() WHERE recorder = ? AND ended_at IS NULL
            RETURNING client
            """;

    private static final String LEAVE =
            """
            DELETE FROM recorder WHERE id = ?
            """;

    private final Database database;
    private final String recorder;

    RecorderStore(Database database, RecorderId id) {
        this.database = database;
        this.recorder = id.text();
    }

    /** A connection that the database believes this recorder to have. */
    record Row(String client, String conn, long wantedPlan, long ackedPlan) {}

    /** Tells that this recorder is there. */
    void seen() {
        inTransaction(connection -> update(connection, SEEN, recorder));
    }

    /** Ends the connections of recorders that are gone; returns their clients. */
    List<String> endLost() {
        return inTransaction(
                connection -> {
                    List<String> lost = names(connection, LOST); // since when those were seen
                    update(connection, FORGET);
                    return lost;
                });
    }

    /** The connections that the database believes this recorder to have. */
    List<Row> mine() {
        return database.list(
                MINE,
                statement -> statement.setString(1, recorder),
                row ->
                        new Row(
                                row.getString("client"),
                                row.getString("id"),
                                row.getLong("plan_revision"),
                                row.getLong("plan_acked")));
    }

    /**
     * Another recorder took this one for gone, and its connection for ended.
     *
     * @return whether it goes on; not if the client has another one by now
     */
    boolean reopen(String client, String conn) {
        return inTransaction(connection -> update(connection, REOPEN, client, conn)) > 0;
    }

    /** This recorder stops; returns the clients that were connected to it. */
    List<String> leave() {
        return inTransaction(
                connection -> {
                    List<String> clients = names(connection, END_MINE);
                    update(connection, LEAVE, recorder);
                    return clients;
                });
    }

    private List<String> names(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, recorder);
            try (ResultSet rows = statement.executeQuery()) {
                List<String> names = new ArrayList<>();
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
                return names;
            }
        }
    }

    private static int update(Connection connection, String sql, String... values)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }

    private <T> T inTransaction(Database.Work<T> work) {
        try {
            return database.inTransaction(work);
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }
}
