package org.pingrecorder.recorder.ips;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pingrecorder.recorder.Answer;
import org.pingrecorder.recorder.Json;
import org.pingrecorder.recorder.TestRecorder;

class RegisterIpsIT {

    @RegisterExtension static final TestRecorder RECORDER = TestRecorder.create();

    private static Json register(int status, String body) {
        return RECORDER.post("/ips", body).expect(status).json();
    }

    @Test
    void post_ofANewIp_answers201WithAllOfIt() {
        Json ip =
                register(
                        201,
                        """
                        {"ip":"192.0.2.1","client":"berlin","name":" Core ","source":"client"}
                        """);
        assertEquals("192.0.2.1", ip.at("ip").text());
        assertEquals("berlin", ip.at("client").text());
        assertEquals("Core", ip.at("name").text());
        assertEquals("client", ip.at("source").text());
        Instant created = Instant.parse(ip.at("created_at").text());
        assertEquals(true, created.isAfter(Instant.parse("2024-01-01T00:00:00Z")));
        assertEquals(ip, RECORDER.get("/ips/" + ip.at("id").number()).expect(200).json());
    }

    @Test
    void post_ofAnIpThatIsThere_answers200WithTheSameBody() {
        Json first = register(201, "{\"ip\":\"192.0.2.2\",\"name\":\"a\"}");
        assertEquals(first, register(200, "{\"ip\":\"192.0.2.2\"}"));
        assertEquals(first, register(200, "{\"ip\":\"192.0.2.2\",\"name\":null}"));
        assertEquals(first, register(200, "{\"ip\":\"192.0.2.2\",\"unknown\":[1]}"));
    }

    @Test
    void post_ofANewName_replacesTheOldOne() {
        Json first = register(201, "{\"ip\":\"192.0.2.3\",\"name\":\"old\"}");
        assertEquals(
                first, register(200, "{\"ip\":\"192.0.2.3\",\"name\":\" \"}"), "blank is none");
        Json second = register(200, "{\"ip\":\"192.0.2.3\",\"name\":\"Straße 💥\"}");
        assertEquals("Straße 💥", second.at("name").text());
        assertEquals(first.at("id"), second.at("id"));
        assertEquals(first.at("created_at"), second.at("created_at"));
    }

    @Test
    void post_ofASource_replacesTheOldOneAndItsAbsenceDoesNot() {
        register(201, "{\"ip\":\"192.0.2.4\"}");
        Json own = register(200, "{\"ip\":\"192.0.2.4\",\"source\":\"client\"}");
        assertEquals("client", own.at("source").text());
        assertEquals(own, register(200, "{\"ip\":\"192.0.2.4\"}"));
    }

    @Test
    void post_ofAnArray_answersInItsOrderWithOneEntryEach() {
        register(201, "{\"ip\":\"192.0.2.13\"}");
        Json ips =
                register(
                        201,
                        """
                        [{"ip":"192.0.2.14"},{"ip":"192.0.2.11"},{"ip":"192.0.2.13"},
                         {"ip":"192.0.2.14","name":"twice"},{"ip":"192.0.2.14"}]
                        """);
        assertEquals(
                List.of("192.0.2.14", "192.0.2.11", "192.0.2.13", "192.0.2.14", "192.0.2.14"),
                ips.texts("ip"));
        assertEquals("twice", ips.at(0).at("name").text());
        assertEquals(ips.at(0), ips.at(3));
        assertEquals(ips.at(0), ips.at(4));
        Json again = register(200, "[{\"ip\":\"192.0.2.11\"}]");
        assertEquals(List.of("192.0.2.11"), again.texts("ip"));
    }

    @Test
    void post_ofHalvesOfAName_isAnIpEach() {
        String pair =
                """
                [{"ip":"a.example","family":"ipv4","name":"four"},
                 {"ip":"a.example","family":"ipv6","source":"client"},{"ip":"a.example"}]
                """;
        Json ips = register(201, pair);
        assertEquals(3, ips.map(ip -> ip.at("id").number()).stream().distinct().count());
        assertEquals(List.of(true, true, false), ips.map(ip -> ip.has("family")));
        assertEquals("ipv4", ips.at(0).at("family").text());
        assertEquals("ipv6", ips.at(1).at("family").text());
        assertEquals(Arrays.asList("four", null, null), ips.map(ip -> ip.at("name").value()));
        assertEquals(List.of("post", "client", "post"), ips.texts("source"));
        assertEquals(ips, register(200, pair));
    }

    @Test
    void family_ofAnAddress_isRefusedWithTheMend() {
        String detail =
                RECORDER.post("/ips", "{\"ip\":\"192.0.2.1\",\"family\":\"ipv6\"}")
                        .problem(400, "family");
        assertEquals(
                "'family' goes with a host name; 192.0.2.1 is an address and has no other, so"
                        + " leave 'family' out.",
                detail);
    }

    @Test
    void post_ofAnArrayWithOneFault_registersNoneAndNamesIt() {
        Answer answer =
                RECORDER.post("/ips", "[{\"ip\":\"198.51.100.1\"},{\"ip\":\"198.51.100.256\"}]");
        answer.problem(400, "[1].ip");
        assertEquals(0, RECORDER.get("/ips?search=198.51.100.").json().size());
    }

    @Test
    void post_ofMoreThanAnArrayMayHold_registersNone() {
        String many =
                "[" + "{\"ip\":\"203.0.113.1\"},".repeat(10_000) + "{\"ip\":\"203.0.113.1\"}]";
        RECORDER.post("/ips", many).problem(400, "body");
        RECORDER.post("/ips", "[]").problem(400, "body");
        assertEquals(0, RECORDER.get("/ips?search=203.0.113.").json().size());
    }

    @ParameterizedTest
    @CsvSource({
        "2001:DB8:0:0::7,        2001:db8::7",
        "::ffff:192.0.2.99,      192.0.2.99",
        "Example.ORG.,           example.org",
        "fe80::1%eth0,           fe80::1%eth0",
        "xn--bcher-kva.example,  xn--bcher-kva.example",
    })
    void post_ofAnAddressInAnotherForm_isTheSameIp(String given, String canonical) {
        Json ip = RECORDER.post("/ips", "{\"ip\":\"" + given + "\"}").json();
        assertEquals(canonical, ip.at("ip").text());
        assertEquals(ip, register(200, "{\"ip\":\"" + canonical + "\"}"));
    }

    @Test
    void post_ofOneIpForTwoClients_isTwoEntries() {
        Json one = register(201, "{\"ip\":\"192.0.2.5\",\"client\":\"a\"}");
        Json other = register(201, "{\"ip\":\"192.0.2.5\",\"client\":\"A\"}");
        assertEquals(
                List.of("a", "A"), List.of(one.at("client").text(), other.at("client").text()));
        assertEquals(false, one.at("id").equals(other.at("id")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                       | ip",
                "{\"ip\":null}                            | ip",
                "{\"ip\":\"\"}                            | ip",
                "{\"ip\":7}                               | ip",
                "{\"ip\":[\"192.0.2.1\"]}                 | ip",
                "{\"ip\":\"192.0.2.1:80\"}                | ip",
                "{\"ip\":\"http://example.org\"}          | ip",
                "{\"ip\":\"224.0.0.1\"}                   | ip",
                "{\"ip\":\"b\\u00fccher.example\"}        | ip",
                "{\"ip\":\"192.0.2.1\\u0000\"}            | ip",
                "{\"ip\":\"192.0.2.1\",\"client\":\"\"}   | client",
                "{\"ip\":\"192.0.2.1\",\"client\":\"..\"} | client",
                "{\"ip\":\"192.0.2.1\",\"client\":\"a b\"}| client",
                "{\"ip\":\"192.0.2.1\",\"name\":\"a\\u0000b\"}| name",
                "{\"ip\":\"192.0.2.1\",\"name\":\"\\ud800\"}  | name",
                "{\"ip\":\"192.0.2.1\",\"name\":1}        | name",
                "{\"ip\":\"192.0.2.1\",\"source\":\"plan\"}   | source",
                "{\"ip\":\"192.0.2.1\",\"source\":\"POST\"}   | source",
                "{\"ip\":\"fe80::1\"}                     | ip",
                "{\"ip\":\"192.0.2.1\",\"family\":\"ipv4\"}   | family",
                "{\"ip\":\"::1\",\"family\":\"ipv4\"}         | family",
                "{\"ip\":\"a.example\",\"family\":\"\"}       | family",
                "{\"ip\":\"a.example\",\"family\":4}        | family",
            })
    void post_ofSomethingInvalid_namesTheField(String body, String field) {
        RECORDER.post("/ips", body).problem(400, field);
    }
}
