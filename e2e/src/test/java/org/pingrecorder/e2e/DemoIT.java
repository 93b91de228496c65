package org.pingrecorder.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./demo}, the README's first command. */
final class DemoIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir Path folder;

    @Test
    void demo_showsReceivedPings_stopsBoth_andFindsTheDataAgain() throws Exception {
        String first = run("127\\.0\\.0\\.2 +\\d+ +[1-9]", "127.0.0.2");
        assertTrue(first.contains("http://127.0.0.1:"), first);
        assertTrue(first.contains("Data: " + folder.resolve("data")), first);
        String second = run("127\\.0\\.0\\.2 +\\d+ +[1-9]");
        assertTrue(second.contains("127.0.0.2"), second);
    }

    @Test
    void demo_itsClientDies_saysSoAndEndsTheRest() throws Exception {
        Process demo = start();
        List<ProcessHandle> started = List.of();
        try {
            awaitLine(demo, "127\\.0\\.0\\.1 +\\d+ +[1-9]");
            started = demo.descendants().toList();
            started.stream().filter(DemoIT::isClient).forEach(ProcessHandle::destroyForcibly);
            assertTrue(demo.waitFor(30, TimeUnit.SECONDS), "the demo does not end");
        } finally {
            demo.destroy();
        }
        String printed = Files.readString(output());
        assertEquals(1, demo.exitValue(), printed);
        assertTrue(printed.contains("The client has ended. The end of "), printed);
        assertTrue(printed.contains("client1 pings 2 targets every 1s"), printed);
        assertTrue(printed.contains("Stopped. Data: "), printed);
        awaitEnd(started);
    }

    private static boolean isClient(ProcessHandle process) {
        return process.info().commandLine().orElse("").contains("client.jar run");
    }

    private Path output() {
        return folder.resolve("demo.out");
    }

    private Process start(String... addresses) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder("./demo")
                        .directory(Project.folder().toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output().toFile());
        builder.command().addAll(List.of(addresses));
        builder.environment().put("RECORDER_DATA", folder.resolve("data").toString());
        builder.environment().put("RECORDER_PORT", "5991");
        builder.environment().put("CLIENT_DATA", folder.resolve("client-data").toString());
        return builder.start();
    }

    private void awaitLine(Process demo, String line) {
        Pattern pattern = Pattern.compile(line);
        await().atMost(PATIENCE)
                .failFast(() -> assertTrue(demo.isAlive(), Files.readString(output())))
                .untilAsserted(
                        () -> {
                            String printed = Files.readString(output());
                            assertTrue(pattern.matcher(printed).find(), printed);
                        });
    }

    private static void awaitEnd(List<ProcessHandle> started) {
        await().untilAsserted(
                        () ->
                                assertEquals(
                                        List.of(),
                                        started.stream().filter(ProcessHandle::isAlive).toList()));
    }

    /** Runs the demo until its table has a line that matches, then stops it as Ctrl-C does. */
    private String run(String line, String... addresses) throws Exception {
        Process demo = start(addresses);
        List<ProcessHandle> started;
        try {
            awaitLine(demo, line);
        } finally {
            started = demo.descendants().toList();
            demo.destroy();
        }
        assertTrue(demo.waitFor(30, TimeUnit.SECONDS), "the demo does not stop");
        assertEquals(143, demo.exitValue(), Files.readString(output()));
        assertTrue(started.size() >= 3, "recorder, client and table were running");
        awaitEnd(started);
        return Files.readString(output());
    }
}
