package org.pingrecorder.recorder.live;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pingrecorder.recorder.Answer;
import org.pingrecorder.recorder.Json;
import org.pingrecorder.recorder.TestRecorder;
import org.pingrecorder.recorder.announce.Announcements;

/** Listens to a real recorder over Server-Sent Events. */
class LiveIT {

    @RegisterExtension static final TestRecorder RECORDER = TestRecorder.create();

    private static final SeriesPosts SERIES = new SeriesPosts(RECORDER);

    @AfterEach
    void everyListener_isRemovedAtOnce() {
        await().until(() -> Heard.listeners(RECORDER) == 0);
    }

    @Test
    void pings_areHeardOnceEach_asGetPingsHasThem() {
        SERIES.post("once", "192.0.2.1", "1.5", "");
        try (Heard heard = Heard.listen(RECORDER, "?client=once")) {
            SERIES.post(
                    "once",
                    "192.0.2.1",
                    "20.113,null,19.0,7.25,null,2500",
                    """
                    ,"name":"gate \\"1\\"","ttl":57,"duplicates":{"0":2},"slip_us":{"0":1500},
                    "cut_off":[[1,2]],
                    "outcomes":{"1":{"outcome":"unreachable","type":3,"code":1,"from":"192.0.2.9"},
                    "4":{"outcome":"missed","cause":"receive_overflow"},"5":{"outcome":"late"}}
                    """);
            SERIES.post(
                    "once",
                    "host.example",
                    "0",
                    ",\"family\":\"ipv6\",\"address\":\"2001:db8::1\"");
            RECORDER.post("/record-ping/once", "{\"ip\":\"192.0.2.2\",\"latency_ms\":3.0}")
                    .expect(200);
            await().until(() -> heard.pings().size() >= 8);
            Set<String> expected = new TreeSet<>();
            RECORDER.get("/pings?client=once").expect(200).json().elements().stream()
                    .map(Json::toString)
                    .filter(ping -> !ping.contains("\"latency_ms\":1.5"))
                    .forEach(expected::add);
            Set<String> got = new TreeSet<>();
            for (Json ping : heard.pings()) {
                assertTrue(ping.at("ip_id").number() > 0, ping::toString);
                got.add(ping.toString().replaceFirst("\"ip_id\":\\d+,", ""));
            }
            assertEquals(sortedFields(expected), sortedFields(got));
            assertEquals(8, heard.pings().size());
        }
    }

    private static Set<String> sortedFields(Set<String> rows) {
        Set<String> sorted = new TreeSet<>();
        for (String row : rows) {
            List<String> fields = new ArrayList<>(List.of(row.replaceAll("[{}]", "").split(",")));
            Collections.sort(fields);
            sorted.add(fields.toString());
        }
        return sorted;
    }

    @Test
    void answer_isNotPackedNorCached_andSaysWhenToComeBack() {
        try (Heard heard = Heard.listen(RECORDER, "", "Accept-Encoding", "gzip")) {
            assertEquals("text/event-stream", heard.header("content-type"));
            assertEquals("identity", heard.header("content-encoding"));
            assertEquals("no-store", heard.header("cache-control"));
            await().until(() -> !heard.data("heartbeat").isEmpty());
        }
    }

    @Test
    void filters_leaveOutTheRest() {
        SERIES.post("f1", "198.51.100.1", "1", "");
        SERIES.post("f2", "198.51.100.1", "1", "");
        RECORDER.database().execute("UPDATE ip SET tags = '{dc}' WHERE client = 'f1'");
        RECORDER.database().execute("UPDATE client SET tags = '{branch}' WHERE name = 'f2'");
        try (Heard all = Heard.listen(RECORDER, "");
                Heard client = Heard.listen(RECORDER, "?client=f1&client=f9");
                Heard ip = Heard.listen(RECORDER, "?ip=198.51.100.2");
                Heard both = Heard.listen(RECORDER, "?ip=198.51.100.1&client=f2");
                Heard ipTag = Heard.listen(RECORDER, "?tag=dc");
                Heard clientTag = Heard.listen(RECORDER, "?tag=branch&tag=none")) {
            SERIES.post("f1", "198.51.100.1", "11", "");
            SERIES.post("f1", "198.51.100.2", "12", "");
            SERIES.post("f2", "198.51.100.1", "21", "");
            SERIES.post("f2", "198.51.100.2", "22", "");
            await().until(() -> all.pings().size() == 4);
            assertHeard(client, 11, 12);
            assertHeard(ip, 12, 22);
            assertHeard(both, 21);
            assertHeard(ipTag, 11);
            assertHeard(clientTag, 21, 22);
        }
    }

    private static void assertHeard(Heard heard, Integer... latencies) {
        await().untilAsserted(
                        () ->
                                assertEquals(
                                        List.of(latencies),
                                        heard.pings().stream()
                                                .map(ping -> (int) ping.at("latency_ms").decimal())
                                                .toList()));
    }

    @Test
    void uploadThatNobodyAnnounced_isFoundAndHeardOnce() {
        try (Heard heard = Heard.listen(RECORDER, "?client=unsaid")) {
            SERIES.post("unsaid", "192.0.2.40", "1", "");
            await().until(() -> heard.pings().size() == 1);
            RECORDER.database()
                    .execute(
                            "INSERT INTO upload (client, first_at, last_at, pings, payload) SELECT"
                                    + " client, first_at, last_at, pings, payload FROM upload WHERE"
                                    + " client = 'unsaid'");
            await().until(() -> heard.pings().size() == 2);
            SERIES.post("unsaid", "192.0.2.40", "1", "");
            await().until(() -> heard.pings().size() == 3);
        }
    }

    @Test
    void uploadThatIsPackedAlready_isToldAsDropped() {
        try (Heard heard = Heard.listen(RECORDER, "")) {
            RECORDER.bean(Announcements.class).announce("stored", Set.of("99000 packed"));
            await().until(() -> heard.data("dropped").size() == 1);
            assertEquals(1, heard.data("dropped").getFirst().at("events").number());
        }
    }

    @Test
    void reconnect_isToldSinceWhenItMissesEvents() {
        try (Heard heard = Heard.listen(RECORDER, "", "Last-Event-ID", "1795240800750000")) {
            await().until(() -> heard.data("dropped").size() == 1);
            Json dropped = heard.data("dropped").getFirst();
            assertEquals("2026-11-21T06:00:00.750Z", dropped.at("since").text());
            assertTrue(dropped.has("reason"));
        }
        try (Heard heard = Heard.listen(RECORDER, "", "Last-Event-ID", "whatever")) {
            await().until(() -> heard.data("dropped").size() == 1);
            assertFalse(heard.data("dropped").getFirst().has("since"));
        }
    }

    @Test
    void ids_areTimesThatGrow() {
        try (Heard heard = Heard.listen(RECORDER, "?client=ids")) {
            long before = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
            SERIES.post("ids", "192.0.2.50", "1", "");
            SERIES.post("ids", "192.0.2.51", "1", "");
            await().until(() -> heard.pings().size() == 2 && heard.data("state").size() == 2);
            List<Long> ids =
                    heard.events().stream()
                            .filter(one -> !one.id().isEmpty())
                            .map(one -> Long.valueOf(one.id()))
                            .toList();
            assertEquals(4, ids.size());
            assertEquals(ids.stream().sorted().distinct().toList(), ids);
            assertTrue(ids.getFirst() >= before, ids::toString);
        }
    }

    @Test
    void clients_areHeardWhenTheyChange() {
        SERIES.post("comes", "192.0.2.60", "1", "");
        RECORDER.database().execute("UPDATE client SET tags = '{dc}' WHERE name = 'comes'");
        try (Heard wants = Heard.listen(RECORDER, "?client=comes");
                Heard wantsTag = Heard.listen(RECORDER, "?tag=dc");
                Heard wantsAnother = Heard.listen(RECORDER, "?client=other");
                Heard wantsAnIp = Heard.listen(RECORDER, "?ip=192.0.2.60")) {
            RECORDER.database()
                    .execute(
                            "UPDATE client SET plan_revision = 5, plan_acked = 4 WHERE name ="
                                    + " 'comes'");
            RECORDER.bean(Announcements.class).announce("client", Set.of("comes"));
            for (Heard heard : List.of(wants, wantsTag)) {
                await().until(() -> heard.data("client").size() == 1);
                assertEquals(
                        Json.of(
                                """
                                {"client":"comes","state":"delivering","state_since":null,
                                 "plan_revision":5,"plan_acked":4,"paused":false}
                                """),
                        heard.data("client").getFirst());
            }
            // Nobody announces that time passed.
            RECORDER.database()
                    .execute(
                            "UPDATE client SET last_seen = '2026-01-01T00:00:00Z' WHERE name ="
                                    + " 'comes'");
            await().atMost(Duration.ofSeconds(20)).until(() -> wants.data("client").size() == 2);
            assertEquals("silent", wants.data("client").get(1).at("state").text());
            assertEquals(
                    "2026-01-01T00:00:00Z", wants.data("client").get(1).at("state_since").text());
            RECORDER.delete("/clients/comes").expect(204);
            await().until(() -> wants.data("client").size() == 3);
            assertEquals(
                    Json.of("{\"client\":\"comes\",\"state\":null}"), wants.data("client").get(2));
            assertEquals(List.of(), wantsAnother.data("client"));
            assertEquals(List.of(), wantsAnIp.data("client"));
        }
    }

    @Test
    void slowListener_losesTheOldestAndIsToldHowMuch() throws IOException {
        // More than what it may have waiting and what two kernels buffer.
        int batches = 24;
        int pings = 10_000;
        String latencies = "1.234,".repeat(pings - 1) + "1.234";
        HttpURLConnection slow =
                (HttpURLConnection)
                        URI.create(RECORDER.uri() + "/live?client=slow").toURL().openConnection();
        assertEquals(200, slow.getResponseCode());
        Instant start = Instant.now().minusSeconds(300_000);
        for (int i = 0; i < batches; i++) {
            SERIES.post("slow", "192.0.2.70", start.plusSeconds((long) i * pings), latencies, "");
        }
        try (Heard quick = Heard.listen(RECORDER, "?ip=192.0.2.71")) {
            SERIES.post("slow", "192.0.2.71", "9", "");
            await().until(() -> quick.pings().size() == 1);
        }
        List<Heard.One> heard = new CopyOnWriteArrayList<>();
        Thread reading =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try (BufferedReader lines =
                                            new BufferedReader(
                                                    new InputStreamReader(
                                                            slow.getInputStream(),
                                                            StandardCharsets.UTF_8))) {
                                        Heard.read(
                                                lines,
                                                one -> {
                                                    heard.add(one);
                                                    return !one.data()
                                                            .toString()
                                                            .contains("192.0.2.71\",\"name");
                                                });
                                    } catch (IOException e) {
                                        throw new UncheckedIOException(e);
                                    }
                                });
        await().atMost(Duration.ofSeconds(30)).until(() -> !reading.isAlive());
        assertTrue(heard.stream().anyMatch(one -> one.event().equals("dropped")));
        assertEquals((long) batches * pings + 1, Heard.countOf(heard));
    }

    @Test
    void tooManyListeners_areAskedToComeLater() {
        Live live = RECORDER.bean(Live.class);
        LiveFilter filter = new LiveFilter(Set.of("crowd"), Set.of(), Set.of());
        List<Listener> crowd = new ArrayList<>();
        for (int i = 0; i < Live.MOST_LISTENERS; i++) {
            crowd.add(live.open(filter));
        }
        try {
            Answer answer = RECORDER.get("/live");
            answer.problem(429);
            assertEquals("5", answer.header("retry-after"));
        } finally {
            crowd.forEach(live::close);
        }
        Heard.listen(RECORDER, "").close();
    }

    @Test
    void badFilters_areRefusedByName() {
        RECORDER.get("/live?cleint=a").problem(400, "cleint");
        RECORDER.get("/live?ip=not%20one").problem(400, "ip");
        RECORDER.get("/live?client=a%2Fb").problem(400, "client");
    }

    @Test
    void head_isAnsweredWithoutAStream() {
        assertEquals(
                0,
                RECORDER.raw("HEAD /live", "Host: " + RECORDER.authority())
                        .expect(200)
                        .body()
                        .length);
    }
}
