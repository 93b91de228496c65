package org.pingrecorder.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pingrecorder.testnet.JarProcess;
import org.pingrecorder.testnet.Jars;

/** SIGTERM while callers have answers that last. */
final class StopWithCallersIT {

    private static final int GOING_AWAY = 1001;
    private static final long LIMIT_SECONDS = 30;

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir Path folder;

    /** What it sends first, and with which code it is closed. */
    private static final class Peer implements WebSocket.Listener {

        final CompletableFuture<String> first = new CompletableFuture<>();
        final CompletableFuture<Integer> closed = new CompletableFuture<>();

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket socket, CharSequence text, boolean last) {
            first.complete(text.toString());
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable fault) {
            closed.completeExceptionally(fault);
        }

        static <T> T get(CompletableFuture<T> future) throws Exception {
            return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static WebSocket connect(URI recorder, String path, Peer peer) {
        URI uri = URI.create(recorder.toString().replaceFirst("http", "ws") + path);
        return HTTP.newWebSocketBuilder().buildAsync(uri, peer).join();
    }

    /** An answer, which has begun. */
    private static BufferedReader begin(HttpRequest request) throws Exception {
        HttpResponse<InputStream> response = HTTP.send(request, BodyHandlers.ofInputStream());
        assertEquals(200, response.statusCode());
        return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    /** Its last line; an answer that was cut off has none. */
    private static CompletableFuture<String> lastLine(BufferedReader answer) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (answer) {
                        String last = "";
                        for (String line = answer.readLine();
                                line != null;
                                line = answer.readLine()) {
                            last = line.isEmpty() ? last : line;
                        }
                        return last;
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    @Test
    void recorder_toldToStop_endsWhatLastsInGoodOrder() throws Exception {
        try (JarProcess recorder = Project.recorder(folder).start()) {
            URI uri = Jars.awaitAddress(recorder);
            Peer client = new Peer();
            WebSocket control = connect(uri, "/ws", client);
            control.sendText(
                            """
                            {"type":"register","client":"stays","installation":"one","addresses":[],
                             "time_us":%d,"version":"0","plan_revision":0,
                             "capabilities":{"icmp":["datagram"],"ipv4":true,"ipv6":false,
                                             "most_pings_per_second":1000,"os":"Linux"}}
                            """
                                    .formatted(
                                            ChronoUnit.MICROS.between(
                                                    Instant.EPOCH, Instant.now())),
                            true)
                    .join();
            assertTrue(Peer.get(client.first).contains("\"registered\""), () -> "" + client.first);
            Peer listener = new Peer();
            connect(uri, "/live/ws", listener);
            Peer.get(listener.first);
            CompletableFuture<String> events =
                    lastLine(begin(HttpRequest.newBuilder(uri.resolve("/live")).build()));
            HttpRequest task =
                    HttpRequest.newBuilder(uri.resolve("/ping-task"))
                            .header("Content-Type", "application/json")
                            .POST(
                                    HttpRequest.BodyPublishers.ofString(
                                            "{\"targets\":[\"192.0.2.1\"],\"from\":[\"stays\"],"
                                                    + "\"count\":100}"))
                            .build();
            CompletableFuture<String> lines = lastLine(begin(task));

            assertEquals(0, recorder.terminate(), recorder.output());

            assertTrue(Peer.get(events).startsWith("data: "), () -> "" + events);
            assertTrue(Peer.get(lines).contains("The recorder stops."), () -> "" + lines);
            assertEquals(GOING_AWAY, Peer.get(listener.closed));
            assertEquals(GOING_AWAY, Peer.get(client.closed));
        }
    }
}
