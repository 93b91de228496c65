package org.pingrecorder.recorder.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.pingrecorder.recorder.config.StartFailure;

/** A recorder's process, as far as its PostgreSQL is concerned, for a test to kill. */
final class LeftBehind {

    static final String READY = "ready";

    private LeftBehind() {}

    public static void main(String[] args) throws StartFailure, IOException {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(Path.of(args[0]));
        System.out.println(READY);
        if (System.in.read() < 0) { // the test itself ended
            postgres.close();
        }
    }

    /** Starts it in a JVM of its own and returns when its server runs. */
    static Process start(Path folder) throws IOException {
        Process process =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty(
                                        "surefire.test.class.path",
                                        System.getProperty("java.class.path")),
                                LeftBehind.class.getName(),
                                folder.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        String line = process.inputReader().readLine();
        while (line != null && !line.equals(READY)) {
            line = process.inputReader().readLine();
        }
        Objects.requireNonNull(line, "The process ended by itself");
        return process;
    }
}
