package org.pingrecorder.recorder.intake;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The high-water marks of some spools, held until the end of the transaction: whoever stores the
 * same batches meanwhile waits, then finds them stored.
 */
final class Marks {

    private static final String ADD =
            """
            INSERT INTO spool (client, spool, batch)
            SELECT g.client, g.spool, 0 FROM unnest(?::text[], ?::text[]) AS g (client, spool)
            ORDER BY g.client, g.spool
            ON CONFLICT (client, spool) DO NOTHING
            """;

    private static final String LOCK =
            """
            SELECT spool.client, spool.spool, spool.batch FROM spool
            JOIN unnest(?::text[], ?::text[]) AS g (client, spool)
                ON g.client = spool.client AND g.spool = spool.spool
            ORDER BY spool.client, spool.spool
            FOR UPDATE OF spool
            """;

    private static final String MOVE =
            """
            UPDATE spool SET batch = ?, clock_epoch = ?, clock_offset_us = ?, delivered_at = now()
            WHERE client = ? AND spool = ?
            """;

    private static final Comparator<SpoolClocks.Spool> BY_KEY =
            Comparator.comparing(SpoolClocks.Spool::client).thenComparing(SpoolClocks.Spool::id);

    private final Map<SpoolClocks.Spool, Long> marks = new TreeMap<>(BY_KEY);
    private final Map<SpoolClocks.Spool, SpoolClock> moved = new TreeMap<>(BY_KEY);

    private Marks() {}

    static Marks lock(Connection connection, List<Delivery> deliveries) throws SQLException {
        Marks marks = new Marks();
        for (Delivery delivery : deliveries) {
            for (Batch batch : delivery.batches()) {
                if (batch.spool() != null) {
                    marks.marks.put(batch.spool(), 0L);
                }
            }
        }
        if (!marks.marks.isEmpty() && marks.read(connection) < marks.marks.size()) {
            try (PreparedStatement statement = connection.prepareStatement(ADD)) {
                marks.setKeys(statement);
                statement.executeUpdate();
            }
            marks.read(connection);
        }
        return marks;
    }

    private void setKeys(PreparedStatement statement) throws SQLException {
        Connection connection = statement.getConnection();
        statement.setArray(
                1,
                connection.createArrayOf(
                        "text", marks.keySet().stream().map(SpoolClocks.Spool::client).toArray()));
        statement.setArray(
                2,
                connection.createArrayOf(
                        "text", marks.keySet().stream().map(SpoolClocks.Spool::id).toArray()));
    }

    private int read(Connection connection) throws SQLException {
        int found = 0;
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            setKeys(statement);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    marks.put(
                            new SpoolClocks.Spool(
                                    rows.getString("client"), rows.getString("spool")),
                            rows.getLong("batch"));
                    found++;
                }
            }
        }
        return found;
    }

    /** Whether a batch is new; its number is then the mark. */
    boolean move(Batch batch) {
        SpoolClocks.Spool spool = batch.spool();
        if (spool == null) {
            return true;
        }
        if (batch.number() <= marks.getOrDefault(spool, 0L)) {
            return false;
        }
        marks.put(spool, batch.number());
        moved.put(spool, batch.clock());
        return true;
    }

    /** Writes the marks that moved, and what is known of the clocks. */
    void store(Connection connection) throws SQLException {
        if (moved.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(MOVE)) {
            for (Map.Entry<SpoolClocks.Spool, SpoolClock> entry : moved.entrySet()) {
                statement.setLong(1, marks.getOrDefault(entry.getKey(), 0L));
                statement.setObject(2, entry.getValue().epoch(), Types.BIGINT);
                statement.setObject(3, entry.getValue().offsetMicros(), Types.BIGINT);
                statement.setString(4, entry.getKey().client());
                statement.setString(5, entry.getKey().id());
                statement.addBatch();
            }
            RowBatch.execute(statement);
        }
    }
}
