package org.pingrecorder.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pingrecorder.agent.config.Surroundings;
import org.pingrecorder.icmp.Clock;
import org.pingrecorder.wire.Durations;
import org.pingrecorder.wire.PingLine;
import org.pingrecorder.wire.SummaryLine;
import picocli.CommandLine;

class CommandLineIT {

    @TempDir private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final ObjectMapper mapper = ObjectMapper.getDefault();

    private int execute(String... arguments) {
        CommandLine line =
                Main.commandLine(new Surroundings(Map.of(), folder, Clock.system()))
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "localhost"})
    void ping_loopback_answers(String host) {
        int status = execute("ping", host, "-c", "3", "-i", "500ms");

        assertEquals(0, status, err.toString());
        List<String> lines = out.toString().lines().toList();
        String line = host.equals("localhost") ? "localhost \\(.*\\)" : host;
        for (int i = 0; i < 3; i++) {
            assertTrue(
                    lines.get(i)
                            .matches(line + ": seq=" + i + " time=[0-9]+\\.[0-9]{3} ms ttl=[0-9]+"),
                    lines.get(i));
        }
        assertEquals("", lines.get(3));
        assertTrue(lines.get(4).matches("host +sent +received +late +lost .*"), lines.get(4));
        assertTrue(lines.get(5).matches(host + " +3 +3 +0 +0 +0 +0\\.0 .*"), lines.get(5));
    }

    @Test
    void ping_summary_fitsOnATerminal() {
        execute("ping", "127.0.0.1", "::1", "-c", "2", "-i", "500ms", "-q");

        out.toString().lines().forEach(line -> assertTrue(line.length() <= 80, line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "ping", "status"})
    void help_durations_areWrittenAsErrorsWriteThem(String command) {
        execute(command, "--help");

        List<String> durations =
                Pattern.compile("\\b[0-9]+(ms|s|m|h)\\b")
                        .matcher(out.toString())
                        .results()
                        .map(MatchResult::group)
                        .toList();
        assertTrue(durations.size() > 1, out.toString());
        durations.forEach(text -> assertEquals(Durations.text(Durations.parse(text)), text));
    }

    @Test
    void ping_json_isOneObjectALineAndNothingElse() throws IOException {
        int status = execute("ping", "127.0.0.1", "::1", "-c", "2", "-i", "500ms", "--json");

        assertEquals(0, status, err.toString());
        List<PingLine> pings = new ArrayList<>();
        List<SummaryLine> summaries = new ArrayList<>();
        for (String line : out.toString().lines().toList()) {
            if (line.startsWith("{\"type\":\"ping\"")) {
                pings.add(mapper.readValue(line, PingLine.class));
            } else {
                summaries.add(mapper.readValue(line, SummaryLine.class));
            }
        }
        assertEquals(4, pings.size());
        for (PingLine ping : pings) {
            assertEquals("reply", ping.outcome());
            assertNotNull(ping.latencyMs());
            assertTrue(ping.latencyMs() > 0);
            assertEquals(64, ping.bytes());
            assertNull(ping.client());
        }
        assertEquals(2, summaries.size());
        SummaryLine first = summaries.getFirst();
        assertEquals("127.0.0.1", first.target());
        assertEquals(2, first.sent());
        assertEquals(2, first.received());
        assertEquals(0.0, first.lossPct());
        assertTrue(
                first.minMs() != null && first.maxMs() != null && first.minMs() <= first.maxMs());
    }

    @Test
    void ping_quiet_isOnlyTheSummary() {
        assertEquals(0, execute("ping", "127.0.0.1", "-c", "1", "-q"));
        assertEquals(2, out.toString().lines().count());
    }

    @Test
    void ping_unresolvableName_is2AndTheOthersArePinged() {
        int status = execute("ping", "127.0.0.1", "no-such-host.invalid", "-c", "1");

        assertEquals(2, status);
        assertTrue(out.toString().contains("no-such-host.invalid: seq=0 resolve_error"));
        assertTrue(out.toString().contains("127.0.0.1: seq=0 time="));
    }

    @Test
    void ping_file_isRead() throws IOException {
        Files.writeString(folder.resolve("hosts"), "127.0.0.1 me # x\n127.0.0.2\n");

        assertEquals(0, execute("ping", "-f", "hosts", "-c", "1", "-i", "20ms"));
        assertTrue(out.toString().contains("127.0.0.2: seq=0 time="));
    }

    @Test
    void ping_badUse_tellsEverything() throws IOException {
        Files.writeString(folder.resolve("hosts"), "1.2.3\n");

        int status = execute("ping", "a..b", "-f", "hosts", "-i", "5", "-c", "-1", "-t", "1ms");

        assertEquals(2, status);
        assertEquals(5, err.toString().lines().count(), err.toString());
        assertTrue(err.toString().contains("hosts, line 1: '1.2.3' is not an IPv4 address"));
        assertEquals("", out.toString());
    }

    @Test
    void ping_noHosts_is2() {
        assertEquals(2, execute("ping"));
        assertEquals(2, execute("ping", "-f", "none"));
        assertEquals(2, execute("ping", "--no-such-option"));
    }

    @Test
    void check_here_namesEveryKind() {
        int status = execute("check");

        assertEquals(0, status);
        assertEquals(5, out.toString().lines().takeWhile(l -> !l.isEmpty()).count());
    }

    @Test
    void run_badConfiguration_is2AndTellsEverything() {
        int status = execute("run", "--interval", "10", "--client", "a b", "1.2.3");

        assertEquals(2, status);
        assertEquals(3, err.toString().lines().count(), err.toString());
        assertEquals(2, execute("run", "--targets", "none.txt"));
    }

    @Test
    void run_undeliveredUnreadable_is1AndSaysWhichFile() throws IOException {
        Path file = Files.createDirectories(folder.resolve("data/c/undelivered.ndjson"));

        int status = execute("run", "127.0.0.1", "--client", "c", "--data", "data");

        assertEquals(1, status);
        assertEquals(
                "cannot read the undelivered results in %s (it is a directory): mend it, or move it away and start again"
                        .formatted(file),
                err.toString().strip());
        assertTrue(Files.isDirectory(file));
        // Everything was given back: the folder can be taken, and no hook is left to exit with 0.
        assertEquals(1, execute("run", "127.0.0.1", "--client", "c", "--data", "data"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "ping", "check", "status"})
    void help_ofEachCommand_namesItsExitStatus(String command) {
        assertEquals(0, execute(command, "--help"));
        assertTrue(out.toString().contains("Exit status:"));
        assertEquals(0, execute(command, "--version"));
        assertEquals(0, execute("--version"));
    }

    @Test
    void status_noRecorder_is1() {
        assertEquals(1, execute("status", "--recorder", "http://127.0.0.1:9"));
        assertTrue(err.toString().contains("http://127.0.0.1:9"), err.toString());
        assertEquals(2, execute("status", "--every", "5"));
    }

    @Test
    void status_everyOutOfBounds_isRefusedBeforeItConnects() {
        assertEquals(2, execute("status", "--every", "0s", "--recorder", "http://127.0.0.1:9"));
        assertEquals("--every: 0s is out of bounds: write 1s to 1h", err.toString().strip());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ping --no-such-option | there is no option --no-such-option",
                "ping -c | --count: its value is missing",
                "ping --quiet=often 127.0.0.1 | --quiet: takes no value",
                "ping -c 1 -c 2 127.0.0.1 | --count: is given twice",
                "status 127.0.0.1 | '127.0.0.1' is one argument too many",
            })
    void badUse_isOneSentenceAndWhereToReadOn(String arguments, String sentence) {
        String[] words = arguments.split(" ");

        assertEquals(2, execute(words));

        String said = err.toString().strip();
        assertTrue(said.startsWith(sentence), said);
        assertTrue(said.endsWith("; see client " + words[0] + " --help"), said);
        assertEquals(1, said.lines().count(), said);
    }

    @Test
    void badUse_unknownCommand_namesTheCommandLine() {
        assertEquals(2, execute("pong"));
        assertTrue(err.toString().startsWith("there is no command 'pong'"), err.toString());
        assertTrue(err.toString().strip().endsWith("; see client --help"), err.toString());
    }

    @Test
    void ping_countNoNumber_saysWhatToWrite() {
        assertEquals(2, execute("ping", "127.0.0.1", "-c", "many"));
        assertEquals("--count: write 0 (no end) to 1000000000, not 'many'", err.toString().strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ping -f", "run --targets", "run 127.0.0.1 --config"})
    void fileThatCannotBeRead_isToldInWords(String command) throws IOException {
        Files.createDirectory(folder.resolve("dir"));
        Files.write(folder.resolve("latin"), new byte[] {'a', (byte) 0xe4, '\n'});

        assertFileFault(command, "none", "there is no such file");
        assertFileFault(command, "dir", "it is a directory");
        assertFileFault(command, "latin", "it is not UTF-8 text");
    }

    private void assertFileFault(String command, String file, String reason) {
        err.getBuffer().setLength(0);
        assertEquals(2, execute((command + " " + file).split(" ")));
        assertTrue(err.toString().contains(file + ": " + reason), err.toString());
    }

    @Test
    void ping_packetOptions_areUsed() {
        int status =
                execute(
                        "ping",
                        "127.0.0.1",
                        "-c",
                        "1",
                        "--json",
                        "-b",
                        "3000",
                        "--ttl",
                        "9",
                        "--dscp",
                        "AF41",
                        "--dont-fragment",
                        "-S",
                        "127.0.0.2");

        assertEquals(0, status, err.toString());
        assertTrue(out.toString().contains("\"bytes\":3008,"), out.toString());
    }

    @Test
    void ping_sourceOfOneFamily_pingsOnlyThat() {
        int status = execute("ping", "127.0.0.1", "::1", "-c", "1", "--source", "127.0.0.2");

        assertEquals(1, status);
        assertTrue(out.toString().contains("127.0.0.1: seq=0 time="), out.toString());
        assertTrue(
                out.toString().contains("::1: seq=0 send_error: no IPv6 source address given"),
                out.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ping", "run --client c --data data"})
    void optionThatThisMachineRefuses_is2AndSaysWhy(String command) {
        String[] words = (command + " 127.0.0.1 --source 192.0.2.99").split(" ");

        assertEquals(2, execute(words));
        assertEquals(
                "source 192.0.2.99: this machine does not take it for IPv4 (EADDRNOTAVAIL): give an"
                        + " address of one of its interfaces, see 'ip address'",
                err.toString().strip());
        assertEquals(2, execute(words), "everything was given back");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ping", "run"})
    void packetOptions_bad_areToldTogether(String command) {
        String options = " 127.0.0.1 -b 8 --ttl 300 --dscp best -S a/b --icmp tcp";

        assertEquals(2, execute((command + options).split(" ")));
        assertEquals(5, err.toString().lines().count(), err.toString());
    }
}
