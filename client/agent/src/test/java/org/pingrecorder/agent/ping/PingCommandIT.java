package org.pingrecorder.agent.ping;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pingrecorder.testnet.Behaviour;
import org.pingrecorder.testnet.FarEnd;
import org.pingrecorder.testnet.Jars;
import org.pingrecorder.testnet.NetworkNamespace;
import org.pingrecorder.wire.PingLine;
import org.pingrecorder.wire.SummaryLine;

/** The client's jar in a network of its own, run through a shell as people run it. */
class PingCommandIT {

    private static final Path JAR = Path.of("target/client.jar").toAbsolutePath();

    private static NetworkNamespace namespace;
    private static FarEnd farEnd;

    @TempDir private Path folder = Path.of("");

    private final List<Process> started = new ArrayList<>();
    private final ObjectMapper mapper = ObjectMapper.getDefault();

    @BeforeAll
    static void createNetwork() throws Exception {
        NetworkNamespace.skipReason().ifPresent(reason -> abort(reason));
        namespace = NetworkNamespace.create();
        namespace.allowDatagramIcmp();
        farEnd = FarEnd.attach(namespace);
    }

    @AfterAll
    static void closeNetwork() throws Exception {
        if (farEnd != null) {
            farEnd.close();
            namespace.close();
        }
    }

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    /** {@code ping} in a shell line, as {@code $PING} takes its place. */
    private Process start(String shellLine) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String flags = String.join(" ", Jars.CLIENT_FLAGS);
        String ping = "%s %s -jar %s ping".formatted(java, flags, JAR);
        ProcessBuilder shell =
                new ProcessBuilder("bash", "-c", shellLine.replace("$PING", ping))
                        .directory(folder.toFile())
                        .redirectOutput(folder.resolve("out").toFile())
                        .redirectError(folder.resolve("err").toFile());
        shell.environment().put("TERM", "xterm");
        shell.environment().put("LC_ALL", "C.UTF-8");
        shell.environment().remove("NO_COLOR");
        Process process = namespace.start(shell);
        started.add(process);
        return process;
    }

    private int run(String shellLine) throws Exception {
        Process process = start(shellLine);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "does not end: " + shellLine);
        return process.exitValue();
    }

    private <T> T read(String json, Class<T> type) throws IOException {
        return Objects.requireNonNull(mapper.readValue(json, type));
    }

    private String out() throws IOException {
        return Files.readString(folder.resolve("out"));
    }

    private String err() throws IOException {
        return Files.readString(folder.resolve("err"));
    }

    private static List<String> addresses(String prefix, int count) {
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            addresses.add(prefix + "." + i / 250 + "." + (i % 250 + 1));
        }
        return addresses;
    }

    /** A file of 5,000 hosts of which some are silent, some refused by a router, some slow. */
    private void fiveThousandHosts() throws IOException {
        farEnd.rule("10.1.0.0/16", Behaviour.reply());
        farEnd.rule("10.2.0.0/16", Behaviour.silence());
        farEnd.rule("10.3.0.0/16", Behaviour.error(3, 1, "10.255.1.1"));
        farEnd.rule("10.4.0.0/16", Behaviour.reply().after(Duration.ofMillis(2_500)));
        farEnd.rule("10.5.0.0/16", Behaviour.reply().copies(2));
        List<String> lines = new ArrayList<>();
        lines.addAll(addresses("10.1", 4_000));
        lines.addAll(addresses("10.2", 400));
        lines.addAll(addresses("10.3", 300));
        lines.addAll(addresses("10.4", 200));
        lines.addAll(addresses("10.5", 99));
        lines.add("192.0.2.1 nowhere at all # no route leads there");
        Files.write(folder.resolve("hosts"), lines);
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
        assertTrue(late.minMs() != null && late.minMs() >= 2_500, late.toString());
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

    private String errors() {
        try {
            return err();
        } catch (IOException e) {
            return e.toString();
        }
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

    /** Runs in a pseudo-terminal of that size; what the terminal got is the output. */
    private static String inTerminal(int columns, int lines, String command) {
        return "script -qec 'stty cols %d rows %d; %s' /dev/null </dev/null"
                .formatted(columns, lines, command);
    }

    private static final Pattern FRAME =
            Pattern.compile("\033\\[H(.*?)(?=\033\\[H|\033\\[\\?7h)", Pattern.DOTALL);

    /** The lines of the last screen. */
    private List<String> lastFrame() throws IOException {
        String frame = FRAME.matcher(out()).results().reduce((a, b) -> b).orElseThrow().group(1);
        return frame.replaceAll("\033\\[[0-9?]*[a-zA-Z]|\r", "")
                .lines()
                .map(String::strip)
                .toList();
    }

    @Test
    void live_onATerminal_worstHostsAreOnTopAndTheScreenIsGivenBack() throws Exception {
        fiveThousandHosts();

        int status = run(inTerminal(90, 20, "exec $PING -f hosts -c 3 -t 2s --grace 3s"));

        assertEquals(1, status, this::errors);
        String out = out();
        assertTrue(out.startsWith(Terminal.ENTER), out.substring(0, Math.min(100, out.length())));
        assertEquals(1, out.split(Pattern.quote(Terminal.LEAVE), -1).length - 1);
        List<String> frame = lastFrame();
        assertEquals(20, frame.size(), frame.toString());
        frame.forEach(line -> assertTrue(Cells.width(line) <= 90, line));
        assertTrue(frame.getFirst().startsWith("client ping   5,000 hosts x 3 every 1s"));
        assertTrue(frame.get(4).matches("10\\.[23]\\..* (x+|u+) .*100\\.0 .*"), frame.get(4));
        assertTrue(frame.get(18).startsWith("… 4,986 more: "), frame.get(18));
        String after = out.substring(out.indexOf(Terminal.LEAVE) + Terminal.LEAVE.length());
        assertTrue(after.contains("10.2.0.1"), "failed hosts are listed");
        assertFalse(after.contains("10.1.0.1 "), "hosts without fault are not");
        assertTrue(after.contains("5,000 hosts: 4,299 answered, 701 did not"));
    }

    @Test
    void live_interrupted_givesTheScreenBackAndTellsTheSummary() throws Exception {
        farEnd.rule("10.11.0.0/16", Behaviour.reply());
        Process terminal =
                start(
                        inTerminal(
                                80,
                                24,
                                "echo $$ >pid; exec $PING -c 0 -i 100ms 10.11.0.1 10.11.0.2"));
        await().atMost(Duration.ofSeconds(60)).until(() -> out().contains("2 answering"));

        String pid = Files.readString(folder.resolve("pid"), StandardCharsets.US_ASCII).strip();
        assertEquals(0, new ProcessBuilder("kill", "-INT", pid).start().waitFor());

        assertTrue(terminal.waitFor(60, TimeUnit.SECONDS));
        assertEquals(130, terminal.exitValue());
        String after = out().substring(out().lastIndexOf(Terminal.LEAVE));
        assertTrue(after.contains("2 hosts: 2 answered, 0 did not"), after);
        assertTrue(after.contains("10.11.0.2 "), after);
    }

    @Test
    void live_dumbTerminalNoColourAndAscii_areRespected() throws Exception {
        farEnd.rule("10.12.0.0/16", Behaviour.silence());
        String hosts = " -c 2 -i 300ms -t 300ms --grace 0s 10.12.0.1 10.12.0.2";

        run(inTerminal(80, 24, "TERM=dumb exec $PING" + hosts));
        assertFalse(out().contains("\033"), out());
        assertTrue(out().contains("10.12.0.1: seq=0 timeout"), out());

        run(inTerminal(80, 24, "exec $PING --no-live" + hosts));
        assertFalse(out().contains("\033"), out());

        run(inTerminal(80, 24, "NO_COLOR=1 LC_ALL=C exec $PING" + hosts));
        assertTrue(out().startsWith(Terminal.ENTER));
        assertFalse(out().matches("(?s).*\033\\[[0-9]+m.*"), out());
        assertTrue(StandardCharsets.US_ASCII.newEncoder().canEncode(out()), out());

        run(inTerminal(80, 24, "exec $PING" + hosts));
        assertTrue(out().contains("\033[31m10.12.0.1"), out());
    }

    @Test
    void live_noTerminal_isRefused() throws Exception {
        assertEquals(2, run("$PING --live 127.0.0.1"));
        assertEquals(
                "--live: standard output is no terminal, or TERM says it is a dumb one",
                err().strip());
    }
}
