package org.pingrecorder.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The wire form of every record: these texts are the contract between the two ends. */
class JsonTest {

    private static final Instant AT = Instant.parse("2026-11-21T06:00:00.250001Z");

    private final ObjectMapper mapper = ObjectMapper.getDefault();

    private void assertJson(String json, Object value) throws IOException {
        assertEquals(json, mapper.writeValueAsString(value));
        assertEquals(value, mapper.readValue(json, value.getClass()));
    }

    @Test
    void newPing_reply() throws IOException {
        assertJson(
                """
                {"ip":"192.0.2.7","latency_ms":20.113,"name":"router",\
                "at":"2026-11-21T06:00:00.250001Z","outcome":"reply"}\
                """,
                new NewPing("192.0.2.7", null, 20.113, "router", AT.toString(), "reply"));
    }

    @Test
    void newPing_failure_hasAnExplicitNull() throws IOException {
        assertJson(
                "{\"ip\":\"192.0.2.7\",\"latency_ms\":null}",
                new NewPing("192.0.2.7", null, null, null, null, null));
    }

    @Test
    void newPing_microseconds_keepTheirDigits() throws IOException {
        assertJson(
                "{\"ip\":\"::1\",\"latency_ms\":0.001}",
                new NewPing("::1", null, 0.001, null, null, null));
        assertJson(
                "{\"ip\":\"::1\",\"latency_ms\":59999.999}",
                new NewPing("::1", null, 59_999.999, null, null, null));
    }

    @Test
    void newPing_halfOfAName_hasItsFamily() throws IOException {
        assertJson(
                "{\"ip\":\"a.example\",\"family\":\"ipv4\",\"latency_ms\":null}",
                new NewPing("a.example", Family.IPV4, null, null, null, null));
    }

    @Test
    void newIp() throws IOException {
        assertJson("{\"ip\":\"192.0.2.7\"}", new NewIp("192.0.2.7", null, null, null, null));
        assertJson(
                """
                {"ip":"a.example","family":"ipv6","client":"c","name":"n","source":"client"}\
                """,
                new NewIp("a.example", Family.IPV6, "c", "n", Source.CLIENT));
    }

    @Test
    void ip_namesEverything() throws IOException {
        assertJson(
                """
                {"id":3,"ip":"192.0.2.7","client":"c","name":null,"source":"post",\
                "tags":["core","edge"],"created_at":"2026-11-21T06:00:00.250001Z"}\
                """,
                new Ip(3, "192.0.2.7", null, "c", null, Source.POST, List.of("core", "edge"), AT));
    }

    @Test
    void recordedPing() throws IOException {
        assertJson(
                """
                {"client":"c","ip":"192.0.2.7","name":null,\
                "at":"2026-11-21T06:00:00.250001Z","outcome":"timeout","latency_ms":null}\
                """,
                new RecordedPing("c", "192.0.2.7", null, null, AT, "timeout", null, null));
    }

    @Test
    void family_ofAHalf_isThere() throws IOException {
        assertJson(
                """
                {"id":3,"ip":"a.example","family":"ipv6","client":"c","name":null,\
                "source":"post","tags":[],"created_at":"2026-11-21T06:00:00.250001Z"}\
                """,
                new Ip(3, "a.example", Family.IPV6, "c", null, Source.POST, List.of(), AT));
        assertJson(
                """
                {"client":"c","ip":"a.example","family":"ipv4","name":null,\
                "at":"2026-11-21T06:00:00.250001Z","outcome":"timeout","latency_ms":null,\
                "cut_off":true}\
                """,
                new RecordedPing("c", "a.example", Family.IPV4, null, AT, "timeout", null, true));
    }

    @Test
    void pingLine_reply() throws IOException {
        assertJson(
                """
                {"type":"ping","target":"a.example","address":"192.0.2.7","seq":4,\
                "at":"2026-11-21T06:00:00.250001Z","outcome":"reply","latency_ms":0.043,\
                "ttl":64,"bytes":64,"duplicate":false,"name":"web server","family":"ipv4",\
                "slip_ms":1.25}\
                """,
                new PingLine(
                        "ping",
                        null,
                        "a.example",
                        "192.0.2.7",
                        4,
                        AT,
                        "reply",
                        0.043,
                        64,
                        64,
                        false,
                        null,
                        null,
                        null,
                        null,
                        "web server",
                        Family.IPV4,
                        1.25));
    }

    @Test
    void pingLine_unreachable() throws IOException {
        assertJson(
                """
                {"type":"ping","client":"c","target":"192.0.2.7","address":"192.0.2.7","seq":0,\
                "at":"2026-11-21T06:00:00.250001Z","outcome":"unreachable","latency_ms":null,\
                "duplicate":true,"error_type":3,"error_code":1,"error_from":"192.0.2.1",\
                "cause":"x"}\
                """,
                new PingLine(
                        "ping",
                        "c",
                        "192.0.2.7",
                        "192.0.2.7",
                        0,
                        AT,
                        "unreachable",
                        null,
                        null,
                        null,
                        true,
                        3,
                        1,
                        "192.0.2.1",
                        "x",
                        null,
                        null,
                        null));
    }

    @Test
    void summaryLine_withoutReply_hasNulls() throws IOException {
        assertJson(
                """
                {"type":"summary","target":"a.example","sent":0,"received":0,"late":0,"lost":0,\
                "not_sent":1,"duplicates":0,"loss_pct":null,"min_ms":null,"avg_ms":null,\
                "max_ms":null,"stddev_ms":null}\
                """,
                new SummaryLine(
                        "summary",
                        null,
                        "a.example",
                        null,
                        0,
                        0,
                        0,
                        0,
                        1,
                        0,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null));
    }

    @Test
    void summaryLine_failures_areToldWithTheirCauses() throws IOException {
        assertJson(
                """
                {"type":"summary","target":"192.0.2.7","address":"192.0.2.7","sent":2,\
                "received":0,"late":0,"lost":2,"not_sent":0,"duplicates":0,"loss_pct":100.0,\
                "min_ms":null,"avg_ms":null,"max_ms":null,"stddev_ms":null,"name":"printer",\
                "family":"ipv4","causes":[{"outcome":"unreachable","count":1,"error_type":3,\
                "error_code":1,"error_from":"192.0.2.1","text":"t"},{"outcome":"timeout",\
                "count":1,"text":"u"}]}\
                """,
                new SummaryLine(
                        "summary",
                        null,
                        "192.0.2.7",
                        "192.0.2.7",
                        2,
                        0,
                        0,
                        2,
                        0,
                        0,
                        100.0,
                        null,
                        null,
                        null,
                        null,
                        "printer",
                        Family.IPV4,
                        List.of(
                                new SummaryLine.Cause("unreachable", 1, 3, 1, "192.0.2.1", "t"),
                                new SummaryLine.Cause("timeout", 1, null, null, null, "u"))));
    }

    @Test
    void problem() throws IOException {
        assertJson(
                "{\"title\":\"Bad Request\",\"status\":400,\"detail\":\"d\",\"field\":\"ip\"}",
                new Problem("Bad Request", 400, "d", "ip"));
    }

    @ParameterizedTest
    @EnumSource
    void source_isItsText(Source source) throws IOException {
        assertEquals("\"" + source.text() + "\"", mapper.writeValueAsString(source));
        assertEquals(source, mapper.readValue("\"" + source.text() + "\"", Source.class));
        assertEquals(source, Source.ofText(source.text()).orElseThrow());
    }

    @ParameterizedTest
    @EnumSource
    void family_isItsText(Family family) throws IOException {
        assertEquals("\"" + family.text() + "\"", mapper.writeValueAsString(family));
        assertEquals(family, mapper.readValue("\"" + family.text() + "\"", Family.class));
        assertEquals(family, Family.ofText(family.text()).orElseThrow());
        assertEquals(family, Family.ofVersion(family.version()).orElseThrow());
    }

    @ParameterizedTest
    @EnumSource
    void outcome_isItsText(Outcome outcome) {
        assertEquals(outcome, Outcome.ofText(outcome.text()).orElseThrow());
        assertEquals(outcome.hasLatency(), outcome == Outcome.REPLY || outcome == Outcome.LATE);
    }

    @Test
    void receipt_stored_leavesOutWhatIsNone() throws IOException {
        assertJson(
                """
                {"spool":"3f0c","batch":1042,"status":"stored",\
                "received_at":"2026-11-21T06:00:00.250001Z","time_us":1763704800800000,"stored":0}\
                """,
                new Receipt(
                        "3f0c",
                        1_042,
                        Receipt.Status.STORED,
                        AT,
                        1_763_704_800_800_000L,
                        0,
                        null,
                        null,
                        null));
    }

    @Test
    void receipt_refused_namesPingsAndSeries() throws IOException {
        assertJson(
                """
                {"spool":"3f0c","batch":1042,"status":"already_stored",\
                "received_at":"2026-11-21T06:00:00.250001Z","time_us":1,"stored":4,"quarantined":2,\
                "refused":[{"series":0,"index":3,"reason":"r"},{"series":1,"reason":"s"}],"other_refusals":7}\
                """,
                new Receipt(
                        "3f0c",
                        1_042,
                        Receipt.Status.ALREADY_STORED,
                        AT,
                        1,
                        4,
                        2,
                        List.of(new Receipt.Refused(0, 3, "r"), new Receipt.Refused(1, null, "s")),
                        7));
    }
}
