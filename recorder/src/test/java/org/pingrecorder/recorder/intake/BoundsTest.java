package org.pingrecorder.recorder.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pingrecorder.recorder.samples.Hours;

class BoundsTest {

    private static final long NOW = Hours.micros(Instant.parse("2026-11-21T06:00:00Z"));

    @Test
    void earliest_isWhatIsKeptButNeverBeforeTheYear2000() {
        assertEquals(Times.EARLIEST_MICROS, Bounds.at(NOW, Optional.empty()).earliestMicros());
        Bounds days = Bounds.at(NOW, Optional.of(Duration.ofDays(90)));
        assertEquals(NOW - 90 * Hours.DAY_MICROS, days.earliestMicros());
        assertTrue(days.earlyReason().contains("2026-08-23T06:00:00Z"));
        Bounds centuries = Bounds.at(NOW, Optional.of(Duration.ofDays(36_500)));
        assertEquals(Times.EARLIEST_MICROS, centuries.earliestMicros());
    }

    @Test
    void latest_isTenMinutesAhead() {
        Bounds bounds = Bounds.at(NOW, Optional.empty());
        assertTrue(bounds.contain(Times.EARLIEST_MICROS, NOW + 600_000_000));
        assertTrue(!bounds.contain(NOW, NOW + 600_000_001));
        assertTrue(!bounds.contain(Times.EARLIEST_MICROS - 1, NOW));
    }
}
