package org.pingrecorder.icmp;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pingrecorder.icmp.IcmpSupport.Kind;
import org.pingrecorder.icmp.RecordingListener.Decided;
import org.pingrecorder.testnet.Behaviour;
import org.pingrecorder.testnet.FarEnd;
import org.pingrecorder.testnet.Jitter;
import org.pingrecorder.testnet.NetworkNamespace;
import org.pingrecorder.testnet.Request;

/** More pings in flight than one sequence number can tell apart. */
class InFlightIT {

    private static final int HOSTS = 100_000;

    /** Longer than sending takes, so that all are in flight before the first is answered. */
    private static final Duration SILENCE = Duration.ofSeconds(6);

    private static final Duration SENDING = Duration.ofSeconds(2);

    /** Spreads the replies, which the receive buffer could not hold all at once. */
    private static final Duration JITTER = Duration.ofSeconds(2);

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    /** Until the last ping is over, so that a failure shows the counts. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @BeforeAll
    static void needsRoot() {
        NetworkNamespace.skipReason().ifPresent(reason -> abort(reason));
    }

    @ParameterizedTest
    @CsvSource({"DATAGRAM, fd00::, fd00::/32", "RAW, 10., 10.0.0.0/8"})
    void ping_hundredThousandInFlight_eachGetsItsOwnReply(Kind kind, String net, String prefix)
            throws Exception {
        List<EchoTarget> targets =
                IntStream.range(0, HOSTS).mapToObj(i -> QueueSource.target(host(net, i))).toList();
        RecordingListener listener = new RecordingListener();
        RoundsSource source =
                new RoundsSource(
                        targets, 1, System.nanoTime(), SENDING, TIMEOUT, Duration.ofSeconds(1));
        try (NetworkNamespace namespace = NetworkNamespace.create();
                FarEnd farEnd = FarEnd.attach(namespace)) {
            namespace.allowDatagramIcmp();
            // A reply tells by its TTL whose it is; chance mixes their order.
            farEnd.rule(
                    prefix,
                    Behaviour.reply()
                            .after(SILENCE)
                            .with(Jitter.uniform(JITTER, 1))
                            .ttl(InFlightIT::ttlOf));
            EngineConfig config = RunningEngine.config(kind, 2);
            try (IcmpEngine engine =
                    namespace.call(
                            () -> IcmpEngine.open(config, Clock.system(), source, listener))) {
                engine.start();
                RunningEngine.until(() -> engine.counters().handedOver() == HOSTS);
                EngineCounters sent = engine.counters();
                assertEquals(HOSTS, sent.inFlight(), sent.toString());

                await().atMost(PATIENCE).until(() -> listener.decided.size() == HOSTS);
                EngineCounters end = engine.counters();
                long dropped = namespace.call(InFlightIT::droppedByTheKernel);
                String counts = end + ", dropped " + dropped;
                // Starved of processor time, the engine may leave replies to a full buffer: these
                // are missed, and there are no more of them than the kernel says it dropped.
                assertEquals(HOSTS, end.replies() + end.overflowed(), counts);
                assertTrue(end.overflowed() <= dropped, counts);
                assertEquals(end.replies(), end.received(), counts);
                assertEquals(HOSTS, farEnd.counts(prefix).replies());
                assertTrue(farEnd.counts(prefix).overtaken() > 0);
            }
        }
        for (Decided d : listener.decided) {
            assertEquals(targets.get((int) d.handle()), d.target());
            if (d.outcome() == Outcome.MISSED) {
                assertEquals(Decider.RECEIVE_OVERFLOW, d.cause(), d.toString());
            } else {
                assertEquals(Outcome.REPLY, d.outcome(), d.toString());
                assertEquals(ttlOf(d.target().low()), d.ttl(), d.toString());
            }
        }
        assertEquals(
                HOSTS, listener.decided.stream().mapToLong(Decided::handle).distinct().count());
    }

    /** What did not fit into the receive buffers of this thread's namespace. */
    private static long droppedByTheKernel() throws IOException {
        long dropped = 0;
        for (String sockets : List.of("icmp", "icmp6", "raw", "raw6")) {
            List<String> rows = Files.readAllLines(Path.of("/proc/thread-self/net", sockets));
            for (String row : rows.subList(1, rows.size())) {
                dropped +=
                        Long.parseLong(row.substring(row.stripTrailing().lastIndexOf(' ')).strip());
            }
        }
        return dropped;
    }

    private static String host(String net, int number) {
        return net.contains(":")
                ? net + (number >> 16) + ":" + Integer.toHexString(number & 0xffff)
                : net + (1 + (number >> 16)) + "." + (number >> 8 & 0xff) + "." + (number & 0xff);
    }

    private static int ttlOf(Request request) {
        return ttlOf(request.destinationLow());
    }

    private static int ttlOf(long addressLow) {
        return (int) (1 + addressLow % 251);
    }
}
