package org.pingrecorder.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

    /** Runs the demo until its table has a line that matches, then stops it as Ctrl-C does. */
    private String run(String line, String... addresses) throws Exception {
        Path output = folder.resolve("demo.out");
        ProcessBuilder builder =
                new ProcessBuilder("./demo")
                        .directory(Project.folder().toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.command().addAll(List.of(addresses));
        builder.environment().put("RECORDER_DATA", folder.resolve("data").toString());
        builder.environment().put("RECORDER_PORT", "5991");
        builder.environment().put("CLIENT_DATA", folder.resolve("client-data").toString());
        Process demo = builder.start();
        List<ProcessHandle> started;
        try {
            Pattern pattern = Pattern.compile(line);
            await().atMost(PATIENCE)
                    .failFast(() -> assertTrue(demo.isAlive(), Files.readString(output)))
                    .untilAsserted(
                            () -> {
                                String printed = Files.readString(output);
                                assertTrue(pattern.matcher(printed).find(), printed);
                            });
        } finally {
            started = demo.descendants().toList();
            demo.destroy();
        }
        assertTrue(demo.waitFor(30, TimeUnit.SECONDS), "the demo does not stop");
        assertEquals(143, demo.exitValue(), Files.readString(output));
        assertTrue(started.size() >= 3, "recorder, client and table were running");
        await().untilAsserted(
                        () ->
                                assertEquals(
                                        List.of(),
                                        started.stream().filter(ProcessHandle::isAlive).toList()));
        return Files.readString(output);
    }
}
