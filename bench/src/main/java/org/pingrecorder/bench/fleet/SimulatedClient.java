package org.pingrecorder.bench.fleet;

import io.micronaut.core.type.Argument;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.PingLine;
import org.pingrecorder.wire.control.Ack;
import org.pingrecorder.wire.control.Capabilities;
import org.pingrecorder.wire.control.FromClient;
import org.pingrecorder.wire.control.FromRecorder;
import org.pingrecorder.wire.control.Plan;
import org.pingrecorder.wire.control.Register;
import org.pingrecorder.wire.control.Registered;
import org.pingrecorder.wire.control.Task;
import org.pingrecorder.wire.control.TaskResult;

/**
 * A client of which there is only the control channel. It acknowledges plans, and answers a task as
 * a client would whose targets all reply after 20 ms: spread over the interval, and told ten times
 * a second.
 */
final class SimulatedClient implements WebSocket.Listener, AutoCloseable {

    private static final ObjectMapper MAPPER = ObjectMapper.getDefault();
    private static final long TELL_MILLIS = 100;

    /** As the client does, and as the recorder does. */
    private static final long PING_SECONDS = 10;

    private static final double LATENCY_MS = 20.0;

    private final StringBuilder text = new StringBuilder();
    private final CompletableFuture<Registered> registered = new CompletableFuture<>();
    private final ScheduledFuture<?> keepAlive;
    private volatile @Nullable Consumer<Long> onPlan;
    private final ScheduledExecutorService timer;
    private final WebSocket socket;

    private SimulatedClient(HttpClient http, URI recorder, ScheduledExecutorService timer) {
        this.timer = timer;
        URI uri = URI.create(recorder.toString().replaceFirst("http", "ws") + "/ws");
        this.socket = http.newWebSocketBuilder().buildAsync(uri, this).join();
        this.keepAlive =
                timer.scheduleAtFixedRate(this::ping, PING_SECONDS, PING_SECONDS, TimeUnit.SECONDS);
    }

    /** One that is registered by that name. */
    static SimulatedClient connect(
            HttpClient http, URI recorder, String name, ScheduledExecutorService timer) {
        SimulatedClient client = new SimulatedClient(http, recorder, timer);
        client.send(
                new Register(
                        name,
                        "installation-" + name,
                        List.of("192.0.2.10"),
                        System.currentTimeMillis() * 1_000,
                        "0",
                        new Capabilities(List.of("datagram"), true, true, 10_000, "simulated"),
                        0));
        client.registered.orTimeout(30, TimeUnit.SECONDS).join();
        return client;
    }

    /** Has somebody told the revision of each plan, when it is acknowledged. */
    void onPlan(Consumer<Long> listener) {
        onPlan = listener;
    }

    private void ping() {
        var _ = socket.sendPing(ByteBuffer.allocate(0));
    }

    private synchronized void send(FromClient message) {
        try {
            socket.sendText(MAPPER.writeValueAsString(Argument.of(FromClient.class), message), true)
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a task of it will have said so far, and said next. */
    private final class Answering {
        final Task task;
        final long startedNanos = System.nanoTime();
        int told;

        Answering(Task task) {
            this.task = task;
        }

        void tell() {
            int targets = task.targets().size();
            int all = targets * task.count();
            double elapsedMs = (System.nanoTime() - startedNanos) / 1e6 - LATENCY_MS;
            long decided = 1 + (long) (elapsedMs * targets / task.intervalMs());
            List<PingLine> lines = new ArrayList<>();
            while (elapsedMs >= 0 && told < Math.min(decided, all)) {
                lines.add(line(task.targets().get(told % targets), told / targets));
                told++;
            }
            boolean isLast = told == all;
            if (!lines.isEmpty()) {
                send(new TaskResult(task.task(), lines, isLast, null));
            }
            if (!isLast) {
                var _ = timer.schedule(this::tell, TELL_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }

    private static PingLine line(String target, long seq) {
        return new PingLine(
                PingLine.TYPE,
                null,
                target,
                target,
                seq,
                Instant.now(),
                "reply",
                LATENCY_MS,
                57,
                64,
                false,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    @Override
    public @Nullable CompletionStage<?> onText(
            WebSocket webSocket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            String message = text.toString();
            text.setLength(0);
            handle(message);
        }
        webSocket.request(1);
        return null;
    }

    private void handle(String message) {
        try {
            FromRecorder read = MAPPER.readValue(message, Argument.of(FromRecorder.class));
            if (read instanceof Registered answer) {
                registered.complete(answer);
                if (answer.plan() != null) {
                    follow(answer.plan());
                }
            } else if (read instanceof Plan plan) {
                follow(plan);
            } else if (read instanceof Task task) {
                Answering answering = new Answering(task);
                var _ = timer.schedule(answering::tell, TELL_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (IOException e) {
            registered.completeExceptionally(e);
        }
    }

    /** Not on the thread that it came on, which must not wait for what is sent. */
    private void follow(Plan plan) {
        timer.execute(
                () -> {
                    send(new Ack(plan.revision(), null));
                    Consumer<Long> listener = onPlan;
                    if (listener != null) {
                        listener.accept(plan.revision());
                    }
                });
    }

    @Override
    public void close() {
        keepAlive.cancel(false);
        socket.abort();
    }
}
