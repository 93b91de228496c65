package org.pingrecorder.recorder.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pingrecorder.recorder.Answer;
import org.pingrecorder.recorder.TestRecorder;

/** Every fault is one problem that says what to change. */
class FaultsIT {

    private static final String PING = "{\"ip\":\"192.0.2.1\",\"latency_ms\":1}";

    @RegisterExtension static final TestRecorder RECORDER = TestRecorder.create();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/ips/1/2",
                "/record-ping",
                "/swagger-ui/nothing.js",
                "/..%2fapplication.yml",
                "/application.yml",
                "/logback.xml"
            })
    void path_thatIsNot_is404WithThePathInWords(String path) {
        assertTrue(RECORDER.get(path).problem(404).contains("There is nothing at /"));
    }

    @ParameterizedTest
    @CsvSource({
        "PATCH, /ips",
        "DELETE, /ips",
        "GET, /record-ping/client1",
        "POST, /pings",
        "BREW, /ips"
    })
    void method_thatIsNotPossible_is405AndSaysWhichAre(String method, String path) {
        Answer answer =
                RECORDER.send(
                        method,
                        path,
                        BodyPublishers.ofString("{}"),
                        "Content-Type",
                        "application/json");
        String detail = answer.problem(405);
        for (String allowed : answer.header("allow").split(", ?", -1)) {
            assertTrue(!allowed.isEmpty() && detail.contains(allowed), detail);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/ips, text/html",
        "/pings, application/xml",
        "/ping-data, image/*",
        "/clients, text/plain"
    })
    void accept_ofNoFormat_is406(String path, String accept) {
        RECORDER.get(path, "Accept", accept).problem(406);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/xml",
                "garbage"
            })
    void contentType_thatIsNotJson_is415(String type) {
        String detail =
                RECORDER.post("/record-ping/c", BodyPublishers.ofString(PING), type).problem(415);
        assertTrue(detail.contains("application/json"), detail);
        RECORDER.post("/ips", BodyPublishers.ofString(PING), type).problem(415);
        RECORDER.send("PUT", "/ips/1", BodyPublishers.ofString(PING), "Content-Type", type)
                .problem(415);
        assertEquals(
                0,
                RECORDER.get("/clients").json().texts("client").stream()
                        .filter("c"::equals)
                        .count());
    }

    @Test
    void methodThatIsNotPossible_is405WhateverTheBodyIs() {
        Answer put =
                RECORDER.send(
                        "PUT",
                        "/record-pings/c",
                        BodyPublishers.ofString(PING),
                        "Content-Type",
                        "text/plain");
        assertTrue(put.problem(405).contains("use POST"), put::text);
        assertEquals("POST", put.header("allow"));
        RECORDER.send("POST", "/history", BodyPublishers.ofString(PING)).problem(405);
        RECORDER.send("POST", "/nothing", BodyPublishers.ofString(PING)).problem(404);
    }

    @Test
    void parameter_thatIsUnknown_isNamedInTheText() {
        String detail = RECORDER.get("/pings?clinet=a").problem(400, "clinet");
        assertTrue(detail.contains("'clinet'") && detail.contains("client"), detail);
    }

    @Test
    void contentType_thatIsMissing_is415() {
        RECORDER.send("POST", "/record-ping/c", BodyPublishers.ofString(PING))
                .problem(415, "Content-Type");
        RECORDER.send("POST", "/ips", BodyPublishers.ofString(PING)).problem(415, "Content-Type");
    }

    @Test
    void body_overTheLimit_is413() {
        String big = "{\"ip\":\"192.0.2.1\",\"x\":\"" + "x".repeat(1 << 20) + "\"}";
        String detail = RECORDER.post("/ips", big).problem(413);
        assertTrue(detail.contains("1 MB"), detail);
        RECORDER.post("/record-ping/c", big).problem(413);
    }

    @Test
    void uri_overTheLimit_isNotBlamedOnTheBody() {
        Answer answer = RECORDER.get("/ips?search=" + "x".repeat(20_000));
        String detail = answer.problem(414);
        assertFalse(detail.contains("body"), detail);
    }

    @Test
    void headers_overTheLimit_are431() {
        Answer answer = RECORDER.get("/ips", "X-Long", "x".repeat(20_000));
        assertFalse(answer.problem(431).contains("body"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{]",
                "nope",
                "{'ip':1}",
                "{\"ip\":\"192.0.2.1\",}",
                "{\"ip\":\"192.0.2.1\",\"ip\":\"192.0.2.2\",\"latency_ms\":1}",
                "{\"ip\":\"192.0.2.1\",\"latency_ms\":1} {}",
                "{\"ip\":\"192.0.2.1\",\"latency_ms\":1}]",
                "{\"ip\":\"192.0.2.1\",\"latency_ms\":NaN}",
                "{\"ip\":\"192.0.2.1\",\"latency_ms\":01}",
                "{\"ip\":\"192.0.2.1\",\"latency_ms\":1,\"name\":\"a\nb\"}",
                "null",
                "7",
                "\"192.0.2.1\"",
                "[[]]",
            })
    void body_thatIsNoJsonObject_is400(String body) {
        RECORDER.post("/record-ping/malformed", body).problem(400, "body");
        assertEquals(400, RECORDER.post("/ips", body).status());
        assertEquals(0, RECORDER.get("/pings?client=malformed").json().size());
    }

    @Test
    void body_nestedDeeply_is400() {
        String deep = "{\"x\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}";
        RECORDER.post("/ips", deep).problem(400, "body");
        RECORDER.post("/record-ping/c", deep).problem(400, "body");
    }

    @Test
    void body_thatIsNotUtf8_is400() {
        byte[] latin =
                "{\"ip\":\"192.0.2.1\",\"latency_ms\":1,\"name\":\"Köln\"}"
                        .getBytes(StandardCharsets.ISO_8859_1);
        RECORDER.post("/record-ping/c", BodyPublishers.ofByteArray(latin), "application/json")
                .problem(400, "body");
        byte[] surrogate = {
            '{', '"', 'i', 'p', '"', ':', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', '}'
        };
        RECORDER.post("/ips", BodyPublishers.ofByteArray(surrogate), "application/json")
                .problem(400);
    }

    @Test
    void body_inUtf8WithAnyCharset_isRead() {
        Answer answer =
                RECORDER.post(
                        "/ips",
                        BodyPublishers.ofString("{\"ip\":\"192.0.2.9\",\"name\":\"Köln\"}"),
                        "application/json; charset=utf-8");
        assertEquals("Köln", answer.expect(201).json().at("name").text());
    }

    @Test
    void everyAnswer_forbidsWhatAPageMustNotDo() {
        for (String path : new String[] {"/", "/ips", "/nothing", "/swagger-ui/index.html"}) {
            Answer answer = RECORDER.get(path);
            String policy = answer.header("content-security-policy");
            assertTrue(policy.matches("default-src '(self|none)'; .*"), policy);
            assertFalse(policy.contains("http"), policy);
            assertEquals("nosniff", answer.header("x-content-type-options"), path);
        }
    }
}
