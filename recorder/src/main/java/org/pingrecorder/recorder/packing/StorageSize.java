package org.pingrecorder.recorder.packing;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.config.RecorderConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How large the database is, how fast it grows, and how many days the disk lasts: as metrics, and
 * in one line of the log a day.
 */
final class StorageSize {

    private static final Logger LOG = LoggerFactory.getLogger(StorageSize.class);

    private static final long DAY_NANOS = Duration.ofDays(1).toNanos();

    /** Less time says nothing of a day. */
    private static final long SHORTEST_NANOS = Duration.ofHours(1).toNanos();

    private static final double GIGA = 1e9;

    /** The data folder, where the database is the recorder's own; else its disk is unknown. */
    private final @Nullable Path folder;

    private final Deque<Look> looks = new ArrayDeque<>();
    private long saidNanos = System.nanoTime() - DAY_NANOS + SHORTEST_NANOS;
    private volatile double bytes = Double.NaN;
    private volatile double bytesADay = Double.NaN;

    private record Look(long atNanos, long bytes) {}

    StorageSize(MeterRegistry registry, RecorderConfig config) {
        this.folder = config.database().isPresent() ? null : config.data();
        Gauge.builder("ping_recorder.database.bytes", () -> bytes)
                .description("Size of the database, when this recorder packed last; NaN if never")
                .register(registry);
        Gauge.builder("ping_recorder.database.bytes.per.day", () -> bytesADay)
                .description("By how much it grew in the last 24 hours; NaN in the first hour")
                .register(registry);
        Gauge.builder("ping_recorder.disk.free.bytes", this::freeBytes)
                .description("Free on the data folder's disk; NaN with a database elsewhere")
                .register(registry);
    }

    private double freeBytes() {
        if (folder == null) {
            return Double.NaN;
        }
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            LOG.debug("The free disk space is not told.", e);
            return Double.NaN;
        }
    }

    void look(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT pg_database_size(current_database())")) {
            if (row.next()) {
                look(System.nanoTime(), row.getLong(1));
            }
        }
        connection.commit();
    }

    void look(long nowNanos, long bytesNow) {
        bytes = bytesNow;
        looks.addLast(new Look(nowNanos, bytesNow));
        while (nowNanos - looks.getFirst().atNanos() > DAY_NANOS) {
            looks.removeFirst();
        }
        Look first = looks.getFirst();
        long span = nowNanos - first.atNanos();
        if (span >= SHORTEST_NANOS) {
            bytesADay = (double) (bytesNow - first.bytes()) / span * DAY_NANOS;
        }
        if (nowNanos - saidNanos >= DAY_NANOS && span >= SHORTEST_NANOS) {
            saidNanos = nowNanos;
            LOG.info("{}", sentence(bytes, bytesADay, freeBytes()));
        }
    }

    static String sentence(double bytes, double bytesADay, double freeBytes) {
        String text =
                String.format(
                        Locale.ROOT,
                        "The database has %.1f GB and grows by %.2f GB a day",
                        bytes / GIGA,
                        bytesADay / GIGA);
        return bytesADay > 0 && !Double.isNaN(freeBytes)
                ? text
                        + String.format(
                                Locale.ROOT,
                                "; %.1f GB are free, enough for %.0f days.",
                                freeBytes / GIGA,
                                freeBytes / bytesADay)
                : text + ".";
    }
}
