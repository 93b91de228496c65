package org.pingrecorder.agent.hostmetrics;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.pingrecorder.icmp.Clock;

class HostMetricsTest {

    private static final Duration NEVER = Duration.ZERO;

    private final List<String> measured = new CopyOnWriteArrayList<>();

    private HostMetrics metrics(Duration own, Source... sources) {
        return new HostMetrics(
                own,
                List.of(sources),
                (interval, names, values) ->
                        measured.add(
                                interval
                                        + " "
                                        + String.join(",", names)
                                        + " "
                                        + Arrays.toString(values)),
                Clock.system());
    }

    @Test
    void measure_sources_areOneMeasurement() {
        HostMetrics metrics = metrics(NEVER, v -> v.add("a", 1), v -> v.add("b", 2.5));

        metrics.measure(Duration.ofSeconds(10));
        metrics.measure(Duration.ofSeconds(5));

        assertEquals(List.of("10000 a,b [1.0, 2.5]", "5000 a,b [1.0, 2.5]"), measured);
    }

    @Test
    void measure_sourceWithAFault_keepsNoneOfTheOthers() {
        HostMetrics metrics =
                metrics(
                        NEVER,
                        _ -> {
                            throw new IllegalStateException("broken on purpose");
                        },
                        v -> v.add("b", 2));

        metrics.measure(Duration.ofSeconds(1));

        assertEquals(List.of("1000 b [2.0]"), measured);
    }

    @Test
    void every_plan_winsUntilItSaysNothing() {
        HostMetrics metrics = metrics(NEVER, v -> v.add("a", 1));
        metrics.start();
        metrics.every(Duration.ofMillis(20));
        await().until(() -> measured.size() >= 3);
        assertTrue(measured.stream().allMatch(each -> each.startsWith("20 ")), measured::toString);

        metrics.every(null);
        metrics.every(Duration.ofHours(1));
        await().until(() -> measured.getLast().startsWith("3600000 "));
        metrics.stop();

        int before = measured.size();
        metrics.every(Duration.ofMillis(1));
        assertEquals(before, measured.size());
    }

    @Test
    void otherHost_onThisMachine_hasWhatLinuxHasToo() {
        Values values = new Values();
        OtherHost host = new OtherHost();
        host.read(values);
        values.clear();
        host.read(values);

        for (String name :
                List.of(
                        "cpu_percent",
                        "cpu_count",
                        "memory_used_bytes",
                        "swap_total_bytes",
                        "uptime_seconds",
                        "client_resident_bytes")) {
            assertTrue(values.has(name), () -> name + " in " + Arrays.toString(values.names()));
        }
    }

    @Test
    void values_cleared_areGone() {
        Values values = new Values();
        values.add("a", 1);
        values.clear();

        assertFalse(values.has("a"));
        assertArrayEquals(new double[0], values.values());
    }
}
