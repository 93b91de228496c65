package org.pingrecorder.recorder.intake;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.samples.Hours;

/** Rows of {@code running} and {@code gap}: from when on ips were pinged, and when not. */
final class SpanRows {

    private static final String INSERT_RUNNING =
            """
            INSERT INTO running (client, ip_id, from_at, interval_us) VALUES (?, ?, ?, ?)
            ON CONFLICT (client, ip_id, from_at) DO UPDATE SET interval_us = excluded.interval_us
            """;

    private static final String INSERT_GAP =
            """
            INSERT INTO gap (client, ip_id, from_at, to_at, reason) VALUES (?, ?, ?, ?, ?)
            """;

    private SpanRows() {}

    /** Inserts all of them; their ips must be resolved. */
    static void insert(Connection connection, List<TableDeliveryStore.News> all)
            throws SQLException {
        boolean any =
                all.stream()
                        .flatMap(news -> news.batches().stream())
                        .anyMatch(b -> !b.running().isEmpty() || !b.gaps().isEmpty());
        if (!any) {
            return;
        }
        try (PreparedStatement running = connection.prepareStatement(INSERT_RUNNING);
                PreparedStatement gaps = connection.prepareStatement(INSERT_GAP)) {
            for (TableDeliveryStore.News news : all) {
                for (Batch batch : news.batches()) {
                    add(running, gaps, news.delivery().client(), batch);
                }
            }
            RowBatch.execute(running);
            RowBatch.execute(gaps);
        }
    }

    private static void add(
            PreparedStatement running, PreparedStatement gaps, String client, Batch batch)
            throws SQLException {
        for (Batch.Running one : batch.running()) {
            running.setString(1, client);
            running.setLong(2, one.ip().id());
            running.setObject(3, Hours.parameter(one.fromMicros()));
            running.setLong(4, one.intervalMicros());
            running.addBatch();
        }
        for (Batch.Gap gap : batch.gaps()) {
            KnownIp ip = gap.ip();
            gaps.setString(1, client);
            gaps.setObject(2, ip == null ? null : Long.valueOf(ip.id()), Types.BIGINT);
            gaps.setObject(3, Hours.parameter(gap.fromMicros()));
            gaps.setObject(4, time(gap.toMicros()), Types.TIMESTAMP_WITH_TIMEZONE);
            gaps.setString(5, gap.reason());
            gaps.addBatch();
        }
    }

    private static @Nullable Object time(@Nullable Long micros) {
        return micros == null ? null : Hours.parameter(micros);
    }
}
