package org.pingrecorder.agent.recorder;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.serde.ObjectMapper;
import io.micronaut.websocket.WebSocketSession;
import io.micronaut.websocket.annotation.OnClose;
import io.micronaut.websocket.annotation.OnMessage;
import io.micronaut.websocket.annotation.OnOpen;
import io.micronaut.websocket.annotation.ServerWebSocket;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.agent.timetable.PingedIp;
import org.pingrecorder.wire.Client;
import org.pingrecorder.wire.Ip;
import org.pingrecorder.wire.NewIp;
import org.pingrecorder.wire.NewPing;
import org.pingrecorder.wire.Problem;
import org.pingrecorder.wire.Receipt;
import org.pingrecorder.wire.RecordedPing;
import org.pingrecorder.wire.Source;
import org.pingrecorder.wire.control.Bye;
import org.pingrecorder.wire.control.ByeAck;
import org.pingrecorder.wire.control.FromClient;
import org.pingrecorder.wire.control.FromRecorder;
import org.pingrecorder.wire.control.Plan;
import org.pingrecorder.wire.control.Refused;
import org.pingrecorder.wire.control.Register;
import org.pingrecorder.wire.control.Registered;

/** A recorder in memory on a port of its own, which answers as it is told to. */
public final class FakeRecorder implements AutoCloseable {

    private final EmbeddedServer server;
    private final Calls calls;
    private final ControlSocket socket;

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
        socket = server.getApplicationContext().getBean(ControlSocket.class);
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    public int port() {
        return server.getPort();
    }

    /** The pings that were stored. */
    public List<NewPing> stored() {
        return batches().stream().flatMap(batch -> batch.pings().stream()).toList();
    }

    /** Holds one more ping, as if it had been stored. */
    public void hold(NewPing ping) {
        Map<String, Object> series = new HashMap<>();
        series.put("ip", ping.ip());
        series.put("start", String.valueOf(ping.at()));
        series.put("latency_ms", Collections.singletonList(ping.latencyMs()));
        calls.stored.add(new StoredBatch(Map.of("spool", "s", "series", List.of(series))));
    }

    /** The batches that were stored. */
    public List<StoredBatch> batches() {
        return new ArrayList<>(calls.stored);
    }

    /** What it knows of its clients. */
    public void clients(List<Client> clients) {
        calls.clients = List.copyOf(clients);
    }

    public Map<String, NewIp> registered() {
        return calls.ips;
    }

    public long posts() {
        return calls.posts.get();
    }

    /** How to answer a request of some batches; null stores them. */
    public void answering(Answer answer) {
        calls.answer = answer;
    }

    /** Stores batches, and then answers this all the same. */
    public void answeringAfterStoring(Answer answer) {
        calls.answerAfterStoring = answer;
    }

    /** What a receipt says of a batch: the names of what was refused. */
    public void refusing(Function<StoredBatch, List<Receipt.Refused>> refused) {
        calls.refused = refused;
    }

    /** The plan of every client from now on, which is told to those connected. */
    public void plan(Plan plan) {
        socket.plan = plan;
        socket.sessions.forEach(session -> socket.send(session, plan));
    }

    /** Whether it refuses every control channel from now on, because its name is taken. */
    public void nameTaken(boolean taken) {
        socket.nameTaken = taken;
    }

    /** What clients said on their control channels. */
    public <T extends FromClient> List<T> said(Class<T> type) {
        return socket.said.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** An answer, or null for the usual one. */
    public interface Answer {
        /** The answer to a request. */
        @Nullable CompletionStage<HttpResponse<?>> to(List<StoredBatch> batches);
    }

    public static CompletionStage<HttpResponse<?>> status(int status, String detail) {
        return status(status, detail, null);
    }

    /** With the part of the request that is at fault. */
    public static CompletionStage<HttpResponse<?>> status(
            int status, String detail, @Nullable String field) {
        return CompletableFuture.completedFuture(
                HttpResponse.status(status, "x")
                        .contentType(Problem.MEDIA_TYPE)
                        .body(new Problem("x", status, detail, field)));
    }

    /** As something on the way answers, which knows nothing of problems. */
    public static CompletionStage<HttpResponse<?>> page(int status) {
        return CompletableFuture.completedFuture(
                HttpResponse.status(status, "x").contentType(MediaType.TEXT_HTML).body("<html>"));
    }

    public static CompletionStage<HttpResponse<?>> never() {
        return new CompletableFuture<>();
    }

    @Override
    public void close() {
        server.close();
    }

    @ServerWebSocket("/ws")
    @Requires(property = "fake-recorder")
    static class ControlSocket {

        private final Queue<WebSocketSession> sessions = new ConcurrentLinkedQueue<>();
        private final Queue<FromClient> said = new ConcurrentLinkedQueue<>();
        private final ObjectMapper mapper = ObjectMapper.getDefault();
        private volatile @Nullable Plan plan;
        private volatile boolean nameTaken;

        @OnOpen
        void opened(WebSocketSession session) {
            sessions.add(session);
        }

        @OnClose
        void closed(WebSocketSession session) {
            sessions.remove(session);
        }

        @OnMessage
        void message(String text, WebSocketSession session) throws IOException {
            FromClient message = Objects.requireNonNull(mapper.readValue(text, FromClient.class));
            said.add(message);
            if (message instanceof Register) {
                send(
                        session,
                        nameTaken
                                ? new Refused("taken", 1, true)
                                : new Registered("conn", 0, 200, plan));
            } else if (message instanceof Bye) {
                send(session, new ByeAck());
            }
        }

        private void send(WebSocketSession session, FromRecorder message) {
            try {
                session.sendSync(
                        mapper.writeValueAsString(Argument.of(FromRecorder.class), message));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Controller
    @Requires(property = "fake-recorder")
    static class Calls {

        private final Queue<StoredBatch> stored = new ConcurrentLinkedQueue<>();
        private final Map<String, Long> highest = new ConcurrentHashMap<>();
        private final Map<String, NewIp> ips = new ConcurrentHashMap<>();
        private final AtomicLong posts = new AtomicLong();
        private final ObjectMapper mapper = ObjectMapper.getDefault();
        private volatile List<Client> clients = List.of();
        private volatile Answer answer = _ -> null;
        private volatile Answer answerAfterStoring = _ -> null;
        private volatile Function<StoredBatch, List<Receipt.Refused>> refused = _ -> List.of();

        @Post(
                value = "/record-pings/{client}",
                consumes = {MediaType.APPLICATION_JSON, "application/x-ndjson"},
                produces = {MediaType.APPLICATION_JSON, "application/x-ndjson"})
        CompletionStage<HttpResponse<?>> record(String client, @Body byte[] body)
                throws IOException {
            List<StoredBatch> batches = read(body);
            posts.incrementAndGet();
            CompletionStage<HttpResponse<?>> told = answer.to(batches);
            if (told != null) {
                return told;
            }
            StringBuilder receipts = new StringBuilder();
            for (StoredBatch batch : batches) {
                receipts.append(mapper.writeValueAsString(store(batch))).append('\n');
            }
            told = answerAfterStoring.to(batches);
            return told != null
                    ? told
                    : CompletableFuture.completedFuture(HttpResponse.ok(receipts.toString()));
        }

        private Receipt store(StoredBatch batch) {
            boolean isNew = batch.number() > highest.getOrDefault(batch.spool(), 0L);
            if (isNew) {
                highest.put(batch.spool(), batch.number());
                stored.add(batch);
            }
            Instant now = Instant.now();
            return new Receipt(
                    batch.spool(),
                    batch.number(),
                    isNew ? Receipt.Status.STORED : Receipt.Status.ALREADY_STORED,
                    now,
                    ChronoUnit.MICROS.between(Instant.EPOCH, now),
                    isNew ? batch.pings().size() : 0,
                    null,
                    isNew ? refused.apply(batch) : null,
                    null);
        }

        private List<StoredBatch> read(byte[] body) throws IOException {
            InputStream in = new ByteArrayInputStream(body);
            boolean compressed = body.length > 1 && body[0] == 0x1f && body[1] == (byte) 0x8b;
            String text =
                    new String(
                            (compressed ? new GZIPInputStream(in) : in).readAllBytes(),
                            StandardCharsets.UTF_8);
            List<StoredBatch> batches = new ArrayList<>();
            for (String line : text.lines().toList()) {
                batches.add(
                        new StoredBatch(
                                mapper.readValue(
                                        line, Argument.mapOf(String.class, Object.class))));
            }
            return batches;
        }

        @Get("/clients")
        List<Client> clients() {
            return clients;
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
                                            List.of(),
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
            for (NewPing ping : stored.stream().flatMap(b -> b.pings().stream()).toList()) {
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
                            ping.latencyMs(),
                            null);
            try {
                return ObjectMapper.getDefault().writeValueAsString(row);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
