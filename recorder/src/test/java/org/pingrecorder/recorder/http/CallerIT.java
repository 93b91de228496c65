package org.pingrecorder.recorder.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pingrecorder.recorder.RawHttp;
import org.pingrecorder.recorder.TestDatabase;
import org.pingrecorder.recorder.TestRecorder;

/** No web page may drive a recorder that its reader can reach. */
class CallerIT {

    private static final String PING = "{\"ip\":\"192.0.2.1\",\"latency_ms\":1}";

    @RegisterExtension
    static final TestRecorder RECORDER =
            TestRecorder.on(
                    TestDatabase.create(), Map.of("recorder.names", "Pings.Example, other"));

    private static int port() {
        return RECORDER.uri().getPort();
    }

    private static String post(String... headers) {
        return "POST /record-ping/page HTTP/1.1\r\n"
                + String.join("\r\n", headers)
                + "\r\nContent-Length: "
                + PING.length()
                + "\r\n\r\n"
                + PING;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "localhost",
                "LOCALHOST.",
                "[::1]",
                "192.0.2.7",
                "pings.example",
                "PINGS.example",
                "other"
            })
    void host_thatIsThisRecorder_isServed(String host) {
        RECORDER.raw("GET /ips", "Host: " + host + ":" + port()).expect(200);
        RECORDER.raw("GET /ips", "Host: " + host).expect(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "127.0.0.1.evil.example",
                "localhost.evil.example",
                "[evil.example]",
                "evil@127.0.0.1",
                "",
                "1.2.3"
            })
    void host_ofAPageThatMadeItsNamePointHere_is421(String host) {
        RECORDER.raw("GET /ips", "Host: " + host + ":" + port()).problem(421, "Host");
        RECORDER.raw("GET /", "Host: " + host).problem(421, "Host");
    }

    @Test
    void host_thatIsMissingOrDoubled_is400() {
        RECORDER.raw("GET /ips", "X: y").problem(400);
        RECORDER.raw("GET /ips", "Host: localhost", "Host: localhost").problem(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "null",
                "http://127.0.0.1",
                "http://127.0.0.1:1",
                "http://localhost:PORT",
                "127.0.0.1:PORT",
                "",
                "http://127.0.0.1:PORT.evil.example",
                "file://"
            })
    void origin_ofAnotherSite_is403AndStoresNothing(String origin) {
        String given = "Origin: " + origin.replace("PORT", Integer.toString(port()));
        String host = "Host: 127.0.0.1:" + port();
        RECORDER.raw(RawHttp.bytes(post(host, given, "Content-Type: application/json")))
                .problem(403, "Origin");
        RECORDER.raw("GET /ips", host, given).problem(403, "Origin");
        RECORDER.raw("OPTIONS /ips", host, given, "Access-Control-Request-Method: POST")
                .problem(403, "Origin");
        assertEquals(
                0, RECORDER.database().number("SELECT count(*) FROM upload WHERE client = 'page'"));
    }

    @Test
    void origin_ofItsOwnPages_isServed() {
        String host = "127.0.0.1:" + port();
        String json = "Content-Type: application/json";
        RECORDER.raw("GET /ips", "Host: " + host, "Origin: http://" + host).expect(200);
        String request = post("Host: " + host, "Origin: http://" + host, json);
        RECORDER.raw(RawHttp.bytes(request.replace("/page", "/own"))).expect(200);
    }

    @Test
    void answer_toAnyOrigin_allowsNoOtherSiteToReadIt() {
        String host = "127.0.0.1:" + port();
        for (String origin : new String[] {"http://" + host, "http://evil.example"}) {
            assertEquals(
                    "",
                    RECORDER.raw("GET /ips", "Host: " + host, "Origin: " + origin)
                            .header("access-control-allow-origin"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/plain"
    })
    void form_withoutAnOrigin_is415AndStoresNothing(String type) {
        RECORDER.raw(RawHttp.bytes(post("Host: localhost", "Content-Type: " + type))).problem(415);
        assertEquals(
                0, RECORDER.database().number("SELECT count(*) FROM upload WHERE client = 'page'"));
    }
}
