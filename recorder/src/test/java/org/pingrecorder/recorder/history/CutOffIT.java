package org.pingrecorder.recorder.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pingrecorder.recorder.Json;
import org.pingrecorder.recorder.TestRecorder;

/** Pings that were lost while their client was cut off, in every answer and wherever they are. */
class CutOffIT {

    private static final String START = "2024-06-01T00:00:00Z";
    private static final String DAY = "start=2024-06-01T00:00:00Z&end=2024-06-02T00:00:00Z";

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

    private static Json only(String path) {
        List<Json> rows = stored.rows(path);
        assertEquals(1, rows.size(), rows::toString);
        return rows.getFirst();
    }

    private static void assertNumbers(Map<String, Long> expected, Json row) {
        expected.forEach((name, number) -> assertEquals(number, row.at(name).number(), name));
    }

    @Test
    void answers_holdThemAgainstNoTarget_andTellThemApart() {
        String client = Stored.newClient();
        long ip = stored.ip(client, "192.0.2.1");
        // An outage goes on while the client is cut off for five pings.
        String pings = "rrrrttxxxxxtrrrm";
        stored.upload(client, ip, Stored.series(START, 1_000, pings));
        String of = DAY + "&client=" + client;
        for (String where : List.of("uploaded", "packed", "merged")) {
            Map<String, Long> counts =
                    Map.of("received", 7L, "lost", 3L, "late", 0L, "not_sent", 1L, "cut_off", 5L);
            for (String step : List.of("10m", "1h", "1d")) { // decoded, and merged of summaries
                Json bucket = stored.rows("/history?step=" + step + "&" + of).getFirst();
                assertNumbers(counts, bucket);
                assertEquals(10, bucket.at("sent").number(), where);
                assertEquals(30.0, bucket.at("loss_percent").value(), where);
            }
            Json summary = only("/summary?" + of);
            assertNumbers(counts, summary);
            assertEquals(10, summary.at("attempts").number());
            assertEquals(70.0, summary.at("pass_percent").value());
            assertEquals(30.0, summary.at("fail_percent").value());
            assertEquals(8_000.0, summary.at("disconnected_ms").value(), where);
            assertEquals(5, only("/summary?group=client&" + of).at("cut_off").number());

            List<Json> outages = stored.rows("/outages?" + of);
            assertEquals(2, outages.size(), where);
            Json outage = outages.getFirst();
            assertEquals("2024-06-01T00:00:04Z", outage.at("from").text());
            assertEquals("2024-06-01T00:00:12Z", outage.at("to").text());
            assertEquals("timeout", outage.at("cause").text());
            assertEquals(3, outage.at("lost").number());
            Json cutOff = outages.getLast();
            assertEquals("2024-06-01T00:00:06Z", cutOff.at("from").text());
            assertEquals("2024-06-01T00:00:11Z", cutOff.at("to").text());
            assertEquals("cut_off", cutOff.at("cause").text());
            assertEquals("ping", cutOff.at("ended_by").text());
            assertEquals(5, cutOff.at("lost").number());

            List<Json> all = stored.rows("/pings?" + of);
            assertEquals(16, all.size());
            assertTrue(all.stream().anyMatch(ping -> ping.toString().contains("cut_off")));
            assertEquals(10, only("/ping-data?" + of).at("pings").size());
            // The missed one is not stored.
            assertEquals(15, only("/completeness?" + of).at("stored").number(), where);
            if (where.equals("uploaded")) {
                stored.pack();
            } else {
                stored.merge();
            }
        }
    }

    @Test
    void answers_ofALongTimeCutOff_knowNothingOfTheIp() {
        String client = Stored.newClient();
        long ip = stored.ip(client, "192.0.2.1");
        stored.upload(client, ip, Stored.series(START, 1_000, "r" + "x".repeat(40)));
        String of = DAY + "&client=" + client;
        for (int packed = 0; packed < 2; packed++) {
            Json summary = only("/summary?" + of);
            assertEquals("unknown", summary.at("state").text());
            assertEquals("2024-06-01T00:00:15Z", summary.at("state_since").text());
            assertEquals(100.0, summary.at("pass_percent").value());
            assertEquals(0.0, summary.at("disconnected_ms").value());
            assertEquals(40, summary.at("cut_off").number());
            Json cutOff = only("/outages?" + of);
            assertEquals("cut_off", cutOff.at("cause").text());
            assertEquals("gap", cutOff.at("ended_by").text());
            assertEquals("2024-06-01T00:00:40Z", cutOff.at("to").text());
            stored.pack();
        }
    }

    @Test
    void outages_ofAWindowWithinBothKinds_areBothAndPagesHaveEachOnce() {
        String client = Stored.newClient();
        long ip = stored.ip(client, "192.0.2.1");
        stored.upload(client, ip, Stored.series(START, 1_000, "rtttxtxxxxxxxxxxtr"));
        stored.pack();
        String of = "start=2024-06-01T00:00:10Z&end=2024-06-01T00:00:12Z&client=" + client;
        List<Json> outages = stored.rows("/outages?" + of);
        assertEquals(
                List.of("timeout", "cut_off"),
                outages.stream().map(outage -> outage.at("cause").text()).toList());
        assertEquals("2024-06-01T00:00:06Z", outages.getLast().at("from").text());
        List<Json> paged = new ArrayList<>();
        RECORDER.pages("/outages?" + of + "&limit=1")
                .forEach(page -> paged.addAll(page.json().elements()));
        assertEquals(outages, paged);
    }

    @Test
    void summary_sortedByThem_andAsCsv_hasThem() {
        String client = Stored.newClient();
        stored.upload(client, stored.ip(client, "192.0.2.1"), Stored.series(START, 1_000, "rx"));
        stored.upload(client, stored.ip(client, "192.0.2.2"), Stored.series(START, 1_000, "xx"));
        String of = DAY + "&client=" + client;
        String csv = RECORDER.get("/summary?format=csv&" + of).expect(200).text();
        assertTrue(csv.contains(",not_sent,cut_off,"), csv);
        List<Json> sorted = stored.rows("/summary?sort=-cut_off&" + of);
        assertEquals("192.0.2.2", sorted.getFirst().at("ip").text());
    }
}
