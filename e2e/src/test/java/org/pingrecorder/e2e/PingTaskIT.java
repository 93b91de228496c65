package org.pingrecorder.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pingrecorder.testnet.JarProcess;
import org.pingrecorder.testnet.Jars;
import org.pingrecorder.wire.ClientState;
import org.pingrecorder.wire.RecordedPing;

/** One-off pings of a real client, asked of a recorder that it is not connected to. */
final class PingTaskIT {

    @TempDir Path folder;

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60)).ignoreExceptions();
    }

    private JarProcess second() throws IOException {
        return SecondRecorder.of(
                        folder.resolve("data"), Files.createDirectory(folder.resolve("second")))
                .start();
    }

    private JarProcess client(String name, URI recorder) throws IOException {
        return Project.client(Files.createDirectory(folder.resolve(name)))
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
        try (JarProcess first = Project.recorder(folder).start()) {
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
        try (TaskLines lines = new TaskLines(asked, task("[\"here\",\"there\",\"nobody\"]", 20))) {
            TaskLines.Line end = lines.awaitEnd();
            System.out.printf("asked three clients, of which one is unknown: %s%n", end.json());
            assertEquals(80, lines.of("ping").size());
            assertEquals(4, lines.of("summary").size());
            assertEquals(1, lines.of("problem").size());
            assertEquals("80", end.text("received"));
        }
        try (TaskLines own = new TaskLines(asked, task("[]", 3))) {
            System.out.printf("asked the recorder itself: %s%n", own.awaitEnd().json());
            assertEquals(6, own.of("ping").size());
        }
    }

    private static void clientThatIsKilled_isMissed(URI asked, JarProcess client)
            throws InterruptedException {
        whoIsKilled_isMissed("the client", new TaskLines(asked, task("\"here\"", 300)), client);
    }

    private static void recorderThatIsKilled_isMissed(URI asked, JarProcess second)
            throws InterruptedException {
        whoIsKilled_isMissed(
                "the client's recorder", new TaskLines(asked, task("\"there\"", 300)), second);
    }

    private static void whoIsKilled_isMissed(String who, TaskLines task, JarProcess process)
            throws InterruptedException {
        try (task) {
            soon().until(() -> task.of("ping").size() > 4);
            process.kill();
            System.out.printf("killed %s: %s%n", who, task.awaitEnd().json());
            assertEquals("went_away", task.of("problem").getFirst().text("reason"));
            assertEquals(2, task.of("summary").size());
        }
    }

    /** The client's own target, and nothing that a task pinged, is in the history. */
    private static void theTimetableGoesOn(Rest rest, JarProcess there) throws Exception {
        assertTrue(there.handle().isAlive(), there.output());
        List<RecordedPing> pings = rest.pings("client=there");
        assertTrue(pings.size() > 10, "too few pings to mean anything: " + pings.size());
        assertTrue(pings.stream().allMatch(ping -> ping.ip().equals("127.0.0.9")));
    }
}
