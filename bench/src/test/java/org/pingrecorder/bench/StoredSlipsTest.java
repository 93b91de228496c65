package org.pingrecorder.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StoredSlipsTest {

    private static final Instant START = Instant.parse("2026-11-21T06:00:00Z");

    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void p99_twoOfAHundredSlipped_isTheLesserSlip() throws Exception {
        StoredSlips slips =
                ask(
                        200,
                        pings(98, "")
                                + pings(1, ",\"slip_us\":9000")
                                + pings(1, ",\"slip_us\":5000"));

        assertEquals(100, slips.pings());
        assertEquals("5.00", slips.p99());
    }

    @Test
    void p99_oneOfAHundredSlipped_isBelowWhatIsTold() throws Exception {
        assertEquals("<= 1", ask(200, pings(99, "") + pings(1, ",\"slip_us\":5000")).p99());
    }

    @Test
    void ask_nothingStored_saysSo() {
        IOException e = assertThrows(IOException.class, () -> ask(200, ""));

        assertEquals(
                "no ping of 2026-11-21T06:00:00Z to 2026-11-21T06:00:25Z is stored",
                e.getMessage());
    }

    @Test
    void ask_refused_saysWhy() {
        IOException e = assertThrows(IOException.class, () -> ask(422, "too many"));

        assertEquals("422: [too many]", e.getMessage());
    }

    private StoredSlips ask(int status, String body) throws Exception {
        server.createContext(
                "/pings",
                exchange -> {
                    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(status, bytes.length);
                    try (OutputStream out = exchange.getResponseBody()) {
                        out.write(bytes);
                    }
                });
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return StoredSlips.ask(uri, START, START.plusSeconds(25));
    }

    private static String pings(int count, String more) {
        return "{\"outcome\":\"reply\"%s}\n".formatted(more).repeat(count);
    }
}
