package org.pingrecorder.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pingrecorder.testnet.JarProcess;
import org.pingrecorder.testnet.Jars;
import org.pingrecorder.wire.ClientState;
import org.pingrecorder.wire.RecordedPing;

/** One-off pings of a real client, asked of a recorder that it is not connected to. */
final class PingTaskIT {

    private static final JsonMapper JSON = JsonMapper.createDefault();

    private static final Argument<Map<String, Object>> LINE =
            Argument.mapOf(String.class, Object.class);

    @TempDir Path folder;

    /** The lines of a task, as they come. */
    private static final class Lines {
        final List<Map<String, Object>> lines = new CopyOnWriteArrayList<>();

        Lines(URI recorder, String json) {
            HttpRequest request =
                    HttpRequest.newBuilder(recorder.resolve("/ping-task"))
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(json))
                            .build();
            Thread.ofVirtual().start(() -> read(request));
        }

        private void read(HttpRequest request) {
            try (HttpClient http = HttpClient.newHttpClient();
                    InputStream body = http.send(request, BodyHandlers.ofInputStream()).body();
                    BufferedReader text =
                            new BufferedReader(
                                    new InputStreamReader(body, StandardCharsets.UTF_8))) {
                for (String line = text.readLine(); line != null; line = text.readLine()) {
                    lines.add(Objects.requireNonNull(JSON.readValue(line, LINE)));
                }
            } catch (IOException e) {
                lines.add(Map.of("type", "broken", "problem", e.toString()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        List<Map<String, Object>> of(String type) {
            return lines.stream().filter(line -> type.equals(line.get("type"))).toList();
        }

        Map<String, Object> awaitEnd() {
            soon().until(() -> !of("end").isEmpty());
            return lines.getLast();
        }
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60)).ignoreExceptions();
    }

    private JarProcess second() throws IOException {
        Path data = folder.resolve("data");
        String port = Files.readAllLines(data.resolve("postgres/postmaster.pid")).get(3).strip();
        return Jars.recorder(Project.folder(), Files.createDirectory(folder.resolve("second")))
                .environment(
                        "DATASOURCES_DEFAULT_URL",
                        "jdbc:postgresql://127.0.0.1:" + port + "/postgres")
                .environment("DATASOURCES_DEFAULT_USERNAME", "recorder")
                .environment(
                        "DATASOURCES_DEFAULT_PASSWORD",
                        Files.readString(data.resolve("postgres-password")).strip())
                .start();
    }

    private JarProcess client(String name, URI recorder) throws IOException {
        return Jars.client(Project.folder(), Files.createDirectory(folder.resolve(name)))
                .arguments(
                        "run",
                        "127.0.0.9",
                        "--interval",
                        "200ms",
                        "--recorder",
                        recorder.toString(),
                        "--client",
                        name)
                .start();
    }

    private static String task(String from, int count) {
        return "{\"targets\":[\"127.0.0.1\",\"127.0.0.2\"],\"from\":%s,\"interval\":100,\"count\":%d}"
                .formatted(from, count);
    }

    private static void awaitConnected(Rest rest, String client) {
        soon().until(() -> rest.client(client).state() == ClientState.CONNECTED);
    }

    @Test
    void task_overTwoRecorders_isDoneByClientsAndSurvivesWhoeverGoesAway() throws Exception {
        try (JarProcess first = Jars.recorder(Project.folder(), folder).start()) {
            URI asked = Jars.awaitAddress(first);
            Rest rest = new Rest(asked);
            JarProcess second = second();
            try (JarProcess here = client("here", asked);
                    JarProcess there = client("there", Jars.awaitAddress(second))) {
                awaitConnected(rest, "here");
                awaitConnected(rest, "there");

                everybodyPings(asked);
                clientThatIsKilled_isMissed(asked, here);
                recorderThatIsKilled_isMissed(asked, second);
                theTimetableGoesOn(rest, there);
            } finally {
                second.close();
            }
        }
    }

    private static void everybodyPings(URI asked) {
        Lines lines = new Lines(asked, task("[\"here\",\"there\",\"nobody\"]", 20));
        Map<String, Object> end = lines.awaitEnd();
        System.out.printf("asked three clients, of which one is unknown: %s%n", end);
        assertEquals(80, lines.of("ping").size());
        assertEquals(4, lines.of("summary").size());
        assertEquals(1, lines.of("problem").size());
        assertEquals("80", String.valueOf(end.get("received")));

        Lines own = new Lines(asked, task("[]", 3));
        System.out.printf("asked the recorder itself: %s%n", own.awaitEnd());
        assertEquals(6, own.of("ping").size());
    }

    private static void clientThatIsKilled_isMissed(URI asked, JarProcess client)
            throws InterruptedException {
        Lines lines = new Lines(asked, task("\"here\"", 300));
        soon().until(() -> lines.of("ping").size() > 4);
        client.kill();
        System.out.printf("killed the client: %s%n", lines.awaitEnd());
        assertEquals("went_away", lines.of("problem").getFirst().get("reason"));
        assertEquals(2, lines.of("summary").size());
    }

    private static void recorderThatIsKilled_isMissed(URI asked, JarProcess second)
            throws InterruptedException {
        Lines lines = new Lines(asked, task("\"there\"", 300));
        soon().until(() -> lines.of("ping").size() > 4);
        second.kill();
        System.out.printf("killed the client's recorder: %s%n", lines.awaitEnd());
        assertEquals("went_away", lines.of("problem").getFirst().get("reason"));
        assertEquals(2, lines.of("summary").size());
    }

    /** The client's own target, and nothing that a task pinged, is in the history. */
    private static void theTimetableGoesOn(Rest rest, JarProcess there) throws Exception {
        assertTrue(there.handle().isAlive(), there.output());
        List<RecordedPing> pings = rest.pings("client=there");
        assertTrue(pings.size() > 10, "too few pings to mean anything: " + pings.size());
        assertTrue(pings.stream().allMatch(ping -> ping.ip().equals("127.0.0.9")));
    }
}
