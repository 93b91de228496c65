package org.pingrecorder.agent.delivery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micronaut.http.HttpResponse;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pingrecorder.agent.recorder.Backoff;
import org.pingrecorder.agent.recorder.FakeRecorder;
import org.pingrecorder.agent.recorder.RecorderClient;
import org.pingrecorder.agent.recorder.RecorderGate;
import org.pingrecorder.agent.timetable.Pace;
import org.pingrecorder.agent.timetable.PingedIp;
import org.pingrecorder.icmp.Clock;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.NewPing;
import org.pingrecorder.wire.Outcome;
import org.slf4j.LoggerFactory;

class DeliveryIT {

    private static final long START = 1_800_000_000_000_000L;
    private static final Duration PATIENCE = Duration.ofMillis(300);

    @TempDir private Path data = Path.of("");

    private final List<AutoCloseable> open = new ArrayList<>();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("org.pingrecorder");

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void closeAll() throws Exception {
        logger.detachAppender(log);
        for (AutoCloseable part : open.reversed()) {
            part.close();
        }
    }

    private <T extends AutoCloseable> T keep(T part) {
        open.add(part);
        return part;
    }

    private Delivery delivery(URI recorder, int bound) throws IOException {
        RecorderClient client = keep(new RecorderClient(recorder, Optional.empty()));
        Backoff backoff = new Backoff(Duration.ofMillis(5), Duration.ofMillis(50));
        RecorderGate gate = new RecorderGate(recorder.toString(), backoff, Clock.system());
        DataFolder folder = keep(DataFolder.open(data, "client1"));
        return new Delivery("client1", client, gate, folder, new DeliveryLimits(bound, 16));
    }

    private Path file(String name) {
        return data.resolve("client1").resolve(name);
    }

    private static void give(Delivery delivery, int from, int to) {
        Pace pace = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ZERO);
        for (int i = from; i < to; i++) {
            PingedIp ip = new PingedIp(Address.parse("192.0.2." + (1 + i % 200)), null, "n", pace);
            boolean lost = i % 5 == 0;
            delivery.decided(
                    new FakeResult(
                            ip,
                            START + i,
                            lost ? Outcome.TIMEOUT : Outcome.REPLY,
                            lost ? -1 : 20_113));
        }
    }

    private static void assertAddUp(Delivery delivery) {
        DeliveryCounts c = delivery.counts();
        assertEquals(c.accepted(), c.delivered() + c.setAside() + c.dropped() + c.queued(), "" + c);
    }

    private static void awaitEmpty(Delivery delivery) {
        await().until(() -> delivery.counts().queued() == 0);
        assertAddUp(delivery);
    }

    private static void assertEachOnce(int count, List<NewPing> stored) {
        assertEquals(count, stored.size());
        assertEquals(count, stored.stream().map(NewPing::at).distinct().count());
    }

    private long logged(String part) {
        return List.copyOf(log.list).stream()
                .filter(e -> e.getFormattedMessage().contains(part))
                .count();
    }

    @Test
    void decided_recorderThere_everyPingOnce() throws Exception {
        FakeRecorder recorder = keep(new FakeRecorder());
        Delivery delivery = delivery(recorder.uri(), 10_000);
        delivery.start();

        give(delivery, 0, 2_000);

        awaitEmpty(delivery);
        assertEachOnce(2_000, recorder.stored());
        assertEquals(2_000, delivery.counts().delivered());
        NewPing lost =
                recorder.stored().stream()
                        .filter(p -> p.latencyMs() == null)
                        .findAny()
                        .orElseThrow();
        assertEquals("timeout", lost.outcome());
        NewPing reply =
                recorder.stored().stream()
                        .filter(p -> p.latencyMs() != null)
                        .findAny()
                        .orElseThrow();
        assertEquals(20.113, reply.latencyMs());
        assertEquals("n", reply.name());
        assertTrue(String.valueOf(reply.at()).matches("2027-01-15T08:00:00\\.[0-9]{6}Z"));
        assertEquals(0, delivery.stop(PATIENCE));
        assertFalse(Files.exists(file("undelivered.ndjson")));
    }

    @Test
    void decided_recorderFailsForAWhile_everyPingOnceAndSaidOnce() throws Exception {
        FakeRecorder recorder = keep(new FakeRecorder());
        Delivery delivery = delivery(recorder.uri(), 10_000);
        recorder.answering(_ -> FakeRecorder.status(500, "database is away"));
        delivery.start();

        give(delivery, 0, 300);
        await().until(() -> recorder.posts() > 40);
        assertEquals(0, delivery.counts().delivered());
        assertAddUp(delivery);
        AtomicLong toldEarly = new AtomicLong();
        recorder.answering(
                _ -> {
                    toldEarly.addAndGet(logged("the recorder is back"));
                    return null;
                });

        awaitEmpty(delivery);
        assertEachOnce(300, recorder.stored());
        await().until(() -> logged("the recorder is back") == 1);
        assertEquals(1, logged("is away (it answers 500: database is away)"));
        assertEquals(1, logged("300 pings were delivered late"));
        assertEquals(0, toldEarly.get(), "told before all were delivered");
    }

    @Test
    void decided_onePingRefused_isSetAsideAndBlocksNobody() throws Exception {
        FakeRecorder recorder = keep(new FakeRecorder());
        Delivery delivery = delivery(recorder.uri(), 10_000);
        recorder.answering(
                ping ->
                        ping.ip().equals("192.0.2.7")
                                ? FakeRecorder.status(422, "no such thing as 192.0.2.7")
                                : null);
        delivery.start();

        give(delivery, 0, 400);

        awaitEmpty(delivery);
        assertEachOnce(398, recorder.stored());
        assertEquals(2, delivery.counts().setAside());
        assertEquals(2, Files.readAllLines(file("set-aside.ndjson")).size());
        assertEquals(1, logged("it answers 422: no such thing as 192.0.2.7"));
    }

    /** Refusals of this client, of its way or of its configuration, which people can mend. */
    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 405, 407, 421, 451})
    void decided_refusedForWhatIsNotThePing_isKeptAndSaidOnce(int status) throws Exception {
        FakeRecorder recorder = keep(new FakeRecorder());
        Delivery delivery = delivery(recorder.uri(), 10_000);
        recorder.answering(_ -> FakeRecorder.status(status, "not from there"));
        delivery.start();
        give(delivery, 0, 50);
        await().until(() -> recorder.posts() > 20);

        recorder.answering(_ -> null);

        awaitEmpty(delivery);
        assertEachOnce(50, recorder.stored());
        assertEquals(0, delivery.counts().setAside());
        assertEquals(1, logged("is away (it answers " + status + ": not from there)"));
    }

    /** What the types forbid and a fault could still bring. */
    @SuppressWarnings("NullAway")
    private static Outcome nothing() {
        return null;
    }

    @Test
    void decided_onePingBreaksThisClient_isSetAsideAndBlocksNobody() throws Exception {
        FakeRecorder recorder = keep(new FakeRecorder());
        Delivery delivery = delivery(recorder.uri(), 10_000);
        recorder.answering(_ -> FakeRecorder.status(503, "later"));
        delivery.start();
        Pace pace = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ZERO);
        PingedIp ip = new PingedIp(Address.parse("192.0.2.1"), null, null, pace);
        delivery.decided(new FakeResult(ip, START, nothing(), -1));
        give(delivery, 0, 50);
        await().until(() -> recorder.posts() > 5);

        recorder.answering(_ -> null);

        awaitEmpty(delivery);
        assertEachOnce(50, recorder.stored());
        assertEquals(1, delivery.counts().setAside());
    }

    @Test
    void decided_askedToWait_triesAgainLater() throws Exception {
        FakeRecorder recorder = keep(new FakeRecorder());
        Delivery delivery = delivery(recorder.uri(), 10_000);
        AtomicInteger refused = new AtomicInteger();
        recorder.answering(
                _ ->
                        refused.incrementAndGet() > 16
                                ? null
                                : CompletableFuture.completedFuture(
                                        HttpResponse.status(429, "x")
                                                .header("Retry-After", "1")
                                                .body("")));
        delivery.start();

        give(delivery, 0, 100);

        awaitEmpty(delivery);
        assertEachOnce(100, recorder.stored());
        assertEquals(0, delivery.counts().setAside());
    }

    @Test
    void decided_notARecorder_keepsThePings() throws Exception {
        FakeRecorder recorder = keep(new FakeRecorder());
        Delivery delivery = delivery(recorder.uri(), 10_000);
        recorder.answering(_ -> CompletableFuture.completedFuture(HttpResponse.ok("hello")));
        delivery.start();

        give(delivery, 0, 10);

        await().until(() -> recorder.posts() > 20);
        assertEquals(10, delivery.counts().queued());
        assertEquals(10, delivery.stop(PATIENCE));
    }

    @Test
    void stop_recorderHangs_putsEverythingOnDiskInTime() throws Exception {
        FakeRecorder recorder = keep(new FakeRecorder());
        Delivery delivery = delivery(recorder.uri(), 10_000);
        recorder.answering(_ -> FakeRecorder.never());
        delivery.start();
        give(delivery, 0, 100);
        await().until(() -> recorder.posts() >= 16);

        long startNanos = System.nanoTime();
        assertEquals(100, delivery.stop(PATIENCE));

        assertTrue(System.nanoTime() - startNanos < 3_000_000_000L);
        assertEquals(100, Files.readAllLines(file("undelivered.ndjson")).size());
    }

    @Test
    void start_afterAStopWithoutRecorder_deliversWhatWasLeft() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        URI uri = URI.create("http://127.0.0.1:" + port);
        Delivery first = delivery(uri, 10_000);
        first.start();
        give(first, 0, 100);
        await().until(() -> logged("is away") == 1);
        assertEquals(100, first.stop(PATIENCE));
        closeAll();
        open.clear();
        logger.addAppender(log);

        Delivery second = delivery(uri, 10_000);
        second.start();
        give(second, 100, 150);
        FakeRecorder recorder = keep(new FakeRecorder(port));

        awaitEmpty(second);
        assertEachOnce(150, recorder.stored());
        await().until(() -> !Files.exists(file("undelivered.ndjson")));
        assertEquals(0, second.stop(PATIENCE));
    }

    @Test
    void start_corruptLines_areSetAsideAndReportedOnce() throws Exception {
        FakeRecorder recorder = keep(new FakeRecorder());
        Delivery first = delivery(URI.create("http://127.0.0.1:9"), 100);
        give(first, 0, 3);
        assertEquals(3, storeUnstarted(first));
        Path file = file("undelivered.ndjson");
        byte[] broken = {'{', '"', (byte) 0xff, 0, '\n'};
        Files.write(file, broken, StandardOpenOption.APPEND);
        Files.writeString(
                file,
                "null\n[]\n{}\n{\"ip\":\"1.2.3\",\"at\":\"x\",\"outcome\":\"reply\"}\n"
                        + "{\"ip\":\"192.0.2.7\",\"latency_ms\":1,"
                        + "\"at\":\"2027-01-15T08:00:00Z\",\"outcome\":\"timeout\"}\n{\"ip\":\"19",
                StandardOpenOption.APPEND);
        closeAll();
        open.clear();
        logger.addAppender(log);
        FakeRecorder again = keep(new FakeRecorder());

        Delivery second = delivery(again.uri(), 100);
        second.start();

        awaitEmpty(second);
        assertEachOnce(3, again.stored());
        assertEquals(1, logged("7 of the lines"));
        assertEquals(0, recorder.posts());
    }

    @Test
    void start_unreadableFile_failsAndLeavesItAlone() throws Exception {
        Delivery delivery = delivery(URI.create("http://127.0.0.1:9"), 100);
        Files.createDirectory(file("undelivered.ndjson"));

        assertThrows(IOException.class, delivery::start);
        storeUnstarted(delivery);

        assertTrue(Files.exists(file("undelivered.ndjson")));
    }

    @Test
    void stop_beforeTheFileWasRead_leavesItAlone() throws Exception {
        Delivery delivery = delivery(URI.create("http://127.0.0.1:9"), 100);
        Files.writeString(file("undelivered.ndjson"), "kept");

        storeUnstarted(delivery);

        assertEquals("kept", Files.readString(file("undelivered.ndjson")));
    }

    @Test
    void stop_interrupted_savesAllTheSame() throws Exception {
        Delivery delivery = delivery(URI.create("http://127.0.0.1:9"), 100);
        delivery.start();
        give(delivery, 0, 20);

        Thread.currentThread().interrupt();
        int left = delivery.stop(PATIENCE);

        assertTrue(Thread.interrupted());
        assertEquals(20, left);
        assertEquals(20, Files.readAllLines(file("undelivered.ndjson")).size());
    }

    /** A delivery that was never started still stores what it was given. */
    private static int storeUnstarted(Delivery delivery) throws Exception {
        return delivery.stop(Duration.ZERO);
    }

    @Test
    void decided_queueFull_dropsTheOldestAndSaysSoOnce() throws Exception {
        Delivery delivery = delivery(URI.create("http://127.0.0.1:9"), 10);

        give(delivery, 0, 30);

        assertEquals(20, delivery.counts().dropped());
        assertAddUp(delivery);
        assertEquals(1, logged("the oldest are dropped"));
        assertEquals(10, storeUnstarted(delivery));
        assertTrue(
                Files.readString(file("undelivered.ndjson")).contains("08:00:00.000029Z"),
                "the newest stay");
    }

    @Test
    void open_twice_saysWhoHoldsIt() throws Exception {
        DataFolder first = DataFolder.open(data, "client1");
        var e = assertThrows(IOException.class, () -> DataFolder.open(data, "client1"));
        assertTrue(String.valueOf(e.getMessage()).startsWith("another client named 'client1'"));
        DataFolder.open(data, "client2").close();
        first.close();
        DataFolder.open(data, "client1").close();
    }
}
