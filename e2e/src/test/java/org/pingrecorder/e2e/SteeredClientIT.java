package org.pingrecorder.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pingrecorder.testnet.JarProcess;
import org.pingrecorder.testnet.Jars;
import org.pingrecorder.wire.Client;
import org.pingrecorder.wire.ClientState;
import org.pingrecorder.wire.RecordedPing;

/** A client without targets of its own, which a recorder tells what to ping. */
final class SteeredClientIT {

    @TempDir Path folder;

    private JarProcess client(URI recorder) throws IOException {
        return Project.client(folder)
                .arguments("run", "--recorder", recorder.toString(), "--client", "site1")
                .start();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(40)).ignoreExceptions();
    }

    private static void plan(Rest rest, String method, String json) throws Exception {
        var answer = rest.call(method, "/clients/site1/plan", json);
        assertEquals(200, answer.statusCode(), answer.body());
        soon().until(
                        () -> {
                            Client client = rest.client("site1");
                            return client.planAcked() == client.planRevision();
                        });
    }

    private static Set<String> pinged(Rest rest) throws Exception {
        return rest.pings("client=site1").stream()
                .map(RecordedPing::ip)
                .collect(Collectors.toSet());
    }

    private static void awaitState(Rest rest, ClientState state) {
        soon().until(() -> rest.client("site1").state() == state);
    }

    @Test
    void client_withoutTargets_followsPlansSaysGoodbyeAndIsMissedWhenItDoesNot() throws Exception {
        try (JarProcess recorder = Project.recorder(folder).start()) {
            URI address = Jars.awaitAddress(recorder);
            Rest rest = new Rest(address);
            try (JarProcess client = client(address)) {
                awaitState(rest, ClientState.CONNECTED);
                assertEquals(Integer.valueOf(10_000), rest.client("site1").mostPingsPerSecond());

                plan(
                        rest,
                        "PUT",
                        "{\"interval_ms\":200,\"targets\":[{\"ip\":\"127.0.0.2\"},"
                                + "{\"ip\":\"127.0.0.3\",\"interval_ms\":100}]}");
                soon().until(() -> pinged(rest).equals(Set.of("127.0.0.2", "127.0.0.3")));

                plan(rest, "PATCH", "{\"paused\":true}");
                assertTrue(rest.client("site1").paused());
                plan(rest, "PATCH", "{\"paused\":false}");

                assertEquals(0, client.terminate(), client.output());
                awaitState(rest, ClientState.STOPPED);
            }
            JarProcess client = client(address);
            awaitState(rest, ClientState.CONNECTED);
            client.kill();
            soon().until(() -> rest.client("site1").state() != ClientState.CONNECTED);
            // While its last batch is fresh it may still be delivering, by another way.
            await().atMost(Duration.ofSeconds(100))
                    .until(() -> rest.client("site1").state() == ClientState.LOST);
        }
    }
}
