package org.pingrecorder.recorder.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pingrecorder.recorder.Json;
import org.pingrecorder.recorder.TestRecorder;
import org.pingrecorder.recorder.samples.Samples;

class HistoryIT {

    @RegisterExtension static final TestRecorder RECORDER = TestRecorder.create();

    private static Stored stored;

    @BeforeAll
    static void takeOverPacking() {
        stored = new Stored(RECORDER);
    }

    @AfterAll
    static void giveBackPacking() {
        stored.close();
    }

    private static String path(String client, String start, String end, String more) {
        return "/history?client=%s&start=2024-06-%s&end=2024-06-%s&%s"
                .formatted(client, start, end, more);
    }

    private static List<Long> numbers(List<Json> rows, String column) {
        return rows.stream().map(row -> row.at(column).number()).toList();
    }

    @Test
    void bucket_sumsUpItsPings() {
        String client = Stored.newClient();
        long ip = stored.ip(client, "192.0.2.1");
        Samples pings = Stored.series("2024-06-01T00:00:00Z", 1_000, "rrrrtuLmrr");
        stored.upload(client, ip, pings);
        List<Json> rows = stored.rows(path(client, "01T00:00:00Z", "01T00:00:20Z", "step=10s"));
        assertEquals(
                List.of(
                        Json.of(
                                """
                                {"client":"%s","ip":"192.0.2.1","name":null,
                                 "start":"2024-06-01T00:00:00Z","sent":9,"received":6,"lost":2,
                                 "late":1,"not_sent":1,"missing":null,"duplicates":0,"cut_off":0,
                                 "loss_percent":22.222,"min":10.0,"avg":10.004,"max":10.009,
                                 "stddev":0.003,"p10":10.0,"p25":10.001,"p50":10.002,"p75":10.008,
                                 "p90":10.009,"p95":10.009,"p99":10.009,"percentiles":"exact"}
                                """
                                        .formatted(client)),
                        Json.of(
                                """
                                {"client":"%s","ip":"192.0.2.1","name":null,
                                 "start":"2024-06-01T00:00:10Z","sent":0,"received":0,"lost":0,
                                 "late":0,"not_sent":0,"missing":null,"duplicates":0,"cut_off":0,
                                 "loss_percent":null,"min":null,"avg":null,"max":null,
                                 "stddev":null,"p10":null,"p25":null,"p50":null,"p75":null,
                                 "p90":null,"p95":null,"p99":null,"percentiles":null}
                                """
                                        .formatted(client))),
                rows);
    }

    @Test
    void buckets_ofSeveralIpsAndClients_comeByClientAndIp() {
        String first = Stored.newClient();
        String second = Stored.newClient();
        for (String client : List.of(second, first)) {
            long one = stored.ip(client, "192.0.2.2");
            stored.ip(client, "192.0.2.1");
            stored.upload(client, one, Stored.series("2024-06-01T00:00:00Z", 1_000, "rr"));
        }
        List<Json> rows =
                stored.rows(
                        path(first, "01T00:00:00Z", "01T00:00:02Z", "step=1s&client=" + second));
        assertEquals(
                List.of(first, first, first, first, second, second, second, second),
                rows.stream().map(row -> row.at("client").text()).toList());
        assertEquals(List.of(1L, 1L, 0L, 0L, 1L, 1L, 0L, 0L), numbers(rows, "sent"));
    }

    @Test
    void days_ofATimeZone_sumUpHoursAndPartsOfThem() {
        String client = Stored.newClient();
        long ip = stored.ip(client, "192.0.2.1");
        // Every 10 minutes for three days.
        stored.upload(client, ip, Stored.series("2024-06-01T00:00:00Z", 600_000, "r".repeat(432)));
        stored.merge();
        // Late ones for a merged hour, one of them in the part of it that is another day's.
        stored.upload(client, ip, Stored.series("2024-06-02T18:25:00Z", 600_000, "tt"));
        String days = path(client, "01T00:00:00Z", "04T00:00:00Z", "step=1d&tz=Asia/Kolkata");
        List<Json> rows = stored.rows(days);
        assertEquals(List.of(111L, 145L, 145L, 33L), numbers(rows, "sent"));
        assertEquals(List.of(0L, 1L, 1L, 0L), numbers(rows, "lost"));
        assertEquals("2024-06-01T18:30:00Z", rows.get(1).at("start").text());
        assertEquals(
                Collections.nCopies(4, "within_1_percent"),
                rows.stream().map(row -> row.at("percentiles").text()).toList());
        for (Json row : rows) {
            double p50 = Objects.requireNonNull((Double) row.at("p50").value());
            assertTrue(Math.abs(p50 - 10.2) < 0.3, "p50 " + p50);
        }
        stored.merge();
        assertEquals(rows, stored.rows(days));
        assertEquals(
                List.of(434L),
                numbers(
                        stored.rows(path(client, "01T00:00:00Z", "05T00:00:00Z", "step=1y")),
                        "sent"));
    }

    @Test
    void window_asTheStep_isOneBucket_exactWhereItIsShort() {
        String client = Stored.newClient();
        long ip = stored.ip(client, "192.0.2.1");
        stored.upload(client, ip, Stored.series("2023-12-31T00:00:00Z", 60_000, "r".repeat(2880)));
        stored.merge();
        String path = "/history?client=" + client + "&step=window&start=2023-12-31T";
        List<Json> rows = stored.rows(path + "12:10:31Z&end=2023-12-31T12:20:31Z");
        assertEquals(List.of(10L), numbers(rows, "sent"));
        assertEquals("exact", rows.getFirst().at("percentiles").text());
        rows = stored.rows(path + "12:10:31Z&end=2024-01-01T12:10:31Z");
        assertEquals(List.of(1440L), numbers(rows, "sent"));
        assertEquals("2023-12-31T12:10:31Z", rows.getFirst().at("start").text());
        assertEquals("within_1_percent", rows.getFirst().at("percentiles").text());
    }

    @Test
    void hours_ofWhichOnlySummariesAreLeft_answerForStepsOfAnHour() {
        String client = Stored.newClient();
        long ip = stored.ip(client, "192.0.2.1");
        stored.upload(client, ip, Stored.series("2021-06-01T00:00:00Z", 600_000, "r".repeat(144)));
        stored.merge();
        RECORDER.database().execute("DROP TABLE block_20210531");
        String window =
                "/history?client="
                        + client
                        + "&start=2021-06-01T00:00:00Z&end=2021-06-02T00:00:00Z";
        assertEquals(
                Collections.nCopies(4, 36L), numbers(stored.rows(window + "&step=6h"), "sent"));
        // An hour that is cut counts where it begins.
        assertEquals(
                144,
                numbers(stored.rows(window + "&step=12h&tz=Asia/Kolkata"), "sent").stream()
                        .mapToLong(n -> n)
                        .sum());
        String detail = RECORDER.get(window + "&step=10m").problem(422);
        assertTrue(detail.contains("a step of at least 1h"), detail);
    }

    /** Slots from 0 to 59 s; pings in the first six (one of them not sent) and at 50. */
    private static String clientWithGaps() {
        String client = Stored.newClient();
        long ip = stored.ip(client, "192.0.2.1");
        stored.upload(
                client,
                ip,
                Stored.series("2024-06-01T00:00:00Z", 1_000, "rrrm r" + " ".repeat(44) + "r"));
        RECORDER.database()
                .execute(
                        """
                        INSERT INTO running VALUES ('%1$s', %2$d, '2024-06-01T00:00:00Z', 1000000);
                        INSERT INTO gap (client, ip_id, from_at, to_at, reason) VALUES
                            ('%1$s', null, '2024-06-01T00:00:15Z', '2024-06-01T00:00:35Z', 'dropped'),
                            ('%1$s', %2$d, '2024-06-01T00:00:20Z', '2024-06-01T00:00:38Z', 'paused')
                        """
                                .formatted(client, ip));
        return client;
    }

    @Test
    void bucket_withoutAllPingsOfItsTimetable_saysWhy() {
        String client = clientWithGaps();
        String path = path(client, "01T00:00:00Z", "01T00:01:10Z", "step=10s");
        for (int state = 0; state < 3; state++) {
            assertEquals(
                    List.of(
                            Json.of("{\"unknown\":5}"),
                            Json.of("{\"dropped\":5,\"unknown\":5}"),
                            Json.of("{\"dropped\":10}"),
                            Json.of("{\"dropped\":5,\"paused\":3,\"unknown\":2}"),
                            Json.of("{\"not_delivered\":5,\"unknown\":5}"),
                            // The newest is delivered, less what may be undecided for 5 s.
                            Json.of("{\"not_delivered\":9}"),
                            Json.of("{\"not_delivered\":10}")),
                    stored.rows(path).stream().map(row -> row.at("missing")).toList());
            if (state == 0) {
                stored.pack();
            } else {
                stored.merge();
            }
        }
        String hour = path(client, "01T00:00:00Z", "01T02:00:00Z", "step=1h&format=csv");
        List<String> lines = RECORDER.get(hour).expect(200).text().lines().toList();
        assertTrue(lines.get(1).contains("dropped=20 not_delivered="), lines::toString);
        assertTrue(lines.get(2).contains(",not_delivered=3600,"), lines::toString);
    }

    @Test
    void bucketWithTheNewestPing_lacksForGoodWhatIsBeforeIt() {
        String client = Stored.newClient();
        long ip = stored.ip(client, "192.0.2.1");
        String pings = "r".repeat(10) + " ".repeat(5) + "r".repeat(45);
        stored.upload(client, ip, Stored.series("2024-06-01T00:00:00Z", 1_000, pings));
        RECORDER.database()
                .execute(
                        "INSERT INTO running VALUES ('%s', %d, '2024-06-01T00:00:00Z', 1000000)"
                                .formatted(client, ip));
        String path = path(client, "01T00:00:00Z", "01T00:02:00Z", "step=");
        for (int state = 0; state < 3; state++) {
            assertEquals(
                    List.of(Json.of("{\"unknown\":5}"), Json.of("{\"not_delivered\":60}")),
                    stored.rows(path + "1m").stream().map(row -> row.at("missing")).toList());
            assertEquals(
                    Json.of("{\"not_delivered\":60,\"unknown\":5}"),
                    stored.rows(path + "1h").getFirst().at("missing"));
            if (state == 0) {
                stored.pack();
            } else {
                stored.merge();
            }
        }
    }

    @Test
    void missingOfAllBuckets_isWhatCompletenessSays() {
        String client = clientWithGaps();
        for (String step : List.of("7s", "1h")) {
            String window = path(client, "01T00:00:00Z", "01T00:05:00Z", "step=" + step);
            long missing = 0;
            for (Json row : stored.rows(window)) {
                missing += row.at("missing").map(Json::number).stream().mapToLong(n -> n).sum();
            }
            Json row =
                    stored.rows(
                                    window.replace("/history", "/completeness")
                                            .replace("&step=" + step, ""))
                            .getFirst();
            // A ping that was missed is stored as such, and not missing here.
            assertEquals(row.at("missing").number() - row.at("missed").number(), missing);
            assertEquals(300 - 6, missing);
        }
    }

    /** A slot each 100 s, 11 of them until now; the next is missing in a minute at the earliest. */
    private static String bucketsOfNow(String step, String pings) {
        String client = Stored.newClient();
        long ip = stored.ip(client, "192.0.2.1");
        Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(1_050);
        stored.upload(client, ip, Stored.series(start.toString(), 100_000, pings));
        RECORDER.database()
                .execute(
                        "INSERT INTO running VALUES ('%s', %d, '%s', 100000000)"
                                .formatted(client, ip, start));
        return "/history?client=%s&step=%s&start=%s&end=%s"
                .formatted(client, step, start, start.plusSeconds(4_000));
    }

    private static long missing(List<Json> rows) {
        long missing = 0;
        for (Json row : rows) {
            for (String reason : List.of("unknown", "not_delivered")) {
                Json reasons = row.at("missing");
                missing += reasons.has(reason) ? reasons.at(reason).number() : 0;
            }
        }
        return missing;
    }

    @Test
    void bucketOfNow_lacksNothingThatMayStillCome() {
        for (Json row : stored.rows(bucketsOfNow("1y", "r".repeat(11)))) {
            assertEquals(Json.of("{}"), row.at("missing"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1y", "59m"})
    void bucketOfNow_withPingsAheadOfWhatShouldBeHere_lacksWhatIsMissingBefore(String step) {
        String path = bucketsOfNow(step, "r".repeat(5) + " ".repeat(6) + "r".repeat(20));
        List<Json> rows = stored.rows(path);
        assertEquals(6, missing(rows));
        assertEquals(25, numbers(rows, "sent").stream().mapToLong(n -> n).sum());
        String completeness =
                path.replace("/history", "/completeness").replace("&step=" + step, "");
        assertEquals(6, stored.rows(completeness).getFirst().at("missing").number());
    }

    @Test
    void hourOfTooManyPings_isReadAsASummaryOnly() {
        String client = Stored.newClient();
        long ip = stored.ip(client, "192.0.2.1");
        stored.upload(client, ip, Stored.series("2024-06-01T00:50:00Z", 600_000, "rr"));
        stored.pack();
        for (String table : List.of("fresh", "block")) {
            RECORDER.database()
                    .execute(
                            "UPDATE %s SET pings = 1000001 WHERE client = '%s'"
                                    .formatted(table, client));
            String window = path(client, "01T00:30:00Z", "01T02:00:00Z", "");
            for (String call :
                    List.of(
                            window + "step=1m",
                            window.replace("/history", "/pings"),
                            window.replace("/history", "/ping-data"))) {
                String path = call.endsWith("&") ? call.substring(0, call.length() - 1) : call;
                String detail = RECORDER.get(path).problem(422);
                assertTrue(detail.contains("192.0.2.1 of " + client + " has 1,000,001"), detail);
            }
            assertEquals(
                    List.of(1L, 1L),
                    numbers(
                            stored.rows(path(client, "01T00:00:00Z", "01T02:00:00Z", "step=1h")),
                            "sent"));
            stored.rows(path(client, "02T00:00:00Z", "02T02:00:00Z", "step=1m"));
            assertEquals(
                    2, stored.rows(window.replace("/history", "/pings") + "sort=newest").size());
            stored.merge();
        }
    }

    @Test
    void history_asCsv_isTheSame() {
        String client = Stored.newClient();
        long ip = stored.ip(client, "192.0.2.1");
        stored.upload(client, ip, Stored.series("2024-06-01T00:00:00Z", 1_000, "rt"));
        String path = path(client, "01T00:00:00Z", "01T00:00:02Z", "step=1s&format=csv");
        List<String> lines = RECORDER.get(path).expect(200).text().lines().toList();
        assertEquals(
                Arrays.asList(
                        "client,ip,family,name,start,sent,received,lost,late,not_sent,missing,duplicates,cut_off,loss_percent,min,avg,max,stddev,p10,p25,p50,p75,p90,p95,p99,percentiles",
                        client
                                + ",192.0.2.1,,,2024-06-01T00:00:00Z,1,1,0,0,0,,0,0,0.0,10.0,10.0,10.0,0.0,10.0,10.0,10.0,10.0,10.0,10.0,10.0,exact",
                        client
                                + ",192.0.2.1,,,2024-06-01T00:00:01Z,1,0,1,0,0,,0,0,100.0,,,,,,,,,,,,"),
                lines);
    }

    @Test
    void ipOffTheList_isToldOfWhereItHasPings() {
        String client = Stored.newClient();
        long ip = stored.ip(client, "192.0.2.1");
        stored.upload(client, ip, Stored.series("2024-06-01T00:00:00Z", 1_000, "r"));
        RECORDER.delete("/ips/" + ip).expect(204);
        for (String step : List.of("1m", "1h")) {
            String hour = path(client, "01T00:00:00Z", "01T01:00:00Z", "step=" + step);
            assertEquals(step.equals("1h") ? 1 : 60, stored.rows(hour).size());
            String none = path(client, "01T01:00:00Z", "01T02:00:00Z", "step=" + step);
            assertEquals(0, stored.rows(none).size());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "step=1s&start=2024-01-01T00:00:00Z&end=2025-01-01T00:00:00Z, longer step",
        "step=10m&start=2024-01-01T00:00:00Z&end=2024-02-01T00:00:00Z, read one by one",
        "step=1d&start=1970-01-01T00:00:00Z&end=2400-01-01T00:00:00Z, summed up",
    })
    void tooMuch_isRefusedWithWhatToChange(String query, String part) {
        String client = Stored.newClient();
        stored.ip(client, "192.0.2.1");
        RECORDER.database()
                .execute(
                        """
                        INSERT INTO ip_total (client, ip_id, received, late, lost, not_sent, duplicates,
                            disconnected_us, first_at, last_at, last_outcome, interval_us, lost_run,
                            state, state_since)
                        SELECT client, id, 1000000000000, 0, 0, 0, 0, 0, '1971-01-01Z', '2399-01-01Z',
                            'missed', 1, 0, 'up', '1971-01-01Z' FROM ip WHERE client = '%s'
                        """
                                .formatted(client));
        String detail = RECORDER.get("/history?client=" + client + "&" + query).problem(422);
        assertTrue(detail.contains(part), detail);
    }

    @ParameterizedTest
    @CsvSource({
        "step=5, step",
        "tz=Mars, tz",
        "buckets=3, buckets",
        "ip=300.1.1.1, ip",
        "format=html, format"
    })
    void parameter_thatCannotBeMeant_isNamed(String query, String field) {
        RECORDER.get("/history?" + query).problem(400, field);
    }
}
