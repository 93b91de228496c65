package org.pingrecorder.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pingrecorder.testnet.JarProcess;
import org.pingrecorder.testnet.Jars;
import org.pingrecorder.wire.RecordedPing;

/** The main job on real processes: a client pings, the recorder holds it, nothing is lost. */
final class MainJobIT {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir Path folder;

    @Test
    void pings_areRecordedAndSurviveARestartOfBoth() throws Exception {
        List<RecordedPing> before;
        try (JarProcess recorder = Jars.recorder(Project.folder(), folder).start()) {
            Rest rest = new Rest(Jars.awaitAddress(recorder));
            try (JarProcess client = client(Jars.awaitAddress(recorder).toString()).start()) {
                await().atMost(PATIENCE)
                        .until(
                                () ->
                                        rest.pings("client=site1&ip=127.0.0.2").size() >= 3
                                                && rest.pings("client=site1&ip=::1").size() >= 3);
                assertEquals(0, client.terminate(), client.output());
            }
            before = rest.pings("client=site1");
            assertTrue(
                    rest.get("/ips?client=site1").body().contains("\"source\":\"client\""),
                    "the client registers what it pings");
            assertEquals(0, recorder.terminate(), recorder.output());
        }
        for (RecordedPing ping : before) {
            assertEquals("reply", ping.outcome());
            assertTrue(ping.latencyMs() != null && ping.latencyMs() > 0, ping.toString());
        }
        try (JarProcess recorder = Jars.recorder(Project.folder(), folder).start()) {
            assertEquals(before, new Rest(Jars.awaitAddress(recorder)).pings("client=site1"));
        }
    }

    @Test
    void client_keepsPingingWhileTheRecorderIsAway_andDeliversAllOfIt() throws Exception {
        String address;
        try (JarProcess recorder = Jars.recorder(Project.folder(), folder).start()) {
            address = Jars.awaitAddress(recorder).toString();
        }
        String port = address.substring(address.lastIndexOf(':') + 1);
        // The recorder is away from the start, for some rounds, then comes.
        try (JarProcess client = client(address).start()) {
            client.await(java.util.regex.Pattern.compile("(?s)(sent \\d+.*){4}"));
            try (JarProcess recorder =
                    Jars.recorder(Project.folder(), folder)
                            .environment("RECORDER_PORT", port)
                            .start()) {
                Rest rest = new Rest(Jars.awaitAddress(recorder));
                await().atMost(PATIENCE)
                        .until(() -> rest.pings("client=site1&ip=127.0.0.2").size() >= 8);
                assertEquals(0, client.terminate(), client.output());
                List<RecordedPing> pings = rest.pings("client=site1&ip=127.0.0.2");
                for (int i = 1; i < pings.size(); i++) {
                    assertEquals(
                            Duration.ofSeconds(1),
                            Duration.between(pings.get(i - 1).at(), pings.get(i).at()),
                            "one ping a slot, none missing, none twice: " + pings);
                }
            }
        }
    }

    private JarProcess.Command client(String recorder) throws Exception {
        return Jars.client(Project.folder(), folder)
                .arguments("run", "--recorder", recorder, "--client", "site1", "--interval", "1s")
                .arguments("127.0.0.2", "::1");
    }
}
