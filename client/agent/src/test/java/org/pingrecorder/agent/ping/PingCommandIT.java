package org.pingrecorder.agent.ping;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.pingrecorder.testnet.Behaviour;
import org.pingrecorder.wire.PingLine;
import org.pingrecorder.wire.SummaryLine;

/** What {@code ping} prints and how it ends, whoever reads it. */
class PingCommandIT extends PingShellFixture {

    private final ObjectMapper mapper = ObjectMapper.getDefault();

    private <T> T read(String json, Class<T> type) throws IOException {
        return Objects.requireNonNull(mapper.readValue(json, type));
    }

    @Test
    void fiveThousandHosts_mixedBehaviour_everyCountIsExact() throws Exception {
        fiveThousandHosts();

        assertEquals(1, run("$PING -f hosts -c 2 -i 5s -t 2s --json --grace 3s"), this::errors);

        Map<String, SummaryLine> summaries = new HashMap<>();
        Map<String, Integer> outcomes = new HashMap<>();
        for (String line : out().lines().toList()) {
            if (line.startsWith("{\"type\":\"ping\"")) {
                PingLine ping = read(line, PingLine.class);
                String kind = ping.duplicate() ? "duplicate" : ping.outcome();
                outcomes.merge(ping.target().substring(0, 4) + " " + kind, 1, Integer::sum);
            } else {
                SummaryLine summary = read(line, SummaryLine.class);
                assertEquals(null, summaries.put(summary.target(), summary));
            }
        }
        assertEquals(
                Map.of(
                        "10.1 reply", 8_000,
                        "10.2 timeout", 800,
                        "10.3 unreachable", 600,
                        "10.4 late", 400,
                        "10.5 reply", 198,
                        "10.5 duplicate", 198,
                        "192. send_error", 2),
                outcomes);
        assertEquals(5_000, summaries.size());
        assertEquals(8_000, farEnd.counts("10.1.0.0/16").requests());
        assertEquals(8_000, farEnd.counts("10.1.0.0/16").replies());
        assertEquals(800, farEnd.counts("10.2.0.0/16").unanswered());
        SummaryLine refused = of(summaries, "10.3.0.1");
        assertEquals(
                List.of(
                        new SummaryLine.Cause(
                                "unreachable",
                                2,
                                3,
                                1,
                                "10.255.1.1",
                                "host unreachable (type 3 code 1) from 10.255.1.1")),
                refused.causes());
        assertEquals(100.0, refused.lossPct());
        SummaryLine late = of(summaries, "10.4.0.1");
        assertEquals(List.of(2L, 0L, 2L, 0L), counts(late));
        // Two clocks are read within some microseconds of one another.
        assertTrue(late.minMs() != null && late.minMs() > 2_499.9, late.toString());
        SummaryLine nowhere = of(summaries, "192.0.2.1");
        assertEquals("nowhere at all", nowhere.name());
        assertEquals(2, nowhere.notSent());
        assertEquals("ENETUNREACH: no route", causes(nowhere).getFirst().text());
        assertEquals(2, of(summaries, "10.5.0.1").duplicates());
    }

    private static SummaryLine of(Map<String, SummaryLine> summaries, String target) {
        return Objects.requireNonNull(summaries.get(target), target);
    }

    private static List<Long> counts(SummaryLine s) {
        return List.of(s.sent(), s.received(), s.late(), s.lost());
    }

    private static List<SummaryLine.Cause> causes(SummaryLine summary) {
        List<SummaryLine.Cause> causes = summary.causes();
        return causes == null ? List.of() : causes;
    }

    @Test
    void quiet_failedHosts_areToldWithTheirCauses() throws Exception {
        farEnd.rule("10.6.0.1", Behaviour.reply());
        farEnd.rule("10.6.0.2", Behaviour.silence());
        farEnd.rule("10.6.0.3", Behaviour.error(3, 13, "10.255.1.1"));
        farEnd.rule("fd06::4", Behaviour.error(1, 3, "fd00::1"));

        int status =
                run("$PING -q -c 2 -i 500ms -t 1s --grace 0s 10.6.0.1 10.6.0.2 10.6.0.3 fd06::4");

        assertEquals(1, status, this::errors);
        String[] parts = out().split("\n\n", -1);
        assertEquals(
                """
                host      why
                10.6.0.2  2 lost: timeout
                10.6.0.3  2 lost: unreachable, prohibited by an administrator (type 3 code 13) from 10.255.1.1
                fd06::4   2 lost: unreachable, address unreachable (type 1 code 3) from fd00::1\
                """,
                parts[1]);
        assertEquals(
                """
                4 hosts: 1 answered, 3 did not
                8 sent: 2 received, 0 late, 6 lost (75.0 %); 0 not sent
                """,
                parts[2]);
    }

    @Test
    void aliveAndUnreachable_ofANetwork_areThoseHostsAndNothingElse() throws Exception {
        farEnd.rule("10.7.0.0/28", Behaviour.reply());
        farEnd.rule("10.7.0.3", Behaviour.silence());
        farEnd.rule("10.7.0.9", Behaviour.error(3, 1, "10.255.1.1"));
        String times = " -i 500ms -t 1s --grace 0s -g 10.7.0.0/28";

        assertEquals(1, run("$PING -u" + times), this::errors);
        assertEquals(List.of("10.7.0.3", "10.7.0.9"), out().lines().sorted().toList());
        assertEquals(3, farEnd.counts("10.7.0.3").unanswered());
        // A host that answers is left alone.
        assertEquals(12, farEnd.counts("10.7.0.0/28").requests());

        assertEquals(1, run("$PING -a" + times), this::errors);
        assertEquals(12, out().lines().count());
        assertFalse(out().lines().anyMatch("10.7.0.9"::equals));
    }

    @Test
    void times_areALineAHost() throws Exception {
        farEnd.rule("10.8.0.1", Behaviour.reply());
        farEnd.rule("10.8.0.22", Behaviour.silence());
        farEnd.rule("10.8.0.3", Behaviour.reply().after(Duration.ofMillis(1_300)));

        int status =
                run(
                        "$PING -q -C 2 -i 500ms -t 1s --grace 3s 10.8.0.1 10.8.0.22 10.8.0.3"
                                + " 192.0.2.1");

        assertEquals(1, status, this::errors);
        List<String> lines = out().lines().toList();
        assertTrue(lines.get(0).matches("10\\.8\\.0\\.1  :( [0-9]+\\.[0-9]{3}){2}"), lines.get(0));
        assertEquals("10.8.0.22 : - -", lines.get(1));
        assertTrue(
                lines.get(2).matches("10\\.8\\.0\\.3  :( [1-4][0-9]{3}\\.[0-9]{3}L){2}"),
                lines.get(2));
        assertEquals("192.0.2.1 : ! !", lines.get(3));
        assertEquals(4, lines.size());
    }

    @Test
    void closedPipe_endsQuietly() throws Exception {
        fiveThousandHosts();

        int status =
                run("$PING -f hosts -c 0 --json | head -1 | cut -c 1-14; exit ${PIPESTATUS[0]}");

        assertEquals("{\"type\":\"ping\"\n", out());
        assertEquals("", err());
        assertEquals(1, status);
    }

    @Test
    void interrupted_summaryStillComesAndCounts() throws Exception {
        farEnd.rule("10.9.0.0/16", Behaviour.reply());
        Files.write(folder.resolve("hosts"), addresses("10.9", 500));
        Process ping = start("exec $PING -f hosts -c 0 --json");
        await().atMost(Duration.ofSeconds(60)).until(() -> out().contains("\"seq\":1,"));

        interrupt(ping);

        assertTrue(ping.waitFor(60, TimeUnit.SECONDS));
        assertEquals(130, ping.exitValue());
        long pings = 0;
        long received = 0;
        for (String line : out().lines().toList()) {
            if (line.startsWith("{\"type\":\"ping\"")) {
                pings++;
            } else {
                received += read(line, SummaryLine.class).received();
            }
        }
        assertTrue(pings > 500, "only " + pings);
        assertEquals(pings, received);
        assertEquals("", err());
    }

    private void interrupt(Process process) throws Exception {
        assertEquals(0, new ProcessBuilder("kill", "-INT", "" + process.pid()).start().waitFor());
    }

    @Test
    void slowReader_linesAreLeftOutAndTheSummaryCountsThem() throws Exception {
        farEnd.rule("10.10.0.0/16", Behaviour.reply());
        Files.write(folder.resolve("hosts"), addresses("10.10", 1_000));
        Process ping =
                start(
                        "$PING -f hosts -c 150 -i 50ms -t 1s --grace 0s --json"
                                + " | (until [ -e go ]; do sleep 0.1; done; cat);"
                                + " exit ${PIPESTATUS[0]}");
        // More than the pipe and our room hold.
        await().atMost(Duration.ofSeconds(60))
                .until(() -> farEnd.counts("10.10.0.0/16").requests() > 100_000);
        Files.createFile(folder.resolve("go"));
        assertTrue(ping.waitFor(60, TimeUnit.SECONDS));

        assertEquals(0, ping.exitValue(), this::errors);
        long pings = 0;
        long leftOut = 0;
        long received = 0;
        Pattern notice = Pattern.compile("\\{\"type\":\"left_out\",\"lines\":([0-9]+)}");
        for (String line : out().lines().toList()) {
            var left = notice.matcher(line);
            if (left.matches()) {
                leftOut += Long.parseLong(left.group(1));
            } else if (line.startsWith("{\"type\":\"ping\"")) {
                pings++;
            } else {
                SummaryLine summary = read(line, SummaryLine.class);
                received += summary.received() + summary.notSent() + summary.lost();
            }
        }
        assertEquals(150_000, received);
        assertEquals(150_000, pings + leftOut);
        assertTrue(leftOut > 0, "nothing was left out");
    }
}
