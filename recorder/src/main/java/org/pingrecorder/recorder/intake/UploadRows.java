package org.pingrecorder.recorder.intake;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.pingrecorder.recorder.samples.Hours;
import org.pingrecorder.recorder.samples.UploadPayload;

/** Rows of {@code upload}: what arrived of one client together is one, unless it is long. */
final class UploadRows {

    private static final String INSERT =
            """
            INSERT INTO upload (client, first_at, last_at, pings, payload) VALUES (?, ?, ?, ?, ?)
            """;

    /** So that whoever packs a row needs little memory for it. */
    private static final int MOST_PINGS = 100_000;

    private final PreparedStatement statement;
    private final String client;
    private UploadPayload payload = new UploadPayload();
    private long firstMicros = Long.MAX_VALUE;
    private long lastMicros = Long.MIN_VALUE;
    private int pings;

    private UploadRows(PreparedStatement statement, String client) {
        this.statement = statement;
        this.client = client;
    }

    /** Inserts all pings; their ips must be resolved. */
    static void insert(Connection connection, List<TableDeliveryStore.News> all)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            Map<String, UploadRows> byClient = new TreeMap<>();
            for (TableDeliveryStore.News news : all) {
                UploadRows rows =
                        byClient.computeIfAbsent(
                                news.delivery().client(), name -> new UploadRows(statement, name));
                for (Batch batch : news.batches()) {
                    for (Series series : batch.series()) {
                        rows.add(series);
                    }
                }
            }
            for (UploadRows rows : byClient.values()) {
                rows.end();
            }
            RowBatch.execute(statement);
        }
    }

    private void add(Series series) throws SQLException {
        payload.add(series.ip().id(), series.payload());
        firstMicros = Math.min(firstMicros, series.firstMicros());
        lastMicros = Math.max(lastMicros, series.lastMicros());
        pings += series.pings();
        if (pings >= MOST_PINGS) {
            end();
        }
    }

    private void end() throws SQLException {
        if (pings == 0) {
            return;
        }
        statement.setString(1, client);
        statement.setObject(2, Hours.parameter(firstMicros));
        statement.setObject(3, Hours.parameter(lastMicros));
        statement.setInt(4, pings);
        statement.setBytes(5, payload.toBytes());
        statement.addBatch();
        payload = new UploadPayload();
        firstMicros = Long.MAX_VALUE;
        lastMicros = Long.MIN_VALUE;
        pings = 0;
    }
}
