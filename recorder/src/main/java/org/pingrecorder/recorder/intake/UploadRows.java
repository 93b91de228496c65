package org.pingrecorder.recorder.intake;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
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

    private static final String[] ID = {"id"};

    /** So that whoever packs a row needs little memory for it. */
    private static final int MOST_PINGS = 100_000;

    private final PreparedStatement statement;
    private final List<Row> inserted;
    private final String client;
    private UploadPayload payload = new UploadPayload();
    private long firstMicros = Long.MAX_VALUE;
    private long lastMicros = Long.MIN_VALUE;
    private int pings;

    private UploadRows(PreparedStatement statement, List<Row> inserted, String client) {
        this.statement = statement;
        this.inserted = inserted;
        this.client = client;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Row(String client, byte[] payload) {}

    /** Inserts all pings, and returns their rows; their ips must be resolved. */
    static List<StoredUpload> insert(Connection connection, List<TableDeliveryStore.News> all)
            throws SQLException {
        List<Row> inserted = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(INSERT, ID)) {
            Map<String, UploadRows> byClient = new TreeMap<>();
            for (TableDeliveryStore.News news : all) {
                UploadRows rows =
                        byClient.computeIfAbsent(
                                news.delivery().client(),
                                name -> new UploadRows(statement, inserted, name));
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
            return stored(inserted, statement);
        }
    }

    private static List<StoredUpload> stored(List<Row> inserted, PreparedStatement statement)
            throws SQLException {
        List<StoredUpload> stored = new ArrayList<>(inserted.size());
        try (ResultSet ids = statement.getGeneratedKeys()) {
            for (Row row : inserted) {
                if (!ids.next()) {
                    throw new SQLException("an upload has no id");
                }
                stored.add(new StoredUpload(row.client(), ids.getLong(1), row.payload()));
            }
        }
        return stored;
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
        byte[] bytes = payload.toBytes();
        statement.setBytes(5, bytes);
        statement.addBatch();
        inserted.add(new Row(client, bytes));
        payload = new UploadPayload();
        firstMicros = Long.MAX_VALUE;
        lastMicros = Long.MIN_VALUE;
        pings = 0;
    }
}
