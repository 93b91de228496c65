package org.pingrecorder.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({"500ms, 500", "10s, 10000", "1m, 60000", "2h, 7200000", "0s, 0", "90s, 90000"})
    void parse_valid_isRead(String text, long millis) {
        Duration duration = Durations.parse(text);

        assertEquals(Duration.ofMillis(millis), duration);
        assertEquals(duration, Durations.parse(Durations.text(duration)));
    }

    @Test
    void parse_bareNumber_namesTheMend() {
        var e = assertThrows(IllegalArgumentException.class, () -> Durations.parse("10"));
        assertEquals(
                "'10' has no unit: write 10s for seconds or 10ms for milliseconds", e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "1.5s", "-1s", "10 s", "10S", "1d", "99999999999999999999s"})
    void parse_other_isRefused(String text) {
        var e = assertThrows(IllegalArgumentException.class, () -> Durations.parse(text));
        assertTrue(String.valueOf(e.getMessage()).contains("500ms or 10s"));
    }

    @Test
    void parse_outOfBounds_namesThem() {
        Duration least = Duration.ofMillis(100);
        Duration most = Duration.ofHours(1);
        assertEquals(least, Durations.parse("100ms", least, most));
        assertEquals(most, Durations.parse("60m", least, most));
        var e =
                assertThrows(
                        IllegalArgumentException.class, () -> Durations.parse("99ms", least, most));
        assertEquals("99ms is out of bounds: write 100ms to 1h", e.getMessage());
    }
}
