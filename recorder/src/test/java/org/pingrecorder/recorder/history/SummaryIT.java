package org.pingrecorder.recorder.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pingrecorder.recorder.Answer;
import org.pingrecorder.recorder.Json;
import org.pingrecorder.recorder.TestRecorder;

/** {@code /summary}, {@code /outages} and {@code /completeness} over pings of the last minutes. */
class SummaryIT {

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

    /** The time of the first of so many pings a second apart, the last of which was just sent. */
    private static Instant startOf(String pattern) {
        return Instant.now()
                .truncatedTo(ChronoUnit.SECONDS)
                .minusSeconds(pattern.length())
                .minusMillis(500);
    }

    private static Instant upload(String client, long ip, String pattern) {
        Instant start = startOf(pattern);
        stored.upload(client, ip, Stored.series(start.toString(), 1_000, pattern));
        return start;
    }

    private static Json only(String path) {
        List<Json> rows = stored.rows(path);
        assertEquals(1, rows.size(), rows::toString);
        return rows.getFirst();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ip_thatIsDown_isSoFromItsFirstLostPing(boolean packedInTheMiddle) {
        String client = Stored.newClient();
        long ip = stored.ip(client, "192.0.2.1");
        String before = "rrrrrrrrLm";
        String after = "tttut";
        Instant start = startOf(before + after);
        stored.upload(client, ip, Stored.series(start.toString(), 1_000, before + after.charAt(0)));
        if (packedInTheMiddle) {
            stored.pack();
        }
        Instant second = start.plusSeconds(before.length() + 1);
        stored.upload(client, ip, Stored.series(second.toString(), 1_000, after.substring(1)));

        Json row = only("/summary?client=" + client);
        assertEquals("down", row.at("state").text());
        Instant down = start.plusSeconds(before.length());
        assertEquals(down.toString(), row.at("state_since").text());
        assertEquals(14, row.at("attempts").number());
        assertEquals(8, row.at("received").number());
        assertEquals(5, row.at("lost").number());
        assertEquals(1, row.at("late").number());
        assertEquals(1, row.at("not_sent").number());
        assertEquals(57.143, row.at("pass_percent").value());
        assertEquals(42.857, row.at("fail_percent").value());
        assertEquals("timeout", row.at("last_outcome").text());
        double disconnected = Objects.requireNonNull((Double) row.at("disconnected_ms").value());
        assertTrue(disconnected >= 4_000 && disconnected < 60_000, "for " + disconnected);

        Json outage = only("/outages?client=" + client);
        assertEquals(down.toString(), outage.at("from").text());
        assertEquals(5, outage.at("lost").number());
        assertEquals("timeout", outage.at("cause").text());
        assertEquals(null, outage.at("to").value());

        Instant reply = start.plusSeconds((before + after).length());
        stored.upload(client, ip, Stored.series(reply.toString(), 1_000, "r"));
        for (int packed = 0; packed < 2; packed++) {
            assertEquals("up", only("/summary?client=" + client).at("state").text());
            Json ended = only("/outages?client=" + client);
            assertEquals(reply.toString(), ended.at("to").text());
            assertEquals("reply", ended.at("ended_by").text());
            assertEquals(5_000.0, ended.at("duration_ms").value());
            assertEquals(5_000.0, only("/summary?client=" + client).at("disconnected_ms").value());
            stored.pack();
        }
    }

    @Test
    void ip_thatIsSilent_isUnknownAndItsOutageEndedByAGap() {
        String client = Stored.newClient();
        long ip = stored.ip(client, "192.0.2.1");
        stored.upload(client, ip, Stored.series("2024-06-01T00:00:00Z", 1_000, "rttt"));
        for (int packed = 0; packed < 2; packed++) {
            Json row = only("/summary?client=" + client);
            assertEquals("unknown", row.at("state").text());
            assertEquals("2024-06-01T00:00:18Z", row.at("state_since").text());
            assertEquals(0, row.at("attempts").number());
            assertEquals(null, row.at("pass_percent").value());
            Json outage =
                    only(
                            "/outages?start=2024-06-01T00:00:02Z&end=2024-06-02T00:00:00Z&client="
                                    + client);
            assertEquals("gap", outage.at("ended_by").text());
            assertEquals("2024-06-01T00:00:03Z", outage.at("to").text());
            stored.pack();
        }
    }

    @Test
    void rows_areFilteredSortedAndPaged() {
        String client = Stored.newClient();
        upload(client, stored.ip(client, "192.0.2.3"), "rrr");
        upload(client, stored.ip(client, "192.0.2.1"), "ttt");
        stored.ip(client, "192.0.2.2");
        String of = "/summary?client=" + client;
        assertEquals(List.of("192.0.2.1", "192.0.2.2", "192.0.2.3"), ips(of));
        assertEquals(List.of("192.0.2.1", "192.0.2.2", "192.0.2.3"), ips(of + "&sort=-lost"));
        assertEquals(List.of("192.0.2.2", "192.0.2.3", "192.0.2.1"), ips(of + "&sort=lost"));
        assertEquals(
                List.of("192.0.2.3", "192.0.2.1", "192.0.2.2"), ips(of + "&sort=-pass_percent"));
        assertEquals(List.of("192.0.2.1"), ips(of + "&state=down"));
        assertEquals(List.of("192.0.2.2", "192.0.2.3"), ips(of + "&state=up&state=unknown"));
        assertEquals(List.of("192.0.2.2"), ips(of + "&search=.2.2"));
        assertEquals(
                List.of("192.0.2.3", "192.0.2.2", "192.0.2.1"),
                RECORDER.pages(of + "&sort=-ip&limit=1").stream()
                        .map(page -> page.json().at(0).at("ip").text())
                        .toList());
        Json group = only(of + "&group=client");
        assertEquals(3, group.at("ips").number());
        assertEquals(1, group.at("down").number());
        assertEquals(6, group.at("attempts").number());
        assertEquals(3, stored.rows(of + "&group=ip").size());
    }

    private static List<String> ips(String path) {
        return stored.rows(path).stream().map(row -> row.at("ip").text()).toList();
    }

    @Test
    void spark_isTheMeanOfEachPart() {
        String client = Stored.newClient();
        long ip = stored.ip(client, "192.0.2.1");
        stored.upload(client, ip, Stored.series("2024-06-01T00:00:00Z", 1_000, "rrrr  tt"));
        String of =
                "/summary?client=%s&start=2024-06-01T00:00:00Z&end=2024-06-01T00:00:08Z&spark=4";
        assertEquals(
                Arrays.asList(10.001, 10.003, null, null),
                only(of.formatted(client)).at("spark").map(Json::value));
        String day =
                "/summary?client=%s&start=2024-06-01T00:00:00Z&end=2024-06-02T00:00:00Z&spark=200";
        assertEquals(24, only(day.formatted(client)).at("spark").size());
        stored.merge();
        Json merged = only(day.formatted(client));
        assertEquals(10.002, merged.at("spark").map(Json::value).getFirst());
        assertEquals(6, merged.at("attempts").number());
    }

    @Test
    void completeness_givesTheReasonOfEachMissingSlot() {
        String client = Stored.newClient();
        long ip = stored.ip(client, "192.0.2.1");
        Instant start = Instant.parse("2024-06-01T00:00:00Z");
        // Slots 0 to 59: one missed, one lost on the way, then dropped, stopped, never delivered.
        stored.upload(
                client,
                ip,
                Stored.series(start.toString(), 1_000, "rrrm r" + " ".repeat(44) + "r"));
        RECORDER.database()
                .execute(
                        """
                        INSERT INTO running VALUES ('%1$s', %2$d, '2024-06-01T00:00:00Z', 1000000);
                        INSERT INTO gap (client, ip_id, from_at, to_at, reason) VALUES
                            ('%1$s', null, '2024-06-01T00:00:10Z', '2024-06-01T00:00:20Z', 'dropped'),
                            ('%1$s', %2$d, '2024-06-01T00:00:20Z', '2024-06-01T00:00:25Z', 'stopped')
                        """
                                .formatted(client, ip));
        String of =
                "/completeness?client=%s&start=2024-06-01T00:00:00Z&end=2024-06-01T00:01:00Z"
                        .formatted(client);
        for (int state = 0; state < 3; state++) {
            Json row = only(of);
            assertEquals(60, row.at("expected").number());
            assertEquals(5, row.at("stored").number());
            assertEquals(55, row.at("missing").number());
            assertEquals(1, row.at("missed").number());
            assertEquals(10, row.at("dropped").number());
            assertEquals(5, row.at("stopped").number());
            assertEquals(0, row.at("not_running").number());
            // After the newest ping that is here, less the 5 s that one may be undecided.
            assertEquals(14, row.at("not_delivered").number());
            assertEquals(25, row.at("unknown").number());
            if (state == 0) {
                stored.pack();
            } else {
                stored.merge();
            }
        }
    }

    @Test
    void completeness_ofASilentClient_isNotDeliveredWhateverIsPosted() {
        String client = Stored.newClient();
        long ip = stored.ip(client, "192.0.2.1");
        stored.upload(client, ip, Stored.series("2024-06-01T00:00:00Z", 1_000, "rrrrrrrrrr"));
        stored.upload(client, ip, Stored.series("2024-06-01T00:00:50Z", 0, "r"));
        RECORDER.database()
                .execute(
                        "INSERT INTO running VALUES ('%s', %d, '2024-06-01T00:00:00Z', 1000000)"
                                .formatted(client, ip));
        String of = "/completeness?client=%s&start=2024-06-01T00:00:00Z&end=2024-06-01T00:01:00Z";
        for (int state = 0; state < 3; state++) {
            Json row = only(of.formatted(client));
            assertEquals(11, row.at("stored").number());
            assertEquals(49, row.at("not_delivered").number());
            assertEquals(0, row.at("unknown").number());
            if (state == 0) {
                stored.pack();
            } else {
                stored.merge();
            }
        }
    }

    @Test
    void completeness_ofAnOpenGap_lastsUntilTheNextStart() {
        String client = Stored.newClient();
        long ip = stored.ip(client, "192.0.2.1");
        RECORDER.database()
                .execute(
                        """
                        INSERT INTO running VALUES
                            ('%1$s', %2$d, '2024-06-01T00:00:00Z', 1000000),
                            ('%1$s', %2$d, '2024-06-01T00:00:30Z', 10000000);
                        INSERT INTO gap (client, ip_id, from_at, to_at, reason) VALUES
                            ('%1$s', null, '2024-06-01T00:00:10Z', null, 'not_running')
                        """
                                .formatted(client, ip));
        Json row =
                only(
                        "/completeness?client=%s&start=2024-06-01T00:00:00Z&end=2024-06-01T00:01:00Z"
                                .formatted(client));
        assertEquals(33, row.at("expected").number());
        assertEquals(20, row.at("not_running").number());
        assertEquals(13, row.at("not_delivered").number());
    }

    @Test
    void completeness_withoutATimetable_isNotKnown() {
        String client = Stored.newClient();
        long ip = stored.ip(client, "192.0.2.1");
        Instant start = Instant.now().minus(Duration.ofMinutes(5)).truncatedTo(ChronoUnit.SECONDS);
        stored.upload(client, ip, Stored.series(start.toString(), 1_000, "rr"));
        Json row = only("/completeness?client=" + client);
        assertEquals(null, row.at("expected").value());
        assertEquals(null, row.at("missing").value());
        assertEquals(2, row.at("stored").number());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/summary?client=%s",
                "/outages?client=%s",
                "/outages?limit=1&client=%s",
                "/completeness?client=%s",
                "/pings?client=%s&start=2024-06-01T00:00:00Z&end=2024-06-01T01:00:00Z",
                "/history?client=%s&step=1m&start=2024-06-01T00:00:00Z&end=2024-06-01T01:00:00Z",
                "/history?ip=192.0.2.1&client=%s&start=2024-06-01T00:00:00Z&end=2024-06-09T01:00:00Z"
            })
    void backlogLargerThanMemoryMayHold_isNotRead(String path) {
        String client = Stored.newClient();
        long ip = stored.ip(client, "192.0.2.1");
        stored.upload(client, ip, Stored.series("2024-06-01T00:00:00Z", 1_000, "rr"));
        RECORDER.get(path.formatted(client)).expect(200);
        RECORDER.database()
                .execute("UPDATE upload SET pings = 5000001 WHERE client = '" + client + "'");
        Answer answer = RECORDER.get(path.formatted(client));
        assertEquals("Packing is behind by 5,000,001 pings; ask again later.", answer.problem(503));
        assertEquals("5", answer.header("retry-after"));
        RECORDER.database().execute("UPDATE upload SET pings = 2 WHERE client = '" + client + "'");
        RECORDER.get(path.formatted(client)).expect(200);
    }

    @ParameterizedTest
    @CsvSource({
        "/summary?sort=size, sort",
        "/summary?state=off, state",
        "/summary?group=name, group",
        "/summary?spark=201, spark",
        "/summary?spark=5&group=ip, spark",
        "/summary?cursor=AAAA, cursor",
        "/outages?cursor=AAAA, cursor",
        "/outages?sort=from, sort",
        "/completeness?limit=1, limit",
        "/completeness?start=now, start",
    })
    void parameter_thatCannotBeMeant_isNamed(String path, String field) {
        RECORDER.get(path).problem(400, field);
    }
}
