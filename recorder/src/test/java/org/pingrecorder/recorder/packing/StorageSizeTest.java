package org.pingrecorder.recorder.packing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pingrecorder.recorder.config.RecorderConfig;

final class StorageSizeTest {

    private static final long HOUR = Duration.ofHours(1).toNanos();

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final StorageSize size =
            new StorageSize(
                    registry,
                    new RecorderConfig(
                            "127.0.0.1",
                            0,
                            false,
                            List.of(),
                            Path.of("."),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()));

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }

    @Test
    void bytesPerDay_inTheFirstHour_isNotKnown() {
        size.look(0, 1_000);
        size.look(HOUR - 1, 2_000);
        assertEquals(2_000, gauge("ping_recorder.database.bytes"));
        assertEquals(Double.NaN, gauge("ping_recorder.database.bytes.per.day"));
    }

    @Test
    void bytesPerDay_isOfTheLast24Hours() {
        size.look(0, 1_000_000);
        size.look(HOUR, 1_000_100);
        assertEquals(2_400, gauge("ping_recorder.database.bytes.per.day"), 0.01);
        for (int hour = 2; hour <= 48; hour++) {
            size.look(hour * HOUR, 1_000_000 + hour * 10L);
        }
        assertEquals(240, gauge("ping_recorder.database.bytes.per.day"), 0.01);
    }

    @Test
    void sentence_tellsHowManyDaysTheDiskLasts() {
        assertEquals(
                "The database has 12.5 GB and grows by 0.50 GB a day; 100.0 GB are free, enough for"
                        + " 200 days.",
                StorageSize.sentence(12.5e9, 0.5e9, 100e9));
        assertEquals(
                "The database has 12.5 GB and grows by 0.50 GB a day.",
                StorageSize.sentence(12.5e9, 0.5e9, Double.NaN));
        assertEquals(
                "The database has 12.5 GB and grows by -0.10 GB a day.",
                StorageSize.sentence(12.5e9, -0.1e9, 100e9));
    }
}
