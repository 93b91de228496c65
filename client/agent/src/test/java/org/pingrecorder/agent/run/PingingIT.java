package org.pingrecorder.agent.run;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pingrecorder.agent.recorder.FakeRecorder;
import org.pingrecorder.agent.recorder.StoredBatch;
import org.pingrecorder.agent.timetable.Coverage;
import org.pingrecorder.icmp.EngineCounters;
import org.pingrecorder.wire.NewPing;
import org.pingrecorder.wire.Source;
import org.pingrecorder.wire.TargetsText;

/** A client whose plan changes while it pings loopback. */
class PingingIT extends ClientRunFixture {

    private static final Set<String> DECIDED = Set.of("reply", "late", "timeout", "unreachable");

    private static List<TargetsText.Target> plan(String text) {
        return TargetsText.parse(text).targets();
    }

    private static void awaitMore(FakeRecorder recorder, String ip) {
        long before = count(recorder, ip);
        await().until(() -> count(recorder, ip) > before + 5);
    }

    @Test
    void apply_allKindsOfChanges_whatIsSentIsStoredAndWhatIsNotHasAReason() throws Exception {
        try (FakeRecorder recorder = new FakeRecorder()) {
            ClientRun run = start(recorder.uri(), targets("127.0.0.2\n"), "127.0.0.1");
            awaitMore(recorder, "127.0.0.1");

            String more = "127.0.0.4 interval=100ms\n127.0.0.1 interval=100ms\n";
            run.pinging().apply(plan("127.0.0.3\n" + more), null, null, false);
            awaitMore(recorder, "127.0.0.3");
            run.pinging().apply(plan(more), null, null, false);
            awaitMore(recorder, "127.0.0.4");
            run.pinging().apply(plan(more), Duration.ofMillis(300), null, false);
            awaitMore(recorder, "127.0.0.1");
            run.pinging().apply(plan(more), Duration.ofMillis(300), null, true);
            await().until(() -> gaps(recorder, "127.0.0.1").contains("paused"));
            awaitTime(Duration.ofSeconds(1));
            run.pinging().apply(plan(more), Duration.ofMillis(300), null, false);
            awaitMore(recorder, "127.0.0.1");
            awaitMore(recorder, "127.0.0.2");
            assertTrue(run.stop());

            EngineCounters counters = run.counters();
            long decided =
                    counters.replies()
                            + counters.late()
                            + counters.timeouts()
                            + counters.unreachable();
            assertTrue(decided > 60, counters.toString());
            assertEquals(
                    decided,
                    recorder.stored().stream()
                            .filter(ping -> DECIDED.contains(String.valueOf(ping.outcome())))
                            .count());
            Coverage coverage = coverage(recorder);
            coverage.assertExact();
            assertEquals(List.of("stopped"), gaps(recorder, "127.0.0.3"));
            long end = micros(Instant.now());
            assertTrue(coverage.missing("127.0.0.1", "paused", end) >= 3);
            assertTrue(coverage.missing("127.0.0.4", "paused", end) >= 9);
            assertEquals(Source.CLIENT, source(recorder, "127.0.0.1"));
            assertEquals(Source.POST, source(recorder, "127.0.0.4"));
        }
    }

    private static void awaitTime(Duration time) {
        Instant end = Instant.now().plus(time);
        await().until(() -> Instant.now().isAfter(end));
    }

    private static Source source(FakeRecorder recorder, String ip) {
        return Objects.requireNonNullElse(
                Objects.requireNonNull(recorder.registered().get(ip)).source(), Source.POST);
    }

    private static List<String> gaps(FakeRecorder recorder, String ip) {
        return recorder.batches().stream()
                .flatMap(batch -> batch.gaps().stream())
                .filter(gap -> ip.equals(gap.get("ip")))
                .map(gap -> String.valueOf(gap.get("reason")))
                .toList();
    }

    /** What the recorder was told. */
    private static Coverage coverage(FakeRecorder recorder) {
        Coverage coverage = new Coverage();
        for (StoredBatch batch : recorder.batches()) {
            for (Map<String, Object> begun : batch.running()) {
                double intervalMs =
                        ((Number) Objects.requireNonNull(begun.get("interval_ms"))).doubleValue();
                coverage.running(ip(begun), from(begun), Math.round(intervalMs * 1_000));
            }
            batch.gaps().stream()
                    .filter(gap -> gap.containsKey("ip"))
                    .forEach(
                            gap ->
                                    coverage.gap(
                                            ip(gap), from(gap), String.valueOf(gap.get("reason"))));
        }
        for (NewPing ping : recorder.stored()) {
            coverage.ping(ping.ip(), micros(Instant.parse(String.valueOf(ping.at()))));
        }
        return coverage;
    }

    private static String ip(Map<String, Object> entry) {
        return String.valueOf(entry.get("ip"));
    }

    private static long from(Map<String, Object> entry) {
        return micros(Instant.parse(String.valueOf(entry.get("from"))));
    }

    private static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }
}
