package org.pingrecorder.agent.delivery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.pingrecorder.agent.recorder.Backoff;
import org.pingrecorder.agent.recorder.FakeRecorder;
import org.pingrecorder.agent.recorder.RecorderClient;
import org.pingrecorder.agent.recorder.RecorderGate;
import org.pingrecorder.agent.spool.SpoolLimits;
import org.pingrecorder.agent.timetable.Pace;
import org.pingrecorder.agent.timetable.PingedIp;
import org.pingrecorder.icmp.Clock;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.NewPing;
import org.pingrecorder.wire.Outcome;
import org.slf4j.LoggerFactory;

/** A delivery with a real spool, pings to give it, and all it says. */
abstract class DeliveryFixture {

    static final long START = 1_800_000_000_000_000L;
    static final Duration PATIENCE = Duration.ofMillis(300);
    static final URI NOBODY = URI.create("http://127.0.0.1:9");

    static final Pace SECOND =
            new Pace(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ZERO);

    @TempDir Path data = Path.of("");

    final List<AutoCloseable> open = new ArrayList<>();
    final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("org.pingrecorder");
    final AtomicInteger faults = new AtomicInteger();
    volatile String faultyThread = "";
    private final List<PingedIp> ips = new ArrayList<>();

    @BeforeEach
    final void listen() {
        for (int i = 1; i <= 200; i++) {
            ips.add(new PingedIp(Address.parse("192.0.2." + i), null, "n", SECOND));
        }
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    final void closeAll() throws Exception {
        logger.detachAppender(log);
        for (AutoCloseable part : open.reversed()) {
            part.close();
        }
    }

    /** Ends everything as a kill would, but for what is in memory of this process. */
    final void closeParts() throws Exception {
        for (AutoCloseable part : open.reversed()) {
            part.close();
        }
        open.clear();
    }

    final <T extends AutoCloseable> T keep(T part) {
        open.add(part);
        return part;
    }

    final Delivery delivery(URI recorder) throws IOException {
        return delivery(recorder, SpoolLimits.of(64L << 20, Duration.ofDays(30)));
    }

    final Delivery delivery(URI recorder, SpoolLimits limits) throws IOException {
        RecorderClient client = keep(new RecorderClient(recorder, Optional.empty()));
        Backoff backoff = new Backoff(Duration.ofMillis(5), Duration.ofMillis(50));
        RecorderGate gate = new RecorderGate(recorder.toString(), backoff, Clock.system());
        DataFolder folder = keep(DataFolder.open(data, "client1"));
        return new Delivery(
                "client1",
                client,
                gate,
                folder,
                new DeliveryLimits(Duration.ofMillis(20), limits),
                Clock.system(),
                this::stampMicros,
                faults::incrementAndGet);
    }

    private long stampMicros() {
        if (Thread.currentThread().getName().equals(faultyThread)) {
            throw new AssertionError("a fault in " + faultyThread);
        }
        return Clock.system().epochMicros();
    }

    final Delivery started(URI recorder) throws IOException {
        Delivery delivery = delivery(recorder);
        delivery.start(Duration.ofSeconds(5));
        return delivery;
    }

    final long stop(Delivery delivery) throws IOException {
        return delivery.stop(Clock.system().epochMicros(), PATIENCE);
    }

    final Path file(String name) {
        return data.resolve("client1").resolve(name);
    }

    /** Pings of 200 ips in turn, each a microsecond after the one before; every fifth is lost. */
    final void give(Delivery delivery, int from, int to) {
        for (int i = from; i < to; i++) {
            boolean lost = i % 5 == 0;
            delivery.decided(
                    new FakeResult(
                            ips.get(i % 200),
                            START + i,
                            lost ? Outcome.TIMEOUT : Outcome.REPLY,
                            lost ? -1 : 20_113));
        }
    }

    static void assertAddUp(Delivery delivery) {
        DeliveryCounts c = delivery.counts();
        assertEquals(c.accepted(), c.delivered() + c.setAside() + c.dropped() + c.queued(), "" + c);
    }

    static void awaitEmpty(Delivery delivery) {
        await().until(() -> delivery.counts().queued() == 0);
        assertAddUp(delivery);
    }

    static void assertEachOnce(int count, FakeRecorder recorder) {
        List<NewPing> stored = recorder.stored();
        assertEquals(count, stored.size());
        assertEquals(count, stored.stream().map(NewPing::at).distinct().count());
    }

    final long logged(String part) {
        return List.copyOf(log.list).stream()
                .filter(e -> e.getFormattedMessage().contains(part))
                .count();
    }
}
