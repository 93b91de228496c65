package org.pingrecorder.recorder.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pingrecorder.recorder.intake.Deliveries.batch;
import static org.pingrecorder.recorder.intake.Deliveries.lines;
import static org.pingrecorder.recorder.intake.Deliveries.series;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pingrecorder.recorder.Json;
import org.pingrecorder.recorder.TestRecorder;
import org.pingrecorder.recorder.samples.Hours;
import org.pingrecorder.recorder.samples.Samples;

/** Clients' clocks that are wrong: corrected where that is known, put aside where it is not. */
class ClocksIT {

    private static final long HOUR_MICROS = 3_600_000_000L;

    @RegisterExtension static final TestRecorder RECORDER = TestRecorder.create();

    private final Deliveries deliveries = new Deliveries(RECORDER);

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    private static String clock(long epoch, @Nullable Long nowMicros, @Nullable Long offsetMicros) {
        return "\"clock\":{\"epoch\":%d%s%s}"
                .formatted(
                        epoch,
                        nowMicros == null ? "" : ",\"now_us\":" + nowMicros,
                        offsetMicros == null ? "" : ",\"offset_us\":" + offsetMicros);
    }

    private Samples only(String client) {
        return deliveries.stored(client, "192.0.2.1");
    }

    @Test
    void clock_thatIsAnHourSlow_isCorrectedAndTheOriginalKept() {
        Instant wrong = now().minus(Duration.ofHours(1));
        String running =
                "\"running\":[{\"ip\":\"192.0.2.1\",\"from\":\"%s\",\"interval_ms\":1000}]"
                        .formatted(wrong);
        String batch =
                batch(
                        "s",
                        1,
                        series("192.0.2.1", wrong.toString(), "1,2"),
                        clock(1, Hours.micros(wrong), HOUR_MICROS),
                        running);
        deliveries.receipt("slow", batch);
        Samples stored = only("slow");
        assertEquals(Hours.micros(wrong) + HOUR_MICROS, stored.atMicros(0));
        assertEquals(HOUR_MICROS, stored.offsetMicros(0));
        assertEquals(1_000_000, stored.atMicros(1) - stored.atMicros(0));
        assertEquals(
                1,
                RECORDER.database()
                        .number(
                                "SELECT count(*) FROM running WHERE client = 'slow' AND from_at ="
                                        + " '%s'::timestamptz + interval '1 hour'"
                                                .formatted(wrong)));
        Json client =
                RECORDER.get("/clients").json().elements().stream()
                        .filter(c -> c.at("client").text().equals("slow"))
                        .findFirst()
                        .orElseThrow();
        assertEquals("3600000.0", String.valueOf(client.at("clock_offset_ms").value()));
    }

    @Test
    void clock_withoutAnEstimateOfItsOwn_isEstimatedByTheTimeOfSending() {
        Instant wrong = now().plus(Duration.ofHours(5));
        String batch =
                batch(
                        "s",
                        1,
                        series("192.0.2.1", wrong.toString(), "1"),
                        clock(1, Hours.micros(wrong), null));
        assertEquals(1L, deliveries.receipt("fast", batch).at("stored").number());
        long error = only("fast").offsetMicros(0) + 5 * HOUR_MICROS;
        assertTrue(error >= 0 && error < 60_000_000, () -> "off by " + error + " µs");
    }

    @Test
    void clock_thatMayBeRightAndItsBatchSlow_isNotCorrected() {
        Instant right = now().minusSeconds(20);
        String pings = series("192.0.2.1", right.toString(), "1");
        deliveries.receipt("far", batch("s", 1, pings, clock(1, Hours.micros(right), null)));
        assertEquals(0, only("far").offsetMicros(0));
        assertEquals(Hours.micros(right), only("far").atMicros(0));
    }

    @Test
    void estimate_sticksWithinAnEpochAlsoAcrossLinesAndRecorders() {
        String start = now().minus(Duration.ofDays(2)).toString();
        String pings = series("192.0.2.1", start, "1");
        lines(
                deliveries.postLines(
                        "sticks",
                        batch("s", 1, pings, clock(1, null, 5_000_000L)),
                        batch("s", 2, pings, clock(1, null, 5_099_999L)),
                        batch("s", 3, pings, clock(1, null, null)),
                        batch("s", 4, pings, clock(1, null, 5_200_000L))));
        // Sent again, it moves nothing.
        deliveries.receipt("sticks", batch("s", 4, pings, clock(1, null, 9_000_000L)));
        deliveries.receipt("sticks", batch("s", 5, pings, clock(1, null, null)));
        deliveries.receipt("sticks", batch("s", 6, pings));
        deliveries.receipt("sticks", batch("s", 7, pings, clock(2, null, null)));
        deliveries.receipt("sticks", batch("s", 8, pings, clock(2, null, 900_000L)));
        Samples stored = only("sticks");
        List<Long> offsets = new ArrayList<>();
        for (int i = 0; i < stored.size(); i++) {
            offsets.add(stored.offsetMicros(i));
        }
        assertEquals(
                List.of(
                        0L,
                        0L,
                        5_000_000L,
                        5_000_000L,
                        5_000_000L,
                        5_200_000L,
                        5_200_000L,
                        5_200_000L),
                offsets);
        assertEquals(
                2,
                RECORDER.database()
                        .number("SELECT clock_epoch FROM spool WHERE client = 'sticks'"));
        assertEquals(
                900_000,
                RECORDER.database()
                        .number("SELECT clock_offset_us FROM spool WHERE client = 'sticks'"));
    }

    @Test
    void pings_thatAreFarAhead_arePutAside() {
        Instant start = now().plus(Duration.ofMinutes(10)).minusSeconds(30);
        StringBuilder pings = new StringBuilder("1");
        pings.append(",2".repeat(89));
        Json receipt =
                deliveries.receipt(
                        "ahead",
                        batch("s", 1, series("192.0.2.1", start.toString(), pings.toString())));
        long stored = receipt.at("stored").number();
        long quarantined = receipt.at("quarantined").number();
        assertEquals(90, stored + quarantined);
        assertTrue(stored >= 30 && quarantined > 0, receipt::toString);
        assertFalse(receipt.has("refused"));
        assertEquals(stored, deliveries.count("ahead"));
        Json listed =
                RECORDER.get("/refusals?client=ahead&kind=quarantined").expect(200).json().at(0);
        assertEquals(stored, listed.at("index").number());
        assertTrue(listed.at("content").text().contains("\"ip\":\"192.0.2.1\""));
        assertTrue(listed.at("reason").text().contains("10 minutes"));
    }

    @Test
    void pings_beforeTheYear2000_areRefusedAsOne() {
        Json receipt =
                deliveries.receipt(
                        "early",
                        batch("s", 1, series("192.0.2.1", "1999-12-31T23:59:58Z", "1,2,3,4")));
        assertEquals(2L, receipt.at("stored").number());
        assertEquals(List.of(0L), receipt.at("refused").map(r -> r.at("index").number()));
        assertEquals(2, deliveries.count("early"));
    }
}
