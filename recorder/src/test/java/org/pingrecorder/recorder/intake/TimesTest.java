package org.pingrecorder.recorder.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pingrecorder.recorder.samples.Hours;

class TimesTest {

    @Test
    void micros_ofAnyTime_isWhatTheCalendarSays() {
        Random random = new Random(3);
        for (int i = 0; i < 100_000; i++) {
            long micros = random.nextLong(250_000_000_000_000_000L);
            String text = Hours.instant(micros).toString();
            assertEquals(micros, Times.micros(text), text);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00Z",
                "2000-02-29T23:59:59.9Z",
                "2024-02-29T00:00:00.000001Z",
                "2024-12-31T23:59:59.1234567Z",
                "2024-03-01T00:00:00+02:00"
            })
    void micros_isCutToTheMicrosecond(String text) {
        assertEquals(Hours.micros(OffsetDateTime.parse(text).toInstant()), Times.micros(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2024-02-30T00:00:00Z",
                "2023-02-29T00:00:00Z",
                "2024-13-01T00:00:00Z",
                "2024-00-01T00:00:00Z",
                "2024-01-00T00:00:00Z",
                "2024-01-01T24:00:00Z",
                "2024-01-01T00:60:00Z",
                "2024-01-01T00:00:60Z",
                "2024-01-01T00:00:00,5Z",
                "2024-01-01T00:00:00",
                "2024-01-01t00:00:0xZ",
                "2024-01-01T-1:00:00Z",
                "1969-12-31T23:59:59Z",
                "+12024-01-01T00:00:00Z",
                "２０24-01-01T00:00:00Z"
            })
    void micros_ofWhatIsNoTime_saysSo(String text) {
        assertThrows(IllegalArgumentException.class, () -> Times.micros(text));
    }

    @Test
    void earliest_isTheYear2000() {
        assertEquals(Instant.parse("2000-01-01T00:00:00Z"), Hours.instant(Times.EARLIEST_MICROS));
    }
}
