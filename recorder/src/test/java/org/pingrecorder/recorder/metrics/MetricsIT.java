package org.pingrecorder.recorder.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pingrecorder.recorder.Answer;
import org.pingrecorder.recorder.TestRecorder;

class MetricsIT {

    /** The Prometheus text format 0.0.4: name, labels, value. */
    private static final Pattern SAMPLE =
            Pattern.compile(
                    "[a-zA-Z_:][a-zA-Z0-9_:]*(\\{(\\w+=\"([^\"\\\\]|\\\\.)*\",?)*\\})?"
                            + " ([-+]?[0-9.]+(E[-+]?[0-9]+)?|NaN|[-+]Inf)");

    @RegisterExtension static final TestRecorder RECORDER = TestRecorder.create();

    private static double pings(String result) {
        String text = RECORDER.get("/metrics").expect(200).text();
        Matcher line =
                Pattern.compile("ping_recorder_pings_total\\{result=\"" + result + "\"\\} (\\S+)")
                        .matcher(text);
        assertTrue(line.find(), text);
        return Double.parseDouble(line.group(1));
    }

    @Test
    void metrics_areWhatPrometheusReads() {
        Answer answer = RECORDER.get("/metrics").expect(200);
        assertTrue(answer.header("content-type").startsWith("text/plain"));
        assertTrue(answer.text().endsWith("\n"));
        for (String line : answer.text().lines().toList()) {
            assertTrue(
                    line.startsWith("# HELP ")
                            || line.startsWith("# TYPE ")
                            || SAMPLE.matcher(line).matches(),
                    line);
            assertFalse(line.matches("# HELP ping_recorder\\S* *"), line);
        }
    }

    @Test
    void pingsTotal_countsWhatWasStored() {
        double before = pings("stored");
        RECORDER.post("/record-ping/c", "{\"ip\":\"192.0.2.1\",\"latency_ms\":1}").expect(200);
        RECORDER.post("/record-ping/c", "{\"ip\":\"192.0.2.1\",\"latency_ms\":null}").expect(200);
        RECORDER.post("/record-ping/c", "{\"ip\":\"192.0.2.1\"}").expect(400);
        assertEquals(before + 2, pings("stored"));
        assertEquals(0, pings("failed"));
    }

    @Test
    void pingsOfBatches_areCountedByWhatBecameOfThem() {
        String batch =
                """
                {"spool":"s","batch":1,"series":[
                  {"ip":"192.0.2.1","start":"2024-03-01T06:00:00Z","interval_ms":10,"latency_ms":[1,-1,2]},
                  {"ip":"nobody is called so","start":"2024-03-01T06:00:00Z","interval_ms":10,"latency_ms":[1,2]},
                  {"ip":"192.0.2.1","start":"2999-03-01T06:00:00Z","latency_ms":[1]}]}
                """;
        List<String> results = List.of("stored", "refused", "quarantined", "duplicate", "failed");
        List<Double> before = results.stream().map(MetricsIT::pings).toList();
        double received = received();
        RECORDER.post("/record-pings/counted", batch).expect(200);
        RECORDER.post("/record-pings/counted", batch).expect(200);
        List<Double> came = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            came.add(pings(results.get(i)) - before.get(i));
        }
        assertEquals(List.of(2.0, 3.0, 1.0, 6.0, 0.0), came);
        assertEquals(came.stream().mapToDouble(d -> d).sum(), received() - received);
    }

    private static double received() {
        String text = RECORDER.get("/metrics").expect(200).text();
        Matcher line =
                Pattern.compile("(?m)^ping_recorder_pings_received_total (\\S+)").matcher(text);
        assertTrue(line.find(), text);
        return Double.parseDouble(line.group(1));
    }
}
