package org.pingrecorder.recorder.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pingrecorder.recorder.Answer;
import org.pingrecorder.recorder.Json;
import org.pingrecorder.recorder.TestRecorder;

class RecordPingIT {

    @RegisterExtension static final TestRecorder RECORDER = TestRecorder.create();

    private static Answer record(String client, String body) {
        return RECORDER.post("/record-ping/" + client, body);
    }

    private static Json only(String client) {
        Json pings = RECORDER.get("/pings?client=" + client).expect(200).json();
        assertEquals(1, pings.size());
        return pings.at(0);
    }

    @ParameterizedTest
    @CsvSource({
        "reply,   23,       23.0,  reply",
        "zero,    0,        0.0,   reply",
        "minus,   -0.0,     0.0,   reply",
        "tiny,    0.0001,   0.001, reply",
        "micro,   12.3456,  12.346,reply",
        "most,    600000,   600000.0, reply",
        "loss,    null,     null,  timeout",
    })
    void latency_isKeptToTheMicrosecond(String client, String given, String kept, String outcome) {
        record(client, "{\"ip\":\"192.0.2.1\",\"latency_ms\":" + given + "}").expect(200);
        Json ping = only(client);
        assertEquals(kept, String.valueOf(ping.at("latency_ms").value()));
        assertEquals(outcome, ping.at("outcome").text());
    }

    @ParameterizedTest
    @CsvSource({
        "late, 5000.5",
        "reply, 1",
        "timeout, null",
        "unreachable, null",
        "send_error, null",
        "resolve_error, null",
        "missed, null",
    })
    void outcome_thatFitsItsLatency_isKept(String outcome, String latency) {
        String client = "fits-" + outcome;
        String body = "{\"ip\":\"192.0.2.1\",\"latency_ms\":%s,\"outcome\":\"%s\"}";
        record(client, body.formatted(latency, outcome)).expect(200);
        assertEquals(outcome, only(client).at("outcome").text());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"ip\":\"192.0.2.1\"}                                          | latency_ms",
                "{\"ip\":\"192.0.2.1\",\"latency_ms\":\"7\"}                     | latency_ms",
                "{\"ip\":\"192.0.2.1\",\"latency_ms\":-1}                        | latency_ms",
                "{\"ip\":\"192.0.2.1\",\"latency_ms\":600000.1}                  | latency_ms",
                "{\"ip\":\"192.0.2.1\",\"latency_ms\":1e400}                     | latency_ms",
                "{\"ip\":\"192.0.2.1\",\"latency_ms\":1,\"outcome\":\"timeout\"} | outcome",
                "{\"ip\":\"192.0.2.1\",\"latency_ms\":null,\"outcome\":\"late\"} | outcome",
                "{\"ip\":\"192.0.2.1\",\"latency_ms\":1,\"outcome\":\"Reply\"}   | outcome",
                "{\"ip\":\"192.0.2.1\",\"latency_ms\":1,\"at\":\"yesterday\"}    | at",
                "{\"ip\":\"192.0.2.1\",\"latency_ms\":1,\"at\":\"9999-01-01T00:00:00Z\"} | at",
                "{\"ip\":\"192.0.2.1\",\"latency_ms\":1,\"at\":1700000000}       | at",
                "{\"ip\":\"192.0.2.1\",\"latency_ms\":1,\"at\":\"1999-12-31T23:59:59Z\"} | at",
                "{\"latency_ms\":1}                                              | ip",
                "{\"ip\":\"192.0.2.1\",\"latency_ms\":1,\"name\":\"a\\u0000\"}   | name",
                "{\"ip\":\"192.0.2.1\",\"latency_ms\":1,\"name\":\"\\udc00\"}    | name",
                "{\"ip\":\"fe80::1\",\"latency_ms\":1}                         | ip",
                "{\"ip\":\"192.0.2.1\",\"latency_ms\":1,\"family\":\"ipv4\"} | family",
                "{\"ip\":\"192.0.2.1\",\"latency_ms\":1,\"family\":\"ipv6\"} | family",
                "{\"ip\":\"a.example\",\"latency_ms\":1,\"family\":\"IPv6\"} | family",
                "{\"ip\":\"a.example\",\"latency_ms\":1,\"family\":6}          | family",
                "[{\"ip\":\"192.0.2.1\",\"latency_ms\":1}]                       | body",
            })
    void ping_thatIsWrong_isRefusedByFieldAndNotStored(String body, String field) {
        record("refused", body).problem(400, field);
        assertEquals(
                0,
                RECORDER.database().number("SELECT count(*) FROM upload WHERE client = 'refused'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%20b", "%00", "..%2f", "%C3%BC", "%2e%2e"})
    void clientId_thatIsNoName_isRefused(String client) {
        assertFalse(
                record(client, "{\"ip\":\"192.0.2.1\",\"latency_ms\":1}").problem(400).isEmpty());
    }

    @Test
    void at_isKeptInUtcToTheMicrosecond() {
        record(
                        "at",
                        "{\"ip\":\"192.0.2.1\",\"latency_ms\":1,\"at\":\"2024-02-29T23:59:59.1234567+01:00\"}")
                .expect(200);
        Json pings =
                RECORDER.get("/pings?client=at&start=2024-02-29T22:59:59Z&end=2024-03-01T00:00:00Z")
                        .json();
        assertEquals(List.of("2024-02-29T22:59:59.123456Z"), pings.texts("at"));
    }

    @Test
    void at_thatIsAbsent_isNow() {
        Instant before = Instant.now().truncatedTo(ChronoUnit.MICROS);
        record("now", "{\"ip\":\"192.0.2.1\",\"latency_ms\":1}").expect(200);
        Instant at = Instant.parse(only("now").at("at").text());
        assertFalse(at.isBefore(before) || at.isAfter(Instant.now()), at::toString);
    }

    @Test
    void ping_sentTwice_isStoredTwice() {
        String ping = "{\"ip\":\"192.0.2.1\",\"latency_ms\":1,\"at\":\"2024-01-01T00:00:00Z\"}";
        record("twice", ping).expect(200);
        record("twice", ping).expect(200);
        assertEquals(
                2,
                RECORDER.get(
                                "/pings?client=twice&start=2024-01-01T00:00:00Z&end=2024-01-01T00:00:01Z")
                        .json()
                        .size());
    }

    @Test
    void answer_comesWhenEveryOtherConnectionSeesThePing() {
        for (int i = 1; i <= 20; i++) {
            record("durable", "{\"ip\":\"192.0.2.1\",\"latency_ms\":null}").expect(200);
            assertEquals(
                    i,
                    RECORDER.database()
                            .number(
                                    "SELECT (SELECT coalesce(sum(pings), 0) FROM upload WHERE"
                                        + " client = 'durable') + (SELECT coalesce(sum(pings), 0)"
                                        + " FROM fresh WHERE client = 'durable')"));
        }
    }

    @Test
    void halvesOfAName_areIpsOfTheirOwn() {
        for (String more : List.of("", ",\"family\":null", ",\"family\":\"ipv6\"")) {
            record("halves", "{\"ip\":\"a.example\",\"latency_ms\":1%s}".formatted(more))
                    .expect(200);
        }
        Json ips = RECORDER.get("/ips?client=halves").expect(200).json();
        assertEquals(List.of("a.example", "a.example"), ips.texts("ip"));
        assertEquals(List.of(false, true), ips.map(ip -> ip.has("family")));
        assertEquals("ipv6", ips.at(1).at("family").text());
        Json pings = RECORDER.get("/pings?client=halves").expect(200).json();
        assertEquals(List.of(false, false, true), pings.map(ping -> ping.has("family")));
        assertEquals("ipv6", pings.at(2).at("family").text());
    }

    @Test
    void unknownIp_isRegisteredWithItsNameAndAnUnlistedOneIsBack() {
        record("site", "{\"ip\":\"Router.Example.\",\"latency_ms\":1,\"name\":\"R\"}").expect(200);
        Json ip = RECORDER.get("/ips?client=site").json().at(0);
        assertEquals("router.example", ip.at("ip").text());
        assertEquals("R", ip.at("name").text());
        // A name that is there was given on purpose; a drop-in client says its own with every ping.
        RECORDER.put("/ips/" + ip.at("id").value(), "{\"name\":\"mine\"}").expect(200);
        Json renamed = RECORDER.get("/ips?client=site").json().at(0);
        record("site", "{\"ip\":\"router.example\",\"latency_ms\":1,\"name\":\"R\"}").expect(200);
        record("site", "{\"ip\":\"router.example\",\"latency_ms\":1,\"name\":\"\"}").expect(200);
        assertEquals(renamed, RECORDER.get("/ips?client=site").json().at(0));
        assertEquals("mine", renamed.at("name").text());
        assertEquals("post", ip.at("source").text());

        RECORDER.delete("/ips/" + ip.at("id").number()).expect(204);
        record("site", "{\"ip\":\"router.example\",\"latency_ms\":1}").expect(200);
        assertEquals(renamed, RECORDER.get("/ips?client=site").json().at(0));
    }
}
