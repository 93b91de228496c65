package org.pingrecorder.recorder.packing;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What the packer tells Prometheus; a recorder that waits for its turn tells no more. */
final class PackMetrics {

    private static final String WAITING =
            """
            SELECT count(*), coalesce(extract(epoch FROM now() - min(received_at)), 0)
            FROM upload
            """;

    final Counter pings;
    final Counter blocks;
    final Timer cycle;
    private volatile double uploads = Double.NaN;
    private volatile double oldestSeconds = Double.NaN;

    PackMetrics(MeterRegistry registry) {
        this.pings =
                Counter.builder("ping_recorder.packed.pings")
                        .description("Pings moved from uploads into fresh rows")
                        .register(registry);
        this.blocks =
                Counter.builder("ping_recorder.merged.blocks")
                        .description("Hours of one ip merged into a block")
                        .register(registry);
        this.cycle =
                Timer.builder("ping_recorder.pack.cycle")
                        .description("Packing all uploads that wait")
                        .register(registry);
        Gauge.builder("ping_recorder.uploads.waiting", () -> uploads)
                .description("Uploads not packed yet, before the last cycle; NaN if not the packer")
                .register(registry);
        Gauge.builder("ping_recorder.uploads.oldest.seconds", () -> oldestSeconds)
                .description("Age of the oldest of them; NaN if not the packer")
                .register(registry);
    }

    void look(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(WAITING)) {
            if (row.next()) {
                uploads = row.getDouble(1);
                oldestSeconds = row.getDouble(2);
            }
        }
        connection.commit();
    }

    void notThePacker() {
        uploads = Double.NaN;
        oldestSeconds = Double.NaN;
    }
}
