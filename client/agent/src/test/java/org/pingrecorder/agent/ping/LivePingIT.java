package org.pingrecorder.agent.ping;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.pingrecorder.testnet.Behaviour;

/** The live view of {@code ping}, on terminals of several kinds and on none. */
class LivePingIT extends PingShellFixture {

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
