package org.pingrecorder.agent.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pingrecorder.agent.config.Surroundings;
import org.pingrecorder.agent.recorder.FakeRecorder;
import org.pingrecorder.agent.recorder.RecorderClient;
import org.pingrecorder.icmp.Clock;
import org.pingrecorder.wire.ClientState;
import org.pingrecorder.wire.NewIp;
import org.pingrecorder.wire.NewPing;
import org.pingrecorder.wire.Source;
import picocli.CommandLine;

class StatusCommandIT {

    /** Enough rows that they come in many parts. */
    private static final int PINGS = 3_000;

    private static int execute(FakeRecorder recorder, Writer out, Writer err, String... more) {
        List<String> line = new ArrayList<>(List.of("--recorder", recorder.uri().toString()));
        line.addAll(List.of(more));
        return new CommandLine(
                        new StatusCommand(new Surroundings(Map.of(), Path.of(""), Clock.system())))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(line.toArray(String[]::new));
    }

    @Test
    void status_ofAClientThatIsNot_saysSo() throws Exception {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        try (FakeRecorder recorder = new FakeRecorder()) {
            assertEquals(1, execute(recorder, out, err, "--client", "nobody"));
        }
        assertEquals("", out.toString());
        assertTrue(err.toString().contains("there is no client 'nobody'"), err.toString());
    }

    @Test
    void status_ofALastMinute_countsEveryRow() throws Exception {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        try (FakeRecorder recorder = new FakeRecorder();
                RecorderClient client = new RecorderClient(recorder.uri(), Optional.empty())) {
            client.register(List.of(new NewIp("192.0.2.7", null, "c", "router", Source.CLIENT)));
            Instant now = Instant.now();
            recorder.clients(
                    List.of(
                            ClientsTableTest.client(
                                    "c", ClientState.CONNECTED, now, 7, 7, true, 0L)));
            for (int i = 0; i < PINGS; i++) {
                Double latencyMs = i % 4 == 0 ? null : 20.113;
                String outcome = i % 4 == 0 ? "timeout" : "reply";
                String at = now.minusMillis(30_000 - i).toString();
                recorder.hold(new NewPing("192.0.2.7", null, latencyMs, null, at, outcome));
            }
            String old = now.minusSeconds(90).toString();
            recorder.hold(new NewPing("192.0.2.7", null, 1.0, null, old, "reply"));

            int status = execute(recorder, out, err);

            assertEquals(0, status, err.toString());
            assertTrue(
                    out.toString().lines().skip(1).findFirst().orElseThrow().startsWith("c  "),
                    out.toString());
            assertTrue(
                    out.toString().lines().skip(3).findFirst().orElseThrow().endsWith(" UTC:"),
                    out.toString());
            assertTrue(
                    out.toString()
                            .lines()
                            .skip(5)
                            .findFirst()
                            .orElseThrow()
                            .matches(
                                    "c +192.0.2.7 +router +3000 +2250 +0 +750 +0 +25.0 +20.113 ms"
                                            + " +[0-9:]{8}"),
                    out.toString());
        }
    }
}
