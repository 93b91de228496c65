package org.pingrecorder.recorder.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pingrecorder.recorder.intake.Deliveries.batch;
import static org.pingrecorder.recorder.intake.Deliveries.series;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pingrecorder.recorder.http.Fault;
import org.pingrecorder.recorder.samples.Hours;

class BatchReaderTest {

    private static final String NOW = "2026-11-21T06:00:00Z";
    private static final long NOW_MICROS = Hours.micros(Instant.parse(NOW));

    private static Batch read(String body) {
        return readAll(body).getFirst();
    }

    private static List<Batch> readAll(String body) {
        return new BatchReader(
                        new KnownIps("c", new LongAdder()),
                        spool -> SpoolClock.UNKNOWN,
                        NOW_MICROS,
                        Bounds.at(NOW_MICROS, Optional.empty()))
                .read(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), true);
    }

    private static String clock(long offsetMicros) {
        return "\"clock\":{\"epoch\":1,\"offset_us\":" + offsetMicros + "}";
    }

    @Test
    void extrasWithoutEnd_areAFaultBeforeTheyFillMemory() {
        String one = series("192.0.2.1", NOW, "1", "\"ttl\":300");
        String many = String.join(",", Collections.nCopies(10_001, one));
        Fault fault = assertThrows(Fault.class, () -> read(batch("s", 1, many)));
        assertTrue(fault.detail().contains("10000"), fault::detail);
    }

    @Test
    void spansOfARequest_areBoundedWhateverBatchTheyAreIn() {
        String gap = "{\"from\":\"" + NOW + "\",\"reason\":\"paused\"}";
        String gaps = "\"gaps\":[" + String.join(",", Collections.nCopies(50_000, gap)) + "]";
        String running =
                "\"running\":[{\"ip\":\"a\",\"from\":\"" + NOW + "\",\"interval_ms\":1000}]";
        String most = batch("s", 1, "", gaps) + "\n" + batch("s", 2, "", gaps);
        assertEquals(2, readAll(most).size());
        Fault fault =
                assertThrows(Fault.class, () -> readAll(most + "\n" + batch("s", 3, "", running)));
        assertEquals(413, fault.status().getCode());
        assertTrue(fault.detail().contains("100000 gaps and running"), fault::detail);
    }

    @Test
    void seriesWithoutEndThatAreTooEarly_areAFault() {
        String one = series("192.0.2.1", "1999-01-01T00:00:00Z", "1");
        String many = String.join(",", Collections.nCopies(10_001, one));
        assertThrows(Fault.class, () -> read(batch("s", 1, many)));
    }

    @Test
    void pingsThatAreTooEarly_areOneEntry() {
        Batch batch = read(batch("s", 1, series("192.0.2.1", "1999-12-31T23:59:57Z", "1,2,3,4,5")));
        assertEquals(new Batch.Tally(5, 2, 3, 0), batch.tally());
        assertEquals(1, batch.refused().size());
        assertEquals(0, batch.refused().getFirst().index());
        assertTrue(batch.refused().getFirst().reason().contains("the next 2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "9.999", "3600000.1"})
    void interval_outOfBounds_refusesItsSeries(String interval) {
        Batch batch = read(batch("s", 1, series("192.0.2.1", NOW, "1")).replace("1000", interval));
        assertEquals(new Batch.Tally(1, 0, 1, 0), batch.tally());
        assertTrue(batch.refused().getFirst().reason().contains("from 10 to 3600000"));
    }

    @Test
    void clockThatBeginsIn1970_isCorrected() {
        Batch batch =
                read(
                        batch(
                                "s",
                                1,
                                series("192.0.2.1", "1970-01-01T00:00:00Z", "1"),
                                clock(NOW_MICROS)));
        assertEquals(NOW_MICROS, batch.series().getFirst().firstMicros());
    }

    @Test
    void offset_thatNoClockHas_isAFault() {
        assertThrows(Fault.class, () -> read(batch("s", 1, "", clock(4_000_000_000_000_000L))));
    }

    @ParameterizedTest
    @CsvSource({
        "2000-01-01T00:00:00Z, -2000000",
        "9999-12-31T23:59:59Z, 2000000",
        "2020-01-01T00:00:00Z, -3000000000000000"
    })
    void spanThatACorrectionMovesTooFar_isRefused(String from, long offsetMicros) {
        String gap = "\"gaps\":[{\"from\":\"" + from + "\",\"reason\":\"dropped\"}]";
        String running =
                "\"running\":[{\"ip\":\"192.0.2.1\",\"from\":\"%s\",\"interval_ms\":1000}]"
                        .formatted(from);
        Batch batch = read(batch("s", 1, "", gap, running, clock(offsetMicros)));
        assertEquals(0, batch.gaps().size());
        assertEquals(0, batch.running().size());
        List<String> contents = contents(batch);
        assertEquals(2, contents.size());
        assertTrue(contents.get(0).endsWith("\"reason\":\"dropped\"}"), contents::toString);
        assertTrue(
                contents.get(1).startsWith("{\"ip\":\"192.0.2.1\",\"interval_ms\":1000.0"),
                contents::toString);
    }

    private static List<String> contents(Batch batch) {
        return batch.refusals().stream().map(Refusal::content).toList();
    }

    @Test
    void content_ofWhatIsRefusedOfMetrics_isThatAlone() {
        Batch batch =
                read(
                        batch(
                                "s",
                                1,
                                "",
                                "\"metrics\":[{\"at\":\""
                                        + NOW
                                        + "\",\"interval_ms\":5,\"values\":{\"my gauge\":1,"
                                        + "\"ok\":2,\"a{b=\\\"c\\\",d=\\\"e\\\"}\":1.50,"
                                        + "\"str\":\"x\\\"y\",\"list\":[[1],2],\"no\":{}}},"
                                        + "7,{\"values\":{\"ok\":3}},"
                                        + "{\"at\":\"2999-01-01T00:00:00Z\",\"values\":{\"ok\":4}}]"));
        assertEquals(
                List.of(
                        "{\"interval_ms\":5}",
                        "{\"my gauge\":1}",
                        "{\"a{b=\\\"c\\\",d=\\\"e\\\"}\":1.50}",
                        "{\"str\":\"x\\\"y\"}",
                        "{\"list\":[…]}",
                        "{\"no\":{…}}",
                        "{\"metrics\":7}",
                        "{\"values\":{\"ok\":3.0}}",
                        "{\"at\":\"2999-01-01T00:00:00Z\",\"interval_ms\":10000,"
                                + "\"values\":{\"ok\":4.0}}"),
                contents(batch));
    }

    @Test
    void content_ofAnExtraThatIsLeftOut_hasIt() {
        String wrong =
                series(
                        "192.0.2.1",
                        NOW,
                        "1",
                        "\"ttl\":300",
                        "\"name\":7",
                        "\"ttls\":{\"0\":\"x\",\"y\":1}",
                        "\"cut_off\":[[3,1]]",
                        "\"duplicates\":{\"5\":1}");
        String head = "{\"ip\":\"192.0.2.1\",\"start\":\"" + NOW + "\",\"interval_ms\":1000.0,";
        assertEquals(
                List.of(
                        head + "\"ttl\":300}",
                        head + "\"name\":7}",
                        head + "\"ttls\":\"x\"}",
                        head + "\"ttls.y\":1}",
                        head + "\"cut_off\":[…]}",
                        head + "\"index\":5}"),
                contents(read(batch("s", 1, wrong))));
    }

    @Test
    void content_thatIsLong_isCut() {
        String name = "n".repeat(5_000);
        String metrics =
                "\"metrics\":[{\"at\":\"%s\",\"values\":{\"%s\":\"%s\"}}]"
                        .formatted(NOW, name, name);
        String content = contents(read(batch("s", 1, "", metrics))).getFirst();
        assertTrue(content.startsWith("{\"nnn") && content.endsWith("n…\"}"), content);
        assertTrue(content.length() < 1_000, content);
    }

    @Test
    void content_ofSpans_isAsTheyWereSent() {
        String gaps =
                "\"gaps\":[{\"ip\":\"192.0.2.1\",\"family\":\"ipv4\",\"from\":\"%s\",\"to\":\"%s\"}]"
                        .formatted(NOW, NOW);
        String running = "\"running\":[{\"from\":\"%s\",\"interval_ms\":500}]".formatted(NOW);
        assertEquals(
                List.of(
                        "{\"ip\":\"192.0.2.1\",\"family\":\"ipv4\",\"from\":\"%s\",\"to\":\"%s\"}"
                                .formatted(NOW, NOW),
                        "{\"interval_ms\":500.0,\"from\":\"%s\"}".formatted(NOW)),
                contents(read(batch("s", 1, "", gaps, running))));
    }

    @Test
    void reason_withWhatNoDatabaseTakes_isCleaned() {
        String wrong = series("192.0.2.1", NOW, "\"a\\u0000\\ud800\"");
        Batch batch = read(batch("s", 1, wrong));
        assertTrue(batch.refused().getFirst().reason().contains("a\ufffd\ufffd"));
        assertTrue(batch.refusals().getFirst().reason().contains("a\ufffd\ufffd"));
    }
}
