package org.pingrecorder.recorder.intake;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.pingrecorder.recorder.database.Database;
import org.pingrecorder.recorder.database.Rows;
import org.pingrecorder.recorder.http.Window;

/** What was not taken as it came; the newest of each client are kept. Thread-safe. */
@Singleton
final class RefusalStore {

    /**
     * Of a client; up to {@link #PRUNE_AFTER} more, because the oldest are not deleted each time.
     */
    static final int MOST_KEPT = 10_000;

    private static final int PRUNE_AFTER = 1_000;

    private static final String INSERT =
            """
            INSERT INTO refusal (client, kind, spool, batch, series, index, reason, content)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String PRUNE =
            """
            DELETE FROM refusal WHERE client = ? AND id <= (
                SELECT id FROM refusal WHERE client = ? ORDER BY id DESC OFFSET ? LIMIT 1)
            """;

    private static final String LIST =
            """
            SELECT id, client, kind, received_at, spool, batch, series, index, reason, content
            FROM refusal
            WHERE id > ? AND received_at >= ? AND received_at < ?
              AND (cardinality(?::text[]) = 0 OR client = ANY (?::text[]))
              AND (cardinality(?::text[]) = 0 OR kind = ANY (?::text[]))
            ORDER BY id
            LIMIT ?
            """;

    private final Database database;

    /** Rows of each client since its oldest were deleted; of the writer's thread. */
    private final Map<String, Integer> inserted = new HashMap<>();

    RefusalStore(Database database) {
        this.database = database;
    }

    /** Inserts them as a part of the caller's transaction. */
    synchronized void insert(Connection connection, List<TableDeliveryStore.News> all)
            throws SQLException {
        boolean any =
                all.stream()
                        .flatMap(news -> news.batches().stream())
                        .anyMatch(batch -> !batch.refusals().isEmpty());
        if (!any) {
            return;
        }
        TreeSet<String> due = new TreeSet<>();
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            for (TableDeliveryStore.News news : all) {
                String client = news.delivery().client();
                for (Batch batch : news.batches()) {
                    for (Refusal refusal : batch.refusals()) {
                        add(statement, client, batch, refusal);
                    }
                    int rows = batch.refusals().size();
                    if (rows > 0 && inserted.merge(client, rows, Integer::sum) > PRUNE_AFTER) {
                        due.add(client);
                    }
                }
            }
            RowBatch.execute(statement);
        }
        for (String client : due) {
            prune(connection, client);
            inserted.remove(client);
        }
    }

    private static void add(
            PreparedStatement statement, String client, Batch batch, Refusal refusal)
            throws SQLException {
        SpoolClocks.Spool spool = batch.spool();
        statement.setString(1, client);
        statement.setString(2, refusal.kind().text());
        statement.setString(3, spool == null ? null : spool.id());
        statement.setObject(4, spool == null ? null : batch.number(), Types.BIGINT);
        statement.setObject(5, refusal.series(), Types.INTEGER);
        statement.setObject(6, refusal.index(), Types.INTEGER);
        statement.setString(7, refusal.reason());
        statement.setString(8, refusal.content());
        statement.addBatch();
    }

    private static void prune(Connection connection, String client) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PRUNE)) {
            statement.setString(1, client);
            statement.setString(2, client);
            statement.setInt(3, MOST_KEPT);
            statement.executeUpdate();
        }
    }

    /**
     * The refusals of a window by the time they came, oldest first.
     *
     * @param clients whose; all if empty
     * @param kinds which; all if empty
     * @param after the id to go on after
     * @param limit how many at most
     */
    Rows<ListedRefusal> list(
            Window window,
            List<String> clients,
            List<String> kinds,
            long after,
            OptionalInt limit) {
        return database.stream(
                LIST,
                statement -> {
                    Connection connection = statement.getConnection();
                    statement.setLong(1, after);
                    statement.setObject(2, window.start().atOffset(ZoneOffset.UTC));
                    statement.setObject(3, window.end().atOffset(ZoneOffset.UTC));
                    for (int i = 4; i <= 5; i++) {
                        statement.setArray(i, connection.createArrayOf("text", clients.toArray()));
                    }
                    for (int i = 6; i <= 7; i++) {
                        statement.setArray(i, connection.createArrayOf("text", kinds.toArray()));
                    }
                    statement.setLong(8, limit.isPresent() ? limit.getAsInt() : Long.MAX_VALUE);
                },
                RefusalStore::refusal);
    }

    private static ListedRefusal refusal(ResultSet row) throws SQLException {
        return new ListedRefusal(
                row.getLong("id"),
                row.getString("client"),
                row.getString("kind"),
                row.getObject("received_at", OffsetDateTime.class).toInstant(),
                row.getString("spool"),
                row.getObject("batch", Long.class),
                row.getObject("series", Integer.class),
                row.getObject("index", Integer.class),
                row.getString("reason"),
                row.getString("content"));
    }
}
