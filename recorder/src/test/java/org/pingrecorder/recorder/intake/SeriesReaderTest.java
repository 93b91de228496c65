package org.pingrecorder.recorder.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pingrecorder.recorder.samples.Cause;
import org.pingrecorder.recorder.samples.Samples;
import org.pingrecorder.wire.Outcome;

class SeriesReaderTest {

    private final SeriesReader reader = new SeriesReader();

    /** A ping that an ICMP error answered, with further fields of its own or of the series. */
    private Samples unreachable(String ofOutcome, String ofSeries) throws IOException {
        return read(
                """
                {"ip":"192.0.2.1","start":"2026-11-21T06:00:00Z","latency_ms":[null],
                 "outcomes":{"0":{"outcome":"unreachable"%s}}%s}
                """
                        .formatted(ofOutcome, ofSeries));
    }

    private Samples read(String series) throws IOException {
        try (JsonParser json = new JsonFactory().createParser(series)) {
            json.nextToken();
            reader.read(json, 0);
        }
        return reader.draft().samples(0, (index, reason) -> fail(reason));
    }

    @ParameterizedTest
    @CsvSource({
        "fe80::1, fe80::1",
        "fe80::1%eth0, fe80::1%eth0",
        "FE80:0::1, fe80::1",
        "240.0.0.1, 240.0.0.1",
        "224.0.0.1, 224.0.0.1",
        "0.0.0.0, ",
        "::, ",
    })
    void from_ofAnyRange_isTaken(String given, String stored) throws IOException {
        Samples samples = unreachable(",\"type\":3,\"from\":\"" + given + '"', "");
        assertEquals(new Cause(3, -1, stored, null), samples.extra(0).cause());
        assertTrue(reader.leftOut().isEmpty(), () -> reader.leftOut().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"from\":\"gw.example\"",
                "\"from\":7",
                "\"type\":256",
                "\"code\":\"1\"",
                "\"cause\":{}",
            })
    void extraOfAnOutcome_thatIsWrong_isLeftOutAndTheLossStays(String extra) throws IOException {
        Samples samples = unreachable("," + extra, "");
        assertEquals(Outcome.UNREACHABLE, samples.outcome(0));
        assertEquals(1, reader.leftOut().size());
        assertTrue(
                reader.leftOut().getFirst().problem().contains("the ping at 0"),
                () -> reader.leftOut().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"duplicates\":{\"0\":0}", "\"slip_us\":{\"0\":1.5}"})
    void extraOfAPing_thatIsWrong_isLeftOutAndTheLossStays(String extra) throws IOException {
        assertEquals(Outcome.UNREACHABLE, unreachable("", "," + extra).outcome(0));
        assertEquals(1, reader.leftOut().size());
    }

    @Test
    void cause_withWhatNoDatabaseTakes_isCleaned() throws IOException {
        Samples samples = unreachable(",\"cause\":\"a\\u0000b\\ud800\"", "");
        assertEquals(Cause.of("a\ufffdb\ufffd"), samples.extra(0).cause());
    }
}
