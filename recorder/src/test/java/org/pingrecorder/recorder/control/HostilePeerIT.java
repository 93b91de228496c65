package org.pingrecorder.recorder.control;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pingrecorder.recorder.TestDatabase;
import org.pingrecorder.recorder.TestRecorder;
import org.pingrecorder.recorder.http.WebSockets;
import org.pingrecorder.wire.control.Refused;
import org.pingrecorder.wire.control.Registered;
import org.pingrecorder.wire.control.Status;

/** Whatever comes at {@code /ws} is told what is wrong, and disturbs nobody. */
class HostilePeerIT {

    @RegisterExtension
    static final TestRecorder RECORDER = TestRecorder.on(TestDatabase.create(), FastPace.SETTINGS);

    private FaultLog log = new FaultLog();

    @BeforeEach
    void open() {
        log.close();
        log = new FaultLog();
    }

    @AfterEach
    void nothingFailed() {
        log.close();
        log.isEmpty();
        try (Peer good = Peer.register(RECORDER, "good", "i-1")) {
            good.next(Registered.class);
        }
    }

    private static final String REST =
            """
            ,"installation":"i","addresses":[],"time_us":1,"version":"1","plan_revision":0,
            "capabilities":{"icmp":[],"ipv4":true,"ipv6":true,"os":"x"}}
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "no json",
                "null",
                "[]",
                "7",
                "\"register\"",
                "{}",
                "{\"type\":null}",
                "{\"type\":7}",
                "{\"type\":\"no_such\"}",
                "{\"type\":\"registered\",\"conn\":\"x\",\"time_us\":1,\"status_interval_ms\":1}",
                "{\"type\":\"register\"}",
                "{\"type\":\"register\",\"client\":7",
                "{\"type\":\"ack\",\"revision\":1}",
                "{\"type\":\"ack\",\"revision\":1,\"problems\":[null]}",
                "{\"type\":\"task_result\",\"task\":\"t\",\"packets\":[{}],\"is_last\":true}",
                "{\"type\":\"bye\",\"time_us\":1}",
                "{\"type\":\"status\",\"time_us\":1,\"ips\":1,\"spooled_pings\":1,\"dropped_pings\":1,\"cut_off\":false}",
                "{\"type\":\"task_result\",\"task\":\"t\",\"packets\":[],\"is_last\":true}"
            })
    void firstMessage_thatIsNoRegister_isRefused(String message) {
        try (Peer peer = Peer.open(RECORDER)) {
            peer.sendText(message);
            Refused refused = peer.next(Refused.class);
            assertFalse(refused.reason().isBlank());
            assertTrue(refused.waitMs() > 0);
            assertEquals(1008, peer.closeCode());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"register\",\"client\":\"\"",
                "{\"type\":\"register\",\"client\":\"a/b\"",
                "{\"type\":\"register\",\"client\":\"..\"",
                "{\"type\":\"register\",\"client\":\"\\u0000\"",
                "{\"type\":\"register\",\"client\":null"
            })
    void register_withAnInvalidName_isRefusedAndStoresNothing(String start) {
        try (Peer peer = Peer.open(RECORDER)) {
            peer.sendText(start + REST);
            Refused refused = peer.next(Refused.class);
            assertTrue(refused.reason().contains("client"), refused::reason);
        }
        assertEquals(
                0,
                RECORDER.database()
                        .number("SELECT count(*) FROM client WHERE name !~ '^[a-z0-9-]+$'"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"installation\":\"i\",\"installation\":\"a b\"",
                "\"installation\":\"i\",\"installation\":\"\"",
                "\"installation\":\"i\",\"installation\":null",
                "\"addresses\":[],\"addresses\":[\"no address\"]",
                "\"addresses\":[],\"addresses\":[null]",
                "\"time_us\":1,\"time_us\":-9223372036854775808",
                "\"time_us\":1,\"time_us\":9223372036854775807",
                "\"plan_revision\":0,\"plan_revision\":-1",
                "\"plan_revision\":0,\"plan_revision\":1e300",
                "\"icmp\":[],\"icmp\":[null]",
                "\"icmp\":[],\"icmp\":[1,2,3,4,5,6,7,8,9,10,11]",
                "\"os\":\"x\",\"os\":null",
                "\"os\":\"x\",\"os\":\"x\",\"most_pings_per_second\":0"
            })
    void register_withAnythingElseInvalid_isRefused(String change) {
        String field = change.substring(0, change.indexOf(",\""));
        String message = "{\"type\":\"register\",\"client\":\"other\"" + REST;
        assertTrue(message.contains(field), field);
        try (Peer peer = Peer.open(RECORDER)) {
            peer.sendText(message.replace(field, change.substring(field.length() + 1)));
            assertFalse(peer.next(Refused.class).reason().isBlank());
        }
        assertEquals(
                0, RECORDER.database().number("SELECT count(*) FROM conn WHERE client = 'other'"));
    }

    @Test
    void text_thatTheDatabaseCannotHold_isStoredWithoutIt() {
        try (Peer peer = Peer.open(RECORDER)) {
            peer.sendText(
                    "{\"type\":\"register\",\"client\":\"nul\""
                            + REST.replace("\"version\":\"1\"", "\"version\":\"1\\u0000\"")
                                    .replace("\"os\":\"x\"", "\"os\":\"\\u0000\\ud800\""));
            peer.next(Registered.class);
            assertEquals("\ufffd\ufffd", RECORDER.get("/clients/nul").json().at("os").text());
            RECORDER.get("/conns").expect(200);
        }
    }

    @Test
    void register_twice_isRefused() {
        try (Peer peer = Peer.register(RECORDER, "twice", "i-1")) {
            peer.next(Registered.class);
            peer.send(Peer.registration("twice", "i-1", 0));
            assertTrue(peer.next(Refused.class).reason().contains("'twice'"));
            assertEquals(1008, peer.closeCode());
        }
    }

    @Test
    void status_belowZero_isRefused() {
        try (Peer peer = Peer.register(RECORDER, "negative", "i-1")) {
            peer.next(Registered.class);
            peer.send(new Status(1, -1, 0, 0, false, null));
            peer.next(Refused.class);
            assertEquals(1008, peer.closeCode());
        }
    }

    @Test
    void message_inBinary_isReadAsText() {
        try (Peer peer = Peer.open(RECORDER)) {
            peer.sendBytes(new byte[] {(byte) 0xff, 0, 1});
            peer.next(Refused.class);
        }
    }

    @Test
    void message_thatIsTooLong_closesTheConnection() {
        try (Peer peer = Peer.open(RECORDER)) {
            var _ = peer.sendPart(" ".repeat(WebSockets.LONGEST_MESSAGE_BYTES + 1), true);
            assertEquals(1009, peer.closeCode());
        }
    }

    @Test
    void message_thatIsTooLongInParts_closesTheConnection() {
        String part = " ".repeat(WebSockets.LONGEST_MESSAGE_BYTES / 4);
        try (Peer peer = Peer.open(RECORDER)) {
            for (int i = 0; i < 4; i++) {
                peer.sendPart(part, false).join();
            }
            var _ = peer.sendPart(part, false);
            assertEquals(1009, peer.closeCode());
        }
    }

    @Test
    void message_inParts_isRead() {
        try (Peer peer = Peer.open(RECORDER)) {
            String message = "{\"type\":\"register\",\"client\":\"parts\"" + REST;
            peer.sendPart(message.substring(0, 20), false).join();
            peer.sendPart(message.substring(20, 30), false).join();
            peer.sendPart(message.substring(30), true).join();
            peer.next(Registered.class);
        }
    }

    @Test
    void peer_thatSaysNothing_isRefused() {
        try (Peer peer = Peer.open(RECORDER)) {
            assertTrue(peer.next(Refused.class).reason().contains("register"));
            assertEquals(1008, peer.closeCode());
        }
    }

    @Test
    void client_thatAnswersNoPing_isLost() {
        try (Peer peer = Peer.deaf(RECORDER)) {
            peer.send(Peer.registration("deaf", "i-1", 0));
            await().until(() -> state("deaf").equals("connected"));
            await().until(() -> state("deaf").equals("lost"));
        }
    }

    @Test
    void client_thatTakesNothing_isCutOff() {
        try (Peer peer = Peer.deaf(RECORDER)) {
            peer.send(Peer.registration("stuck", "i-1", 0));
            await().until(() -> state("stuck").equals("connected"));
            for (int i = 0; i < 30; i++) { // more than the sockets of both ends hold
                RECORDER.bean(Sessions.class)
                        .send("stuck", new Refused("x".repeat(1 << 20), 1, false));
            }
            await().until(() -> state("stuck").equals("lost"));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> peer.sendPart("x", false).handle((sent, e) -> e != null).join());
        }
    }

    @Test
    void client_thatAnswersPings_staysConnected() {
        try (Peer quiet = Peer.register(RECORDER, "quiet", "i-1");
                Peer deaf = Peer.deaf(RECORDER)) {
            quiet.next(Registered.class);
            deaf.send(Peer.registration("deaf2", "i-1", 0));
            await().until(() -> state("deaf2").equals("connected"));
            await().until(() -> state("deaf2").equals("lost"));
            quiet.nothingComesWithin(1_000);
            assertEquals("connected", state("quiet"));
        }
    }

    private static String state(String client) {
        return RECORDER
                .get("/clients?state=connected&state=lost")
                .expect(200)
                .json()
                .elements()
                .stream()
                .filter(each -> each.at("client").text().equals(client))
                .map(each -> each.at("state").text())
                .findFirst()
                .orElse("absent");
    }

    @Test
    void upgrade_fromAPageOfAnotherSite_is403() {
        URI uri = URI.create(RECORDER.uri().toString().replaceFirst("http", "ws") + "/ws");
        CompletionException refused =
                assertThrows(
                        CompletionException.class,
                        () ->
                                HttpClient.newHttpClient()
                                        .newWebSocketBuilder()
                                        .header("Origin", "https://evil.example")
                                        .buildAsync(uri, new WebSocket.Listener() {})
                                        .join());
        WebSocketHandshakeException cause =
                assertInstanceOf(WebSocketHandshakeException.class, refused.getCause());
        assertEquals(403, cause.getResponse().statusCode());
    }

    @Test
    void get_withoutAnUpgrade_saysWhatItIsFor() {
        for (String path : List.of("/ws", "/ws?x=y", "/live/ws", "/live/ws?client=a")) {
            assertTrue(RECORDER.get(path).problem(426).contains("WebSocket"));
        }
    }

    @Test
    void upgrade_toAnythingElse_is404() {
        String host = "Host: " + RECORDER.authority();
        RECORDER.raw(
                        "GET /ips/ws",
                        host,
                        "Connection: Upgrade",
                        "Upgrade: websocket",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")
                .problem(404);
    }
}
