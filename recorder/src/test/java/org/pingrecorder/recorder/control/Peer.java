package org.pingrecorder.recorder.control;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.micronaut.core.type.Argument;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.TestRecorder;
import org.pingrecorder.wire.control.Capabilities;
import org.pingrecorder.wire.control.FromClient;
import org.pingrecorder.wire.control.FromRecorder;
import org.pingrecorder.wire.control.Register;

/** The other end of {@code /ws}, as a test plays it. */
public final class Peer implements WebSocket.Listener, AutoCloseable {

    private static final long LIMIT_SECONDS = 20;
    private static final ObjectMapper MAPPER = ObjectMapper.getDefault();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final BlockingQueue<FromRecorder> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private final boolean reads;
    private final WebSocket socket;

    private Peer(URI recorder, boolean reads) {
        this.reads = reads;
        URI uri = URI.create(recorder.toString().replaceFirst("http", "ws") + "/ws");
        this.socket = HTTP.newWebSocketBuilder().buildAsync(uri, this).join();
    }

    /** Somebody who has not said anything yet. */
    public static Peer open(TestRecorder recorder) {
        return new Peer(recorder.uri(), true);
    }

    /** Somebody who reads nothing, and so answers no ping. */
    static Peer deaf(TestRecorder recorder) {
        return new Peer(recorder.uri(), false);
    }

    /** A client that was registered; its answer is the first message. */
    public static Peer register(TestRecorder recorder, String client, String installation) {
        return register(recorder.uri(), client, installation);
    }

    static Peer register(URI recorder, String client, String installation) {
        Peer peer = new Peer(recorder, true);
        peer.send(registration(client, installation, 0));
        return peer;
    }

    static Register registration(String client, String installation, long planRevision) {
        return new Register(
                client,
                installation,
                List.of("192.0.2.10", "2001:db8::10"),
                System.currentTimeMillis() * 1_000,
                "1.2.3",
                new Capabilities(List.of("datagram", "raw"), true, false, 1_000, "Linux amd64"),
                planRevision);
    }

    public void send(FromClient message) {
        try {
            sendText(MAPPER.writeValueAsString(Argument.of(FromClient.class), message));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void sendText(String message) {
        socket.sendText(message, true).join();
    }

    /** Sends a part of a message; what comes of it is not waited for. */
    CompletableFuture<WebSocket> sendPart(String part, boolean last) {
        return socket.sendText(part, last);
    }

    void sendBytes(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    /** The next message, which must be of that kind. */
    public <T extends FromRecorder> T next(Class<T> kind) {
        FromRecorder message = poll(LIMIT_SECONDS * 1_000);
        assertNotNull(message, () -> "no " + kind.getSimpleName() + " came");
        return assertInstanceOf(kind, message);
    }

    void nothingComesWithin(long millis) {
        assertNull(poll(millis));
    }

    private @Nullable FromRecorder poll(long millis) {
        try {
            return messages.poll(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The code with which the recorder closed the connection. */
    int closeCode() {
        return closed.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
    }

    /** Goes away without a word. */
    public void drop() {
        socket.abort();
    }

    @Override
    public void close() {
        socket.abort();
    }

    @Override
    public void onOpen(WebSocket webSocket) {
        if (reads) {
            webSocket.request(1);
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(
            WebSocket webSocket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            try {
                messages.add(MAPPER.readValue(text.toString(), Argument.of(FromRecorder.class)));
            } catch (IOException e) {
                throw new UncheckedIOException(text.toString(), e);
            }
            text.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closed.completeExceptionally(error);
    }
}
