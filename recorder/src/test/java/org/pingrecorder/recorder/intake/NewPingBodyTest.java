package org.pingrecorder.recorder.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pingrecorder.recorder.http.Fault;
import org.pingrecorder.recorder.http.JsonBody;
import org.pingrecorder.recorder.samples.Hours;
import org.pingrecorder.recorder.samples.SampleCodec;
import org.pingrecorder.recorder.samples.Samples;
import org.pingrecorder.wire.Outcome;

class NewPingBodyTest {

    private static final Instant NOW = Instant.parse("2024-06-01T12:00:00.123456789Z");

    private static Samples read(String fields) {
        byte[] body = ("{\"ip\":\"192.0.2.1\"" + fields + "}").getBytes(StandardCharsets.UTF_8);
        Batch batch =
                NewPingBody.read(
                        new KnownIps("c", new LongAdder()),
                        JsonBody.object(body, "{}"),
                        NOW,
                        Optional.empty());
        return SampleCodec.decode(batch.series().getFirst().payload());
    }

    private static Instant at(String fields) {
        return Hours.instant(read(fields).atMicros(0));
    }

    private static String fieldAtFault(String fields) {
        return String.valueOf(assertThrows(Fault.class, () -> read(fields)).field());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.0, 0",
        "-0.0, 0",
        "-0, 0",
        "0.0001, 1",
        "1e-300, 1",
        "0.001, 1",
        "0.0014, 1",
        "0.0015, 2",
        "23, 23000",
        "12.345678, 12346",
        "2e1, 20000",
        "599999.9996, 600000000",
        "600000, 600000000",
        "1e-999999999, 0"
    })
    void latency_isRoundedToTheMicrosecondButNeverToZero(String millis, int micros) {
        Samples ping = read(",\"latency_ms\":" + millis);
        assertEquals(micros, ping.latencyMicros(0));
        assertEquals(Outcome.REPLY, ping.outcome(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "600000.1",
                "600001",
                "-0.0001",
                "-1",
                "1e400",
                "-1e400",
                "1e999999999",
                "\"1\"",
                "\"\"",
                "\"NaN\"",
                "\"null\"",
                "true",
                "false",
                "[1]",
                "{}"
            })
    void latency_ofAnythingElse_isAFault(String latency) {
        assertEquals("latency_ms", fieldAtFault(",\"latency_ms\":" + latency));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"latency\":1", ",\"outcome\":\"timeout\"", ",\"Latency_ms\":1"})
    void latency_thatIsAbsent_isAFault(String fields) {
        assertEquals("latency_ms", fieldAtFault(fields));
    }

    @ParameterizedTest
    @EnumSource(Outcome.class)
    void outcome_mustFitTheLatency(Outcome outcome) {
        String number = ",\"latency_ms\":0,\"outcome\":\"" + outcome + "\"";
        String none = ",\"latency_ms\":null,\"outcome\":\"" + outcome + "\"";
        assertEquals(outcome, read(outcome.hasLatency() ? number : none).outcome(0));
        assertEquals("outcome", fieldAtFault(outcome.hasLatency() ? none : number));
    }

    @ParameterizedTest
    @CsvSource({"null, TIMEOUT", "0, REPLY"})
    void outcome_thatIsAbsentOrNull_followsTheLatency(String latency, Outcome outcome) {
        assertEquals(outcome, read(",\"latency_ms\":" + latency).outcome(0));
        assertEquals(outcome, read(",\"outcome\":null,\"latency_ms\":" + latency).outcome(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"REPLY\"", "\"lost\"", "1", "true", "[\"reply\"]"})
    void outcome_thatIsNone_isAFault(String outcome) {
        assertEquals("outcome", fieldAtFault(",\"latency_ms\":1,\"outcome\":" + outcome));
    }

    @ParameterizedTest
    @CsvSource({
        "null,                                    2024-06-01T12:00:00.123456Z",
        "\"2024-06-01T12:10:00.123456789Z\",      2024-06-01T12:10:00.123456Z",
        "\"2024-06-01T14:00:00.9999999+02:00\",   2024-06-01T12:00:00.999999Z",
        "\"2000-01-01T00:00:00Z\",                2000-01-01T00:00:00Z",
    })
    void at_isCutToTheMicrosecond(String at, String kept) {
        assertEquals(Instant.parse(kept), at(",\"latency_ms\":1,\"at\":" + at));
        assertEquals(Instant.parse("2024-06-01T12:00:00.123456Z"), at(",\"latency_ms\":1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"2024-06-01T12:10:00.123456790Z\"",
                "\"1999-12-31T23:59:59.999999Z\"",
                "\"1969-12-31T23:59:59.999999Z\"",
                "\"2024-06-01T12:00:00\"",
                "\"2024-06-01\"",
                "\"\"",
                "1717243200",
                "true",
            })
    void at_thatCannotBeMeant_isAFault(String at) {
        assertEquals("at", fieldAtFault(",\"latency_ms\":1,\"at\":" + at));
    }
}
