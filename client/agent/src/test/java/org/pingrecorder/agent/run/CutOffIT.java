package org.pingrecorder.agent.run;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pingrecorder.agent.recorder.FakeRecorder;
import org.pingrecorder.agent.recorder.StoredBatch;
import org.pingrecorder.testnet.Behaviour;
import org.pingrecorder.testnet.FarEnd;
import org.pingrecorder.testnet.JarProcess;
import org.pingrecorder.testnet.Jars;
import org.pingrecorder.testnet.NetworkNamespace;
import org.pingrecorder.wire.control.Status;

/** A client in a network of its own, which goes silent as a whole or in part. */
class CutOffIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String NEAR = "10.1.0.1";
    private static final String FAR = "10.1.0.2";
    private static final String ONE = "10.9.0.1";
    private static final String OTHER = "10.9.0.2";

    @TempDir Path folder = Path.of("");

    private record Ping(String ip, Instant at, @Nullable Object latency, boolean isCutOff) {}

    private static List<Ping> pings(FakeRecorder recorder) {
        List<Ping> pings = new ArrayList<>();
        for (StoredBatch batch : recorder.batches()) {
            batch.series().forEach(series -> addAll(series, pings));
        }
        return pings;
    }

    private static void addAll(Map<String, Object> series, List<Ping> pings) {
        List<?> latencies = (List<?>) series.getOrDefault("latency_ms", List.of());
        List<?> ranges = (List<?>) series.getOrDefault("cut_off", List.of());
        for (int i = 0; i < latencies.size(); i++) {
            int index = i;
            boolean isCutOff =
                    ranges.stream()
                            .map(range -> (List<?>) range)
                            .anyMatch(
                                    range ->
                                            ((Number) range.get(0)).intValue() <= index
                                                    && index < ((Number) range.get(1)).intValue());
            pings.add(
                    new Ping(
                            String.valueOf(series.get("ip")),
                            Instant.parse(String.valueOf(series.get("start"))).plusMillis(500L * i),
                            latencies.get(i),
                            isCutOff));
        }
    }

    private static long count(FakeRecorder recorder, String ip, boolean lost, boolean isCutOff) {
        return pings(recorder).stream()
                .filter(p -> p.ip().equals(ip))
                .filter(p -> (p.latency() == null) == lost && p.isCutOff() == isCutOff)
                .count();
    }

    private static void awaitMore(FakeRecorder recorder, String ip, boolean lost, boolean cutOff) {
        long before = count(recorder, ip, lost, cutOff);
        await().atMost(LONG).until(() -> count(recorder, ip, lost, cutOff) >= before + 4);
    }

    @Test
    void lostPings_areMarkedWhileEveryReferenceIsSilent() throws Exception {
        NetworkNamespace.skipReason().ifPresent(reason -> abort(reason));
        try (NetworkNamespace namespace = NetworkNamespace.create()) {
            namespace.allowDatagramIcmp();
            try (FarEnd farEnd = FarEnd.attach(namespace);
                    FakeRecorder recorder = namespace.call(FakeRecorder::new);
                    JarProcess client = namespace.call(() -> start(recorder))) {
                story(farEnd, recorder, client);
            }
        }
    }

    private JarProcess start(FakeRecorder recorder) throws Exception {
        return Jars.client(Path.of("../..").toAbsolutePath(), folder)
                .flags(Jars.CLIENT_FLAGS)
                .arguments(
                        "run",
                        "--client=c",
                        "--recorder=" + recorder.uri(),
                        "--interval=500ms",
                        "--timeout=800ms",
                        "--grace=200ms",
                        "--cut-off-check=" + ONE + "," + OTHER,
                        NEAR,
                        FAR,
                        ONE)
                .start();
    }

    private static void story(FarEnd farEnd, FakeRecorder recorder, JarProcess client)
            throws Exception {
        List.of(NEAR, FAR, ONE, OTHER).forEach(ip -> farEnd.rule(ip, Behaviour.reply()));
        awaitMore(recorder, NEAR, false, false);
        awaitMore(recorder, FAR, false, false);

        // One reference is away, and one target: that target is.
        farEnd.rule(OTHER, Behaviour.silence());
        farEnd.rule(FAR, Behaviour.silence());
        awaitMore(recorder, FAR, true, false);
        awaitMore(recorder, FAR, true, false);
        assertEquals(0, pings(recorder).stream().filter(Ping::isCutOff).count());

        // All are away. What is not lost here is marked, from the first ping on.
        farEnd.rule(ONE, Behaviour.silence());
        farEnd.rule(NEAR, Behaviour.silence());
        client.await(Pattern.compile("cut off from the network since .*10\\.9\\.0\\.1"));
        awaitMore(recorder, NEAR, true, true);
        awaitMore(recorder, ONE, true, true);
        await().atMost(LONG)
                .until(() -> recorder.said(Status.class).stream().anyMatch(Status::cutOff));
        assertEquals(0, count(recorder, NEAR, true, false));

        // Back, but for the one that was away before.
        farEnd.rule(NEAR, Behaviour.reply());
        farEnd.rule(OTHER, Behaviour.reply());
        client.await(Pattern.compile("no longer cut off from the network.*10\\.9\\.0\\.2"));
        awaitMore(recorder, NEAR, false, false);
        awaitMore(recorder, FAR, true, false);
        awaitMore(recorder, ONE, true, false);
        await().atMost(LONG).until(() -> !recorder.said(Status.class).getLast().cutOff());

        assertEquals(0, client.terminate());
        assertEquals(0, count(recorder, NEAR, true, false), "lost to nothing but being cut off");
        assertTrue(pings(recorder).stream().noneMatch(p -> p.isCutOff() && p.latency() != null));
        assertFalse(pings(recorder).stream().anyMatch(p -> p.ip().equals(OTHER)));
        Status cutOff =
                recorder.said(Status.class).stream()
                        .filter(Status::cutOff)
                        .findFirst()
                        .orElseThrow();
        Long since = cutOff.cutOffSinceUs();
        assertTrue(since != null && since < cutOff.timeUs(), cutOff.toString());
    }
}
