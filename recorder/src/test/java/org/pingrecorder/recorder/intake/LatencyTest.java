package org.pingrecorder.recorder.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatencyTest {

    private static int micros(String text) {
        char[] padded = (" " + text + "9").toCharArray();
        return Latency.micros(padded, 1, text.length());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "0.0000, 0",
        "0.0001, 1",
        "0.001, 1",
        "0.0014, 1",
        "0.0015, 2",
        "20.113, 20113",
        "20.1, 20100",
        "23, 23000",
        "12.345678, 12346",
        "2e1, 20000",
        "599999.9996, 600000000",
        "600000, 600000000",
        "600000.000, 600000000",
        "600000.001, -2",
        "600001, -2",
        "-1, -2",
        "1e400, -2",
        "99999999999999999999, -2",
        "4294967296, -2",
        "18446744073709551616.000, -2"
    })
    void text_isRoundedToTheMicrosecond(String text, int micros) {
        assertEquals(micros, micros(text));
    }

    @Test
    void text_ofAnyNumber_isWhatTheDoubleIs() {
        Random random = new Random(7);
        for (int i = 0; i < 200_000; i++) {
            String text = "%d.%05d".formatted(random.nextInt(700_000), random.nextInt(100_000));
            text = text.substring(0, text.indexOf('.') + 1 + random.nextInt(1, 6));
            assertEquals(Latency.micros(Double.parseDouble(text)), micros(text), text);
        }
    }
}
