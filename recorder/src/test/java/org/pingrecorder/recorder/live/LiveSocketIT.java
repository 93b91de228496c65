package org.pingrecorder.recorder.live;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pingrecorder.recorder.Json;
import org.pingrecorder.recorder.TestRecorder;

/** The same over a WebSocket. */
class LiveSocketIT {

    @RegisterExtension static final TestRecorder RECORDER = TestRecorder.create();

    private final List<Json> messages = new CopyOnWriteArrayList<>();

    private final class Reader implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                messages.add(Json.of(text.toString()));
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }
    }

    private WebSocket connect(String query, String... header) {
        WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
        if (header.length > 0) {
            builder.header(header[0], header[1]);
        }
        return builder.buildAsync(
                        URI.create("ws://" + RECORDER.authority() + "/live/ws" + query),
                        new Reader())
                .join();
    }

    private List<Json> of(String event) {
        return messages.stream().filter(m -> m.at("event").text().equals(event)).toList();
    }

    @Test
    void pingsAndStates_areHeard() {
        WebSocket socket = connect("?client=socket");
        await().until(() -> of("heartbeat").size() == 1);
        RECORDER.post("/record-ping/other", "{\"ip\":\"192.0.2.1\",\"latency_ms\":1}").expect(200);
        RECORDER.post("/record-ping/socket", "{\"ip\":\"192.0.2.1\",\"latency_ms\":2.5}")
                .expect(200);
        await().until(() -> of("ping").size() == 1 && of("state").size() == 1);
        Json ping = of("ping").getFirst().at("data").at(0);
        assertEquals("socket", ping.at("client").text());
        assertEquals(2.5, ping.at("latency_ms").decimal());
        assertEquals("up", of("state").getFirst().at("data").at("state").text());
        socket.sendText("what is said here is not heard", true).join();
        RECORDER.post("/record-ping/socket", "{\"ip\":\"192.0.2.1\",\"latency_ms\":3}").expect(200);
        await().until(() -> of("ping").size() == 2);
        socket.abort();
        await().until(() -> Heard.listeners(RECORDER) == 0);
    }

    @Test
    void badCalls_areRefusedBeforeTheSocketIsOpen() {
        assertEquals(400, refusal("?cleint=a"));
        assertEquals(400, refusal("?ip=not%20one"));
        assertEquals(403, refusal("", "Origin", "http://evil.example"));
    }

    private int refusal(String query, String... header) {
        CompletionException fault =
                assertThrows(CompletionException.class, () -> connect(query, header));
        return assertInstanceOf(WebSocketHandshakeException.class, fault.getCause())
                .getResponse()
                .statusCode();
    }
}
