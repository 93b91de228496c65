package org.pingrecorder.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pingrecorder.testnet.JarProcess;
import org.pingrecorder.testnet.Jars;

/** What a client measures of its host, on its way over a recorder that is away to the answers. */
final class HostMetricsIT {

    @TempDir Path folder;

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60)).ignoreExceptions();
    }

    private JarProcess recorder(String port) throws IOException {
        return Project.recorder(folder).environment("RECORDER_PORT", port).start();
    }

    private JarProcess client(URI recorder, String... more) throws IOException {
        return Project.client(folder)
                .arguments("run", "--recorder", recorder.toString(), "--client", "site1")
                .arguments(more)
                .start();
    }

    /** The seconds of a window in which a value was measured. */
    private static List<String> seconds(Rest rest, String name, Instant from, Instant to)
            throws Exception {
        return rest.get(
                        "/clients/site1/metrics?step=1s&format=csv&names=%s&start=%s&end=%s"
                                .formatted(name, from, to))
                .body()
                .lines()
                .filter(line -> line.startsWith(name + ",") && !line.contains(",0,"))
                .toList();
    }

    private static Instant second() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    @Test
    void metrics_whileTheRecorderIsAway_areThereOnceItIsBack() throws Exception {
        JarProcess first = recorder("0");
        URI address = Jars.awaitAddress(first);
        try (JarProcess client =
                client(
                        address,
                        "--metrics-interval",
                        "1s",
                        "--metrics-command",
                        "echo room_celsius 21.5")) {
            Instant start = second();
            soon().until(
                            () ->
                                    !seconds(new Rest(address), "room_celsius", start, second())
                                            .isEmpty());
            first.kill();
            Instant away = second().plusSeconds(1);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> second().isAfter(away.plusSeconds(5)));
            Instant back = second();

            try (JarProcess second = recorder(Integer.toString(address.getPort()))) {
                Rest rest = new Rest(Jars.awaitAddress(second));
                long missed = Duration.between(away, back).toSeconds();
                // A busy machine may measure a little later than each second.
                soon().until(() -> seconds(rest, "room_celsius", away, back).size() >= missed - 2);
                soon().until(() -> !seconds(rest, "cpu_percent", away, back).isEmpty());
                soon().until(
                                () ->
                                        rest.get("/metrics")
                                                .body()
                                                .contains(
                                                        "ping_recorder_host_room_celsius{client=\"site1\"}"
                                                            + " 21.5"));
                assertEquals(0, client.terminate(), client.output());
            }
        }
    }

    @Test
    void metrics_byPlan_areMeasuredAsOftenAsThatSays() throws Exception {
        try (JarProcess recorder = recorder("0")) {
            URI address = Jars.awaitAddress(recorder);
            Rest rest = new Rest(address);
            try (JarProcess client = client(address, "--metrics-interval", "0")) {
                soon().until(() -> rest.client("site1").planAcked() == 0);
                Instant start = second();
                assertEquals(List.of(), seconds(rest, "load1", start.minusSeconds(60), second()));

                rest.call(
                        "PUT",
                        "/clients/site1/plan",
                        "{\"targets\":[],\"metrics_interval_ms\":1000}");

                soon().until(() -> seconds(rest, "load1", start, second()).size() >= 3);
                assertTrue(client.handle().isAlive());
            }
        }
    }
}
