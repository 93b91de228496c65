package org.pingrecorder.testnet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program run from its jar, as its users run it; all that it prints goes to a file. */
public final class JarProcess implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Process process;
    private final Path log;
    private final long startedNanos;

    private JarProcess(Process process, Path log, long startedNanos) {
        this.process = process;
        this.log = log;
        this.startedNanos = startedNanos;
    }

    /** What to run; each call returns this. */
    public static final class Command {

        private final Path jar;
        private final Path folder;
        private final String logName;
        private final List<String> prefix = new ArrayList<>();
        private final List<String> flags = new ArrayList<>();
        private final List<String> arguments = new ArrayList<>();
        private final Map<String, String> environment = new HashMap<>();

        private Command(Path jar, Path folder, String logName) {
            this.jar = jar;
            this.folder = folder;
            this.logName = logName;
        }

        /** A program that runs the rest of the line, such as {@code setpriv} with its options. */
        public Command prefix(String... words) {
            prefix.addAll(List.of(words));
            return this;
        }

        /** Flags for the JVM. */
        public Command flags(List<String> words) {
            flags.addAll(words);
            return this;
        }

        /** Arguments for the program. */
        public Command arguments(String... words) {
            arguments.addAll(List.of(words));
            return this;
        }

        public Command environment(String name, String value) {
            environment.put(name, value);
            return this;
        }

        /** Starts it with the JDK that runs the caller. */
        public JarProcess start() throws IOException {
            List<String> line = new ArrayList<>(prefix);
            line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            line.addAll(flags);
            line.add("-jar");
            line.add(jar.toString());
            line.addAll(arguments);
            Path log = folder.resolve(logName);
            ProcessBuilder builder =
                    new ProcessBuilder(line)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .directory(folder.toFile());
            builder.environment().putAll(environment);
            long startedNanos = System.nanoTime();
            return new JarProcess(builder.start(), log, startedNanos);
        }
    }

    /**
     * A command that is not started yet.
     *
     * @param folder the working folder, which is there
     * @param logName file in it that takes what the program prints
     */
    public static Command of(Path jar, Path folder, String logName) {
        return new Command(jar, folder, logName);
    }

    /**
     * A line that was waited for.
     *
     * @param after time from the start of the process
     */
    public record Line(Matcher match, Duration after) {}

    /**
     * Waits up to a minute for output that matches.
     *
     * @throws IOException with all of the output if it ends or takes longer
     */
    public Line await(Pattern pattern) throws IOException, InterruptedException {
        long deadlineNanos = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            boolean mayPrintMore = process.isAlive() && System.nanoTime() < deadlineNanos;
            Matcher matcher = pattern.matcher(output());
            if (matcher.find()) {
                return new Line(matcher, Duration.ofNanos(System.nanoTime() - startedNanos));
            }
            if (!mayPrintMore) {
                throw new IOException("nothing matches " + pattern + " in: " + output());
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    /** All it has printed so far. */
    public String output() throws IOException {
        return Files.readString(log);
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Sends SIGKILL and waits for the end. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Sends SIGTERM and waits for the end; returns the exit status. */
    public int terminate() throws IOException, InterruptedException {
        process.destroy();
        return awaitExit();
    }

    /** Waits up to a minute for it to end by itself; returns the exit status. */
    public int awaitExit() throws IOException, InterruptedException {
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException("process " + process.pid() + " does not end: " + output());
        }
        return process.exitValue();
    }

    /** Ends it as an operator would, unless it has ended. */
    @Override
    public void close() throws IOException {
        try {
            terminate();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
