package org.pingrecorder.recorder.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pingrecorder.recorder.intake.Deliveries.batch;
import static org.pingrecorder.recorder.intake.Deliveries.gzip;
import static org.pingrecorder.recorder.intake.Deliveries.lines;
import static org.pingrecorder.recorder.intake.Deliveries.series;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pingrecorder.recorder.Json;
import org.pingrecorder.recorder.TestRecorder;
import org.pingrecorder.recorder.samples.Cause;
import org.pingrecorder.recorder.samples.Extra;
import org.pingrecorder.recorder.samples.Hours;
import org.pingrecorder.recorder.samples.Samples;
import org.pingrecorder.wire.Outcome;

/** Batches of a spool: stored exactly once, ping by ping as they came. */
class RecordPingsIT {

    private static final String START = "2024-03-01T06:00:00.250Z";

    @RegisterExtension static final TestRecorder RECORDER = TestRecorder.create();

    private final Deliveries deliveries = new Deliveries(RECORDER);

    @Test
    void batch_withEverything_isStoredAsItCame() {
        String full =
                """
                {"spool":"3f0c","batch":1042,"sealed_at":"2024-03-01T06:00:04.750Z","new_field":[{}],
                 "clock":{"epoch":3,"offset_us":-120},
                 "series":[{"ip":"192.0.2.7","name":"gw","start":"2024-03-01T06:00:00.250Z",
                   "interval_ms":1000,"latency_ms":[20.113,null,2019.998,null,1],
                   "outcomes":{"1":{"outcome":"unreachable","type":3,"code":1,"from":"192.0.2.1"},
                     "2":{"outcome":"late"},"3":{"outcome":"missed","cause":"receive_overflow"}},
                   "address":"192.0.2.7","ttl":57,"ttls":{"2":56},
                   "duplicates":{"0":2},"slip_us":{"0":1500},"cut_off":[[1,3]]},
                  {"ip":"Router.Example.","family":"ipv6","start":"2024-03-01T06:00:00Z",
                   "latency_ms":[null],"address":"2001:DB8::7"}],
                 "gaps":[{"ip":"192.0.2.7","from":"2024-03-01T05:00:00Z","to":"2024-03-01T05:10:00Z","reason":"dropped"},
                         {"from":"2024-03-01T05:00:00Z","reason":"stopped"}],
                 "running":[{"ip":"192.0.2.7","from":"2024-03-01T06:00:00.250Z","interval_ms":1000}]}
                """;
        Instant before = Instant.now();
        Json receipt = deliveries.receipt("full", full);
        assertEquals("3f0c", receipt.at("spool").text());
        assertEquals(1042L, receipt.at("batch").number());
        assertEquals("stored", receipt.at("status").text());
        assertEquals(6L, receipt.at("stored").number());
        assertFalse(receipt.has("refused") || receipt.has("quarantined"));
        long time = receipt.at("time_us").number();
        assertTrue(time >= Hours.micros(before) && time <= Hours.micros(Instant.now()));

        Samples gw = deliveries.stored("full", "192.0.2.7");
        assertEquals(5, gw.size());
        assertEquals(Hours.micros(Instant.parse(START)), gw.atMicros(0));
        assertEquals(1_000_000, gw.atMicros(4) - gw.atMicros(3));
        assertEquals(1_000_000, gw.intervalMicros(2));
        assertEquals(
                List.of(
                        Outcome.REPLY,
                        Outcome.UNREACHABLE,
                        Outcome.LATE,
                        Outcome.MISSED,
                        Outcome.REPLY),
                IntStream.range(0, 5).mapToObj(gw::outcome).toList());
        assertEquals(
                List.of(20_113, -1, 2_019_998, -1, 1_000),
                IntStream.range(0, 5).mapToObj(gw::latencyMicros).toList());
        assertEquals(List.of(57, -1, 56, -1, 56), IntStream.range(0, 5).mapToObj(gw::ttl).toList());
        assertEquals(new Extra(2, 1_500, false, null), gw.extra(0));
        assertEquals(new Extra(0, 0, true, new Cause(3, 1, "192.0.2.1", null)), gw.extra(1));
        assertEquals(new Extra(0, 0, true, null), gw.extra(2));
        assertEquals(new Extra(0, 0, false, Cause.of("receive_overflow")), gw.extra(3));
        assertNull(gw.address(0), "the ip itself");

        Samples half = deliveries.stored("full", "router.example/6");
        assertEquals("2001:db8::7", half.address(0));
        assertEquals(0, half.intervalMicros(0));
        assertEquals(Outcome.TIMEOUT, half.outcome(0));

        Json ip = RECORDER.get("/ips?client=full").expect(200).json().at(0);
        assertEquals("gw", ip.at("name").text());
        assertEquals("post", ip.at("source").text());
        assertEquals(
                1,
                RECORDER.database()
                        .number(
                                "SELECT count(*) FROM running WHERE client = 'full' AND interval_us"
                                        + " = 1000000 AND from_at = '2024-03-01T06:00:00.250Z'"));
        assertEquals(
                1,
                RECORDER.database()
                        .number(
                                "SELECT count(*) FROM gap WHERE client = 'full' AND ip_id IS NOT"
                                    + " NULL AND reason = 'dropped' AND to_at - from_at = interval"
                                    + " '10 min'"));
        assertEquals(
                1,
                RECORDER.database()
                        .number(
                                "SELECT count(*) FROM gap WHERE client = 'full' AND ip_id IS NULL"
                                        + " AND to_at IS NULL AND reason = 'stopped'"));
    }

    @Test
    void batch_sentAgain_changesNothing() {
        String running =
                "\"running\":[{\"ip\":\"192.0.2.1\",\"from\":\""
                        + START
                        + "\",\"interval_ms\":1000}]";
        String gap = "\"gaps\":[{\"from\":\"" + START + "\",\"reason\":\"paused\"}]";
        String bad = series("192.0.2.1", START, "1,2,-3");
        String first = batch("s", 5, bad, running, gap);
        assertEquals(2L, deliveries.receipt("again", first).at("stored").number());
        for (String later : List.of(first, batch("s", 5, ""), batch("s", 1, bad))) {
            Json receipt = deliveries.receipt("again", later);
            assertEquals("already_stored", receipt.at("status").text());
            assertEquals(0L, receipt.at("stored").number());
            assertFalse(receipt.has("refused"));
        }
        assertEquals(2, deliveries.count("again"));
        assertEquals(
                1, RECORDER.database().number("SELECT count(*) FROM gap WHERE client = 'again'"));
        assertEquals(1, RECORDER.get("/refusals?client=again").expect(200).json().size());
        assertEquals("stored", deliveries.receipt("again", batch("s", 6, bad)).at("status").text());
        assertEquals("stored", deliveries.receipt("again", batch("t", 5, bad)).at("status").text());
        assertEquals("stored", deliveries.receipt("other", batch("s", 5, bad)).at("status").text());
        assertEquals(6, deliveries.count("again"));
    }

    @Test
    void batch_sentByManyAtOnce_isStoredByOne() throws Exception {
        List<Callable<String>> sends = new ArrayList<>();
        for (int number = 1; number <= 10; number++) {
            String lines =
                    batch("s", 2L * number, series("192.0.2.1", START, "1"))
                            + "\n"
                            + batch("s", 2L * number, series("192.0.2.1", START, "1"))
                            + "\n"
                            + batch("s", 2L * number + 1, series("192.0.2.2", START, "1"));
            sends.addAll(
                    Collections.nCopies(
                            8, () -> deliveries.postLines("race", lines).expect(200).text()));
        }
        try (ExecutorService senders = Executors.newFixedThreadPool(16)) {
            for (int i = 0; i < sends.size(); i += 8) {
                int stored = 0;
                for (Future<String> answer : senders.invokeAll(sends.subList(i, i + 8))) {
                    for (String line : answer.get().lines().toList()) {
                        stored += Json.of(line).at("status").text().equals("stored") ? 1 : 0;
                    }
                }
                assertEquals(2, stored);
            }
        }
        assertEquals(20, deliveries.count("race"));
    }

    @Test
    void lines_areAnsweredInTheirOrder() {
        String[] batches =
                IntStream.rangeClosed(1, 1_000)
                        .mapToObj(i -> batch("s", i, series("192.0.2.1", START, "1,2")))
                        .toArray(String[]::new);
        List<Json> receipts = lines(deliveries.postLines("lines", batches));
        assertEquals(1_000, receipts.size());
        for (int i = 0; i < 1_000; i++) {
            assertEquals(i + 1L, receipts.get(i).at("batch").number());
            assertEquals("stored", receipts.get(i).at("status").text());
        }
        assertEquals(2_000, deliveries.count("lines"));
        assertEquals(
                1,
                RECORDER.database().number("SELECT count(*) FROM upload WHERE client = 'lines'"));
    }

    @Test
    void gzip_isUnpacked() {
        String one = batch("s", 1, series("192.0.2.1", START, "1"));
        String two = batch("s", 2, series("192.0.2.1", START, "2"));
        deliveries.postGzip("gzip", gzip(one), "application/json").expect(200);
        List<Json> receipts =
                lines(
                        deliveries.postGzip(
                                "gzip", gzip(one + "\n" + two + "\n"), Deliveries.NDJSON));
        assertEquals("already_stored", receipts.get(0).at("status").text());
        assertEquals("stored", receipts.get(1).at("status").text());
        assertEquals(2, deliveries.count("gzip"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1,\"2\",3]       |                                                    | 1",
                "[1,-2,3]          |                                                    | 1",
                "[1,600000.001,3]  |                                                    | 1",
                "[1,1e400,3]       |                                                    | 1",
                "[1,[[]],3]        |                                                    | 1",
                "[1,{\"a\":1},3]   |                                                    | 1",
                "[1,true,3]        |                                                    | 1",
                "[1,null,3]        | ,\"outcomes\":{\"1\":{\"outcome\":\"reply\"}}      | 1",
                "[1,2,3]           | ,\"outcomes\":{\"1\":{\"outcome\":\"timeout\"}}    | 1",
                "[1,2,3]           | ,\"outcomes\":{\"1\":{\"outcome\":\"lost\"}}       | 1",
                "[1,2,3]           | ,\"outcomes\":{\"1\":\"late\"}                     | 1",
                "[1,2,3]           | ,\"outcomes\":{\"1\":{}}                           | 1",
            })
    void ping_thatIsWrong_isRefusedByItsPlaceAndTheOthersStored(
            String latencies, String more, int index) {
        String client = "bad-" + Integer.toHexString((latencies + more).hashCode());
        String series =
                "{\"ip\":\"192.0.2.1\",\"start\":\"%s\",\"interval_ms\":1000,\"latency_ms\":%s%s}"
                        .formatted(START, latencies, more == null ? "" : more);
        Json receipt = deliveries.receipt(client, batch("s", 1, series));
        assertEquals(2L, receipt.at("stored").number());
        assertEquals(1, receipt.at("refused").size());
        Json refused = receipt.at("refused").at(0);
        assertEquals(0L, refused.at("series").number());
        assertEquals((long) index, refused.at("index").number());
        assertFalse(refused.at("reason").text().isBlank());
        Samples stored = deliveries.stored(client, "192.0.2.1");
        assertEquals(2_000_000, stored.atMicros(1) - stored.atMicros(0));
        Json listed = RECORDER.get("/refusals?client=" + client).expect(200).json().at(0);
        assertEquals(refused.at("reason").text(), listed.at("reason").text());
        assertEquals("refused", listed.at("kind").text());
        assertTrue(listed.at("content").text().contains("2024-03-01T06:00:01.250Z"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"start\":\"2024-03-01T06:00:00Z\",\"latency_ms\":[1]} | 'ip'",
                "{\"ip\":7,\"start\":\"2024-03-01T06:00:00Z\",\"latency_ms\":[1]} | 'ip'",
                "{\"ip\":\"300.1.1.1\",\"start\":\"2024-03-01T06:00:00Z\",\"latency_ms\":[1]} |"
                        + " 'ip'",
                "{\"ip\":\"192.0.2.1\",\"latency_ms\":[1]} | 'start'",
                "{\"ip\":\"192.0.2.1\",\"start\":\"now\",\"latency_ms\":[1]} | 'start'",
                "{\"ip\":\"192.0.2.1\",\"start\":\"2024-03-01T06:00:00Z\"} | 'latency_ms'",
                "{\"ip\":\"192.0.2.1\",\"start\":\"2024-03-01T06:00:00Z\",\"latency_ms\":[]} |"
                        + " 'latency_ms'",
                "{\"ip\":\"192.0.2.1\",\"start\":\"2024-03-01T06:00:00Z\",\"latency_ms\":1} |"
                        + " 'latency_ms'",
                "{\"ip\":\"192.0.2.1\",\"start\":\"2024-03-01T06:00:00Z\",\"latency_ms\":[1,2]} |"
                        + " 'interval_ms'",
                "{\"ip\":\"192.0.2.1\",\"start\":\"2024-03-01T06:00:00Z\",\"interval_ms\":9.999,\"latency_ms\":[1]}"
                    + " | 'interval_ms'",
                "{\"ip\":\"192.0.2.1\",\"start\":\"2024-03-01T06:00:00Z\",\"interval_ms\":3600000.1,\"latency_ms\":[1]}"
                    + " | 'interval_ms'",
                "{\"ip\":\"192.0.2.1\",\"start\":\"2024-03-01T06:00:00Z\",\"interval_ms\":\"1\",\"latency_ms\":[1]}"
                    + " | 'interval_ms'",
                "{\"ip\":\"192.0.2.1\",\"ip\":\"192.0.2.2\",\"start\":\"2024-03-01T06:00:00Z\",\"latency_ms\":[1]}"
                    + " | twice",
                "{\"ip\":\"192.0.2.1\",\"family\":\"ipv4\",\"start\":\"2024-03-01T06:00:00Z\",\"latency_ms\":[1]}"
                    + " | 'family'",
                "{\"ip\":\"a.example\",\"family\":4,\"start\":\"2024-03-01T06:00:00Z\",\"latency_ms\":[1]}"
                    + " | 'family'",
                "{\"ip\":\"192.0.2.1\",\"start\":\"1999-12-31T23:59:59.999999Z\",\"latency_ms\":[1]}"
                    + " | 2000-01-01",
                "[] | object",
                "null | object",
                "7 | object",
            })
    void series_thatIsWrong_isRefusedAndTheOthersStored(String bad, String reason) {
        String client = "series-" + Integer.toHexString(bad.hashCode());
        Json receipt =
                deliveries.receipt(
                        client, batch("s", 1, bad + "," + series("192.0.2.9", START, "1,null")));
        assertEquals(2L, receipt.at("stored").number());
        assertEquals(1, receipt.at("refused").size());
        Json refused = receipt.at("refused").at(0);
        assertEquals(0L, refused.at("series").number());
        assertFalse(refused.has("index"));
        assertTrue(refused.at("reason").text().contains(reason), refused::toString);
        assertEquals(1, deliveries.stored(client).size());
        assertEquals(2, deliveries.stored(client, "192.0.2.9").size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"ttl\":256",
                "\"ttl\":\"57\"",
                "\"ttls\":[]",
                "\"ttls\":{\"x\":5}",
                "\"name\":7",
                "\"name\":\"a\\u0000b\"",
                "\"address\":\"999.1.1.1\"",
                "\"cut_off\":[[2,1]]",
                "\"cut_off\":[[0,1,2]]",
                "\"cut_off\":{}",
                "\"outcomes\":{\"2\":{\"outcome\":\"late\"}}",
                "\"outcomes\":[]",
                "\"duplicates\":{\"99999999999\":1}",
                "\"duplicates\":{\"1\":0}",
                "\"slip_us\":{\"1\":1.5}",
                "\"outcomes\":{\"1\":{\"outcome\":\"unreachable\",\"from\":\"x y\"}}",
            })
    void extra_thatIsWrong_isLeftOutAndListed(String extra) {
        String client = "extra-" + Integer.toHexString(extra.hashCode());
        Json receipt =
                deliveries.receipt(
                        client, batch("s", 1, series("192.0.2.1", START, "1,null", extra)));
        assertEquals(2L, receipt.at("stored").number());
        assertFalse(receipt.has("refused"));
        Json listed = RECORDER.get("/refusals?client=" + client).expect(200).json().at(0);
        assertTrue(listed.at("reason").text().endsWith("the pings are stored without"));
    }

    @Test
    void gapsAndRunning_thatAreWrong_areListedAndTheRestStored() {
        String gaps =
                """
                "gaps":[7,{"from":"2024-03-01T06:00:00Z","reason":"lunch"},{"reason":"paused"},
                  {"ip":"x y","from":"2024-03-01T06:00:00Z","reason":"paused"},
                  {"from":"2024-03-01T06:00:00Z","to":"2024-03-01T05:00:00Z","reason":"paused"},
                  {"from":"2024-03-01T06:00:00Z","reason":"paused"}]
                """;
        String running =
                """
                "running":[{"from":"2024-03-01T06:00:00Z","interval_ms":1000},
                  {"ip":"192.0.2.1","interval_ms":1000},
                  {"ip":"192.0.2.1","from":"2024-03-01T06:00:00Z","interval_ms":-1},
                  {"ip":"192.0.2.1","from":"2024-03-01T06:00:00Z","interval_ms":500}]
                """;
        String batch = batch("s", 1, series("192.0.2.1", START, "1"), gaps, running);
        assertEquals(1L, deliveries.receipt("spans", batch).at("stored").number());
        assertEquals(8, RECORDER.get("/refusals?client=spans").expect(200).json().size());
        assertEquals(
                1, RECORDER.database().number("SELECT count(*) FROM gap WHERE client = 'spans'"));
        assertEquals(
                500_000,
                RECORDER.database()
                        .number("SELECT interval_us FROM running WHERE client = 'spans'"));
    }

    @Test
    void ip_thatWasDeletedOrRenamed_isLookedUpAgain() {
        String named = series("192.0.2.1", START, "1", "\"name\":\"first\"");
        deliveries.receipt("list", batch("s", 1, named));
        Json ip = RECORDER.get("/ips?client=list").json().at(0);
        assertEquals("first", ip.at("name").text());
        RECORDER.put("/ips/" + ip.at("id").number(), "{\"name\":null}").expect(200);
        String renamed = series("192.0.2.1", START, "1", "\"name\":\"second\"");
        deliveries.receipt("list", batch("s", 2, renamed));
        assertEquals("second", RECORDER.get("/ips?client=list").json().at(0).at("name").text());
        RECORDER.delete("/ips/" + ip.at("id").number()).expect(204);
        deliveries.receipt("list", batch("s", 2, renamed));
        assertEquals(0, RECORDER.get("/ips?client=list").json().size(), "nothing was new");
        deliveries.receipt("list", batch("s", 3, renamed));
        Json back = RECORDER.get("/ips?client=list").json().at(0);
        assertEquals(ip.at("id").number(), back.at("id").number());
        assertEquals(3, deliveries.count("list"));
    }

    @Test
    void spool_ofNoSeries_movesItsMark() {
        assertEquals("stored", deliveries.receipt("none", batch("s", 3, "")).at("status").text());
        assertEquals(
                "already_stored",
                deliveries.receipt("none", batch("s", 3, "")).at("status").text());
        assertEquals(0, deliveries.count("none"));
        assertTrue(RECORDER.get("/clients").json().texts("client").contains("none"));
    }

    @Test
    void refusals_areDeletedOldestFirstWhereThereAreTooMany() {
        String wrong = series("192.0.2.1", START, "-1,".repeat(5_999) + "-1");
        for (int i = 1; i <= 3; i++) {
            deliveries.receipt("many", batch("s", i, wrong));
        }
        assertEquals(
                RefusalStore.MOST_KEPT,
                RECORDER.database().number("SELECT count(*) FROM refusal WHERE client = 'many'"));
        assertEquals(
                2,
                RECORDER.database().number("SELECT min(batch) FROM refusal WHERE client = 'many'"));
    }
}
