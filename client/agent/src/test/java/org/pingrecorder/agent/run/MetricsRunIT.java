package org.pingrecorder.agent.run;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.pingrecorder.agent.recorder.FakeRecorder;
import org.pingrecorder.agent.recorder.StoredBatch;

/** The host's metrics on their way to the recorder. */
class MetricsRunIT extends ClientRunFixture {

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> values(FakeRecorder recorder) {
        return recorder.batches().stream()
                .map(StoredBatch::metrics)
                .flatMap(List::stream)
                .map(m -> (Map<String, Object>) Objects.requireNonNull(m.get("values")))
                .toList();
    }

    @Test
    void run_withGauges_deliversThemWithTheHostsMetrics() throws Exception {
        metricsInterval = Duration.ofSeconds(1);
        metricsFile = Files.writeString(folder.resolve("gauges"), "room_celsius 21.5\n");
        try (FakeRecorder recorder = new FakeRecorder()) {
            start(recorder.uri(), null, "127.0.0.1");

            await().until(() -> values(recorder).size() >= 3);

            Map<String, Object> last = values(recorder).getLast();
            assertEquals(21.5, last.get("room_celsius"));
            for (String name :
                    List.of("load1", "cpu_percent", "client_queued_pings", "client_slip_p99_ms")) {
                assertTrue(last.containsKey(name), () -> name + " in " + last);
            }
        }
    }

    @Test
    void run_whileTheRecorderIsAway_keepsThemInTheSpool() throws Exception {
        metricsInterval = Duration.ofSeconds(1);
        try (FakeRecorder recorder = new FakeRecorder()) {
            recorder.answering(_ -> FakeRecorder.status(503, "later"));
            ClientRun run = start(recorder.uri(), null, "127.0.0.1");
            // At 200 ms, so some three seconds.
            await().until(() -> run.queued() >= 16);
            run.stop();
            assertEquals(List.of(), values(recorder));
            recorder.answering(_ -> null);

            metricsInterval = Duration.ZERO;
            start(recorder.uri(), null);

            await().until(() -> values(recorder).size() >= 3);
        }
    }
}
