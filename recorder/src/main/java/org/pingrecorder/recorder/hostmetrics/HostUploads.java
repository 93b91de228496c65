package org.pingrecorder.recorder.hostmetrics;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.pingrecorder.recorder.intake.MetricSample;
import org.pingrecorder.recorder.intake.MetricSink;
import org.pingrecorder.recorder.samples.Hours;

/** Rows of {@code host_upload} and {@code host_newest}. Thread-safe. */
@Singleton
final class HostUploads implements MetricSink {

    private static final String INSERT =
            """
            INSERT INTO host_upload (client, first_at, last_at, cells, payload)
            VALUES (?, ?, ?, ?, ?)
            """;

    private static final String NEWEST =
            """
            INSERT INTO host_newest (client, at, interval_us, payload) VALUES (?, ?, ?, ?)
            ON CONFLICT (client) DO UPDATE
                SET at = excluded.at, interval_us = excluded.interval_us,
                    payload = excluded.payload
                WHERE excluded.at >= host_newest.at
            """;

    @Override
    public void insert(Connection connection, SortedMap<String, List<MetricSample>> byClient)
            throws SQLException {
        try (PreparedStatement inserted = connection.prepareStatement(INSERT);
                PreparedStatement newest = connection.prepareStatement(NEWEST)) {
            for (Map.Entry<String, List<MetricSample>> each : byClient.entrySet()) {
                add(inserted, each.getKey(), each.getValue());
                addNewest(newest, each.getKey(), each.getValue());
            }
            inserted.executeBatch();
            newest.executeBatch();
        }
    }

    private static void add(PreparedStatement inserted, String client, List<MetricSample> samples)
            throws SQLException {
        HostTable table = new HostTable();
        for (MetricSample sample : samples) {
            if (!table.add(sample.atMicros(), sample.names(), sample.values())) {
                add(inserted, client, table);
                table = new HostTable();
                table.add(sample.atMicros(), sample.names(), sample.values());
            }
        }
        add(inserted, client, table);
    }

    private static void add(PreparedStatement inserted, String client, HostTable table)
            throws SQLException {
        inserted.setString(1, client);
        inserted.setObject(2, Hours.parameter(table.firstMicros()));
        inserted.setObject(3, Hours.parameter(table.lastMicros()));
        inserted.setInt(4, table.cells());
        inserted.setBytes(5, HostTableCodec.encode(table));
        inserted.addBatch();
    }

    private static void addNewest(
            PreparedStatement newest, String client, List<MetricSample> samples)
            throws SQLException {
        MetricSample last = samples.getFirst();
        for (MetricSample sample : samples) {
            last = sample.atMicros() >= last.atMicros() ? sample : last;
        }
        HostTable table = new HostTable();
        table.add(last.atMicros(), last.names(), last.values());
        newest.setString(1, client);
        newest.setObject(2, Hours.parameter(last.atMicros()));
        newest.setLong(3, last.intervalMicros());
        newest.setBytes(4, HostTableCodec.encode(table));
        newest.addBatch();
    }
}
