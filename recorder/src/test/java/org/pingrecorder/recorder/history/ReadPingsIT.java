package org.pingrecorder.recorder.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pingrecorder.recorder.Json;
import org.pingrecorder.recorder.TestRecorder;

class ReadPingsIT {

    private static final String WINDOW = "start=2024-06-01T00:00:00Z&end=2024-06-01T00:01:00Z";

    private static final String CSV_HEADER =
            "client,ip,family,name,at,outcome,latency_ms,type,code,from,cause,ttl,duplicates,slip_us,cut_off,address,client_time\r\n";

    private static final String NAME = Json.quote("Gate, \"A\"");

    @RegisterExtension static final TestRecorder RECORDER = TestRecorder.create();

    @BeforeAll
    static void record() {
        record("paris", "192.0.2.1", "00:00:00", "1.5", "reply", NAME);
        record("paris", "192.0.2.1", "00:00:01", "null", "timeout", NAME);
        record("paris", "192.0.2.1", "00:00:02", "null", "missed", NAME);
        record("paris", "fe80::1%eth0", "00:00:00.000001", "3200.25", "late", "null");
        record("berlin", "192.0.2.1", "00:00:59.999999", "0", "reply", "null");
        record("berlin", "192.0.2.1", "00:01:00", "9", "reply", "null");
        record("berlin", "192.0.2.2", "00:00:30", "null", "send_error", "null");
    }

    private static void record(
            String client, String ip, String time, String latency, String outcome, String name) {
        String body =
                "{\"ip\":\"%s\",\"at\":\"2024-06-01T%sZ\",\"latency_ms\":%s,\"outcome\":\"%s\",\"name\":%s}"
                        .formatted(ip, time, latency, outcome, name);
        RECORDER.post("/record-ping/" + client, body).expect(200);
    }

    private static Json get(String path) {
        return RECORDER.get(path).expect(200).json();
    }

    @Test
    void pings_areByClientAndIpThenTime() {
        Json pings = get("/pings?" + WINDOW);
        assertEquals(
                List.of("berlin", "berlin", "paris", "paris", "paris", "paris"),
                pings.texts("client"));
        assertEquals(
                List.of("reply", "send_error", "reply", "timeout", "missed", "late"),
                pings.texts("outcome"));
        assertEquals(
                Json.of(
                        """
                        {"client":"paris","ip":"192.0.2.1","name":"Gate, \\"A\\"",
                         "at":"2024-06-01T00:00:01Z","outcome":"timeout","latency_ms":null}
                        """),
                pings.at(3));
    }

    @Test
    void window_startsInclusiveAndEndsExclusive() {
        assertEquals(
                2,
                get("/pings?client=berlin&start=2024-06-01T00:00:59.999999Z&end=2024-06-01T00:01:00.000001Z")
                        .size());
        assertEquals(
                1,
                get("/pings?client=berlin&start=2024-06-01T00:00:59.999999Z&end=2024-06-01T00:01:00Z")
                        .size());
        assertEquals(
                1,
                get("/pings?client=berlin&start=2024-06-01T02:01:00+02:00&end=2024-06-01T00:01:01Z")
                        .size());
        assertEquals(0, get("/pings").size());
    }

    @ParameterizedTest
    @CsvSource({
        "ip=192.0.2.1, 4",
        "ip=192.0.2.1&ip=192.0.2.2, 5",
        "ip=FE80:0::1%25eth0, 1",
        "ip=::ffff:192.0.2.2, 1",
        "client=paris, 4",
        "client=paris&client=berlin&ip=192.0.2.2, 1",
        "client=nobody, 0",
        "ip=198.51.100.1, 0",
    })
    void filter_choosesIpsAndClients(String filter, int found) {
        assertEquals(found, get("/pings?" + WINDOW + "&" + filter).size());
    }

    @Test
    void newest_isNewestFirstAndAtMostTheLimit() {
        Json newest = get("/pings?sort=newest&limit=3&" + WINDOW);
        assertEquals(
                List.of(
                        "2024-06-01T00:00:59.999999Z",
                        "2024-06-01T00:00:30Z",
                        "2024-06-01T00:00:02Z"),
                newest.texts("at"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "3", "5", "6", "100000"})
    void link_leadsThroughEveryPingOnce(String limit) {
        String path = "/pings?" + WINDOW + "&ip=192.0.2.1&ip=fe80::1%25eth0";
        List<Json> paged = new ArrayList<>();
        RECORDER.pages(path + "&limit=" + limit)
                .forEach(page -> paged.addAll(page.json().elements()));
        assertEquals(get(path).elements(), paged);
    }

    @Test
    void pings_asNdjsonAndCsv_sayTheSame() {
        List<Json> lines =
                RECORDER.get("/pings?" + WINDOW, "Accept", "application/x-ndjson")
                        .text()
                        .lines()
                        .map(Json::of)
                        .toList();
        assertEquals(get("/pings?" + WINDOW).elements(), lines);
        String none = ",".repeat(10) + "\r\n";
        assertEquals(
                CSV_HEADER
                        + "paris,192.0.2.1,,\"Gate, \"\"A\"\"\",2024-06-01T00:00:00Z,reply,1.5"
                        + none
                        + "paris,192.0.2.1,,\"Gate, \"\"A\"\"\",2024-06-01T00:00:01Z,timeout,"
                        + none
                        + "paris,192.0.2.1,,\"Gate, \"\"A\"\"\",2024-06-01T00:00:02Z,missed,"
                        + none,
                RECORDER.get("/pings?format=csv&client=paris&ip=192.0.2.1&" + WINDOW).text());
        assertEquals("[]", RECORDER.get("/pings?format=json").text());
        assertEquals("", RECORDER.get("/pings?format=ndjson").text());
        assertEquals(CSV_HEADER, RECORDER.get("/pings?format=csv").text());
    }

    @Test
    void pingData_groupsWhatWasSentByIp() {
        Json data = get("/ping-data?" + WINDOW);
        assertEquals(List.of("192.0.2.1", "Gate, \"A\"", "fe80::1%eth0"), data.texts("device"));
        assertEquals(List.of("berlin", "paris", "paris"), data.texts("client"));
        assertEquals(
                Json.of(
                        """
                        {"device":"Gate, \\"A\\"","ip":"192.0.2.1","client":"paris","pings":[
                          {"latency_ms":1.5,"timestamp":"2024-06-01T00:00:00Z"},
                          {"latency_ms":null,"timestamp":"2024-06-01T00:00:01Z"}]}
                        """),
                data.at(1));
    }

    @Test
    void pingData_asNdjsonIsAnIpALineAndAsCsvAPingALine() {
        List<Json> lines =
                RECORDER.get("/ping-data?format=ndjson&" + WINDOW)
                        .text()
                        .lines()
                        .map(Json::of)
                        .toList();
        assertEquals(get("/ping-data?" + WINDOW).elements(), lines);
        List<String> csv = RECORDER.get("/ping-data?format=csv&" + WINDOW).text().lines().toList();
        assertEquals("device,ip,family,client,latency_ms,timestamp", csv.get(0));
        assertEquals("192.0.2.1,192.0.2.1,,berlin,0.0,2024-06-01T00:00:59.999999Z", csv.get(1));
        assertEquals(5, csv.size());
        assertEquals("[]", RECORDER.get("/ping-data").text());
        assertEquals("", RECORDER.get("/ping-data?format=ndjson").text());
    }

    @Test
    void family_tellsHalvesOfANameApart() {
        String at = ",\"at\":\"2024-07-01T00:00:00Z\",\"latency_ms\":";
        for (String ping : List.of("4" + at + "1", "6" + at + "null", "6" + at + "2")) {
            String body = "{\"ip\":\"a.example\",\"family\":\"ipv%s}";
            RECORDER.post("/record-ping/oslo", body.formatted(ping.replaceFirst(",", "\",")))
                    .expect(200);
        }
        String window = "client=oslo&start=2024-07-01T00:00:00Z&end=2024-07-01T00:00:01Z";
        assertEquals(List.of("ipv4", "ipv6", "ipv6"), get("/pings?" + window).texts("family"));
        assertEquals(2, get("/pings?family=ipv6&" + window).size());
        assertEquals(3, get("/pings?family=ipv6&family=ipv4&ip=a.example&" + window).size());
        assertEquals(1, get("/pings?sort=newest&family=ipv4&" + window).size());
        Json data = get("/ping-data?" + window);
        assertEquals(List.of("ipv4", "ipv6"), data.texts("family"));
        assertEquals(List.of(1, 2), data.map(ip -> ip.at("pings").size()));
        assertEquals(1, get("/ping-data?family=ipv4&" + window).size());
    }

    @Test
    void latencies_ofPingData_areNumbersOrNull() {
        Json data = get("/ping-data?client=paris&ip=192.0.2.1&" + WINDOW).at(0);
        assertEquals(
                Arrays.asList(1.5, null),
                data.at("pings").map(ping -> ping.at("latency_ms").value()));
    }

    @ParameterizedTest
    @CsvSource({
        "/pings?start=yesterday, start",
        "/pings?start=2024-06-01T00:00:00, start",
        "/pings?end=1969-12-31T23:59:59Z, end",
        "/pings?start=2024-06-02T00:00:00Z&end=2024-06-01T00:00:00Z, end",
        "/pings?ip=300.1.1.1, ip",
        "/pings?client=a/b, client",
        "/pings?limit=100001, limit",
        "/pings?cursor=AAAA, cursor",
        "/pings?sort=oldest, sort",
        "/pings?device=x, device",
        "/pings?family=4, family",
        "/pings?ip=fe80::1, ip",
        "/ping-data?family=any, family",
        "/ping-data?limit=1, limit",
        "/ping-data?format=html, format",
    })
    void parameter_thatCannotBeMeant_isNamed(String path, String field) {
        RECORDER.get(path).problem(400, field);
    }
}
