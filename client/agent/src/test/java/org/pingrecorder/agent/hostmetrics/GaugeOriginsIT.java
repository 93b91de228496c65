package org.pingrecorder.agent.hostmetrics;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pingrecorder.icmp.Clock;

/** Files and commands that gauges come from. */
class GaugeOriginsIT {

    @TempDir Path folder = Path.of("");

    private static GaugeCommand command(String text) {
        return new GaugeCommand(text, Duration.ofMillis(300), Clock.system());
    }

    private static String fault(Gauges.Text text) {
        return String.valueOf(assertThrows(IOException.class, text::get).getMessage());
    }

    @Test
    void get_command_isItsOutput() throws IOException {
        assertEquals("room 21.5\nfan 3\n", command("echo room 21.5; echo fan $((1+2))").get());
    }

    @Test
    void get_commandThatReadsAndComplains_hangsOnNeither() throws IOException {
        assertEquals("a 1\n", command("cat; echo no >&2; echo a 1").get());
    }

    @Test
    void get_commandThatFails_saysHow() {
        assertEquals("it ended with status 3", fault(command("echo a 1; exit 3")));
        assertEquals("it ended with status 127", fault(command("no-such-command-here")));
    }

    @Test
    void get_commandThatHangs_isEndedWithAllThatItStarted() throws IOException {
        Path pid = folder.resolve("pid");

        String fault = fault(command("sleep 60 & echo $! > " + pid + "; wait"));

        assertEquals("it did not end within 300 ms and was ended", fault);
        long child = Long.parseLong(Files.readString(pid).strip());
        await().until(() -> ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void get_commandThatWritesForEver_isEnded() {
        assertEquals("it writes more than 65536 bytes and was ended", fault(command("yes")));
    }

    @Test
    void get_file_isReadAnewEachTime() throws IOException {
        Path file = folder.resolve("gauges");
        GaugeFile gauges = new GaugeFile(file);
        assertTrue(fault(gauges).endsWith("there is no such file"));
        Files.writeString(file, "a 1");
        assertEquals("a 1", gauges.get());
        Files.writeString(file, "a 2");
        assertEquals("a 2", gauges.get());
    }

    @Test
    void get_fileThatIsNone_saysSo() throws IOException {
        Path big = Files.writeString(folder.resolve("big"), "x".repeat(70_000));

        assertTrue(fault(new GaugeFile(big)).endsWith("it is longer than 65536 bytes"));
        assertTrue(fault(new GaugeFile(folder)).endsWith("it is no file"));
    }
}
