package org.pingrecorder.agent.recorder;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.agent.timetable.PingedIp;
import org.pingrecorder.wire.Ip;
import org.pingrecorder.wire.NewIp;
import org.pingrecorder.wire.NewPing;
import org.pingrecorder.wire.Problem;
import org.pingrecorder.wire.RecordedPing;
import org.pingrecorder.wire.Source;

/** A recorder in memory on a port of its own, which answers as it is told to. */
public final class FakeRecorder implements AutoCloseable {

    private final EmbeddedServer server;
    private final Calls calls;

    public FakeRecorder() {
        this(-1);
    }

    public FakeRecorder(int port) {
        server =
                ApplicationContext.run(
                        EmbeddedServer.class,
                        Map.of(
                                "micronaut.server.port",
                                port,
                                "micronaut.server.host",
                                "127.0.0.1",
                                "fake-recorder",
                                true));
        calls = server.getApplicationContext().getBean(Calls.class);
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    public int port() {
        return server.getPort();
    }

    /** What was stored, as client and ping. */
    public List<NewPing> stored() {
        return new ArrayList<>(calls.stored);
    }

    public Map<String, NewIp> registered() {
        return calls.ips;
    }

    public long posts() {
        return calls.posts.get();
    }

    /** How to answer a ping; null stores it. */
    public void answering(Function<NewPing, @Nullable CompletionStage<HttpResponse<?>>> answer) {
        calls.answer = answer;
    }

    public static CompletionStage<HttpResponse<?>> status(int status, String detail) {
        return CompletableFuture.completedFuture(
                HttpResponse.status(status, "x")
                        .contentType(Problem.MEDIA_TYPE)
                        .body(new Problem("x", status, detail, null)));
    }

    public static CompletionStage<HttpResponse<?>> never() {
        return new CompletableFuture<>();
    }

    @Override
    public void close() {
        server.close();
    }

    @Controller
    @Requires(property = "fake-recorder")
    static class Calls {

        private final Queue<NewPing> stored = new ConcurrentLinkedQueue<>();
        private final Map<String, NewIp> ips = new ConcurrentHashMap<>();
        private final AtomicLong posts = new AtomicLong();
        private volatile Function<NewPing, @Nullable CompletionStage<HttpResponse<?>>> answer =
                _ -> null;

        @Post("/record-ping/{client}")
        CompletionStage<HttpResponse<?>> record(String client, @Body NewPing ping) {
            posts.incrementAndGet();
            CompletionStage<HttpResponse<?>> told = answer.apply(ping);
            if (told != null) {
                return told;
            }
            stored.add(ping);
            return CompletableFuture.completedFuture(HttpResponse.ok(Map.of("status", "success")));
        }

        @Get("/ips")
        List<Ip> ips(@QueryValue @Nullable String client) {
            return ips.values().stream()
                    .filter(ip -> client == null || client.equals(ip.client()))
                    .map(
                            ip ->
                                    new Ip(
                                            1,
                                            ip.ip(),
                                            ip.family(),
                                            String.valueOf(ip.client()),
                                            ip.name(),
                                            ip.source() == null ? Source.POST : ip.source(),
                                            Instant.EPOCH))
                    .toList();
        }

        @Post("/ips")
        HttpResponse<?> register(@Body List<NewIp> added) {
            added.forEach(ip -> ips.put(PingedIp.key(ip.ip(), ip.family()), ip));
            return HttpResponse.created(Map.of());
        }

        @Get(value = "/pings", produces = "application/x-ndjson")
        String pings(@QueryValue Instant start, @QueryValue Instant end) {
            StringBuilder rows = new StringBuilder();
            for (NewPing ping : stored) {
                Instant at = Instant.parse(String.valueOf(ping.at()));
                if (!at.isBefore(start) && at.isBefore(end)) {
                    rows.append(row(ping, at)).append('\n');
                }
            }
            return rows.toString();
        }

        private static String row(NewPing ping, Instant at) {
            RecordedPing row =
                    new RecordedPing(
                            "c",
                            ping.ip(),
                            ping.family(),
                            ping.name(),
                            at,
                            String.valueOf(ping.outcome()),
                            ping.latencyMs());
            try {
                return io.micronaut.serde.ObjectMapper.getDefault().writeValueAsString(row);
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
