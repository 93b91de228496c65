package org.pingrecorder.recorder.postgres;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs PostgreSQL's own programs, and says what they printed. */
final class Commands {

    /**
     * PostgreSQL refuses to run as root. In a user namespace without a mapping root is nobody, also
     * for files that root owns, so neither another account nor a change of owner is needed.
     */
    private static final List<String> AS_NOBODY = List.of("unshare", "--user");

    private final Path binaries;
    private final boolean root;

    Commands(Path binaries) {
        this.binaries = binaries;
        this.root = "root".equals(System.getProperty("user.name"));
    }

    /**
     * What a program did.
     *
     * @param exitCode its exit status
     * @param output all it printed
     */
    record Result(int exitCode, String output) {
        boolean failed() {
            return exitCode != 0;
        }
    }

    /** Whether this process, being root, may make user namespaces; always true for others. */
    boolean mayRun() throws IOException, InterruptedException {
        if (!root) {
            return true;
        }
        try {
            List<String> probe = new ArrayList<>(AS_NOBODY);
            probe.add("true");
            return !run(probe, Duration.ofSeconds(10)).failed();
        } catch (IOException e) {
            return false; // no such program
        }
    }

    /** Runs {@code initdb} or {@code pg_ctl}; a program over its time is ended and has failed. */
    Result run(String program, Duration limit, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(root ? AS_NOBODY : List.of());
        command.add(binaries.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        return run(command, limit);
    }

    private static Result run(List<String> command, Duration limit)
            throws IOException, InterruptedException {
        // A file, not a pipe: the server that pg_ctl leaves behind would keep a pipe open.
        Path output = Files.createTempFile("ping-recorder-", ".out");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectInput(new File("/dev/null"))
                            .redirectOutput(output.toFile());
            builder.environment().put("LC_ALL", "C");
            builder.environment().put("TZ", "UTC");
            builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
            Process process = builder.start();
            boolean ended = process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            String printed = Files.readString(output, StandardCharsets.UTF_8).strip();
            return ended
                    ? new Result(process.exitValue(), printed)
                    : new Result(-1, printed + " (ended after " + limit.toSeconds() + " s)");
        } finally {
            Files.deleteIfExists(output);
        }
    }
}
