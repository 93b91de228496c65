package org.pingrecorder.bench.timetable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pingrecorder.bench.Main;
import org.pingrecorder.testnet.Jars;

/**
 * 100,000 targets from the file to the first question that the timetable answers, each time in a
 * process of its own that has just been started, in processor time of the thread that does it;
 * their memory; and what a ping costs.
 */
public final class TimetableBench implements Main.Bench {

    private static final int TARGETS = 100_000;
    private static final int RUNS = 3;

    private Path project = Path.of("");

    @Override
    public String summary() {
        return "100,000 targets: parse, schedule, bytes a target, ns a ping";
    }

    @Override
    public void run(Path folder) throws Exception {
        project = folder;
        Path file = Files.createTempFile("ping-recorder-targets-", ".txt");
        try {
            System.out.printf(
                    "%-44s %9s %18s %9s %9s %14s %10s%n",
                    "100,000 targets, CPU, cold JVM, median of " + RUNS,
                    "parse, ms",
                    "merge+schedule, ms",
                    "total, ms",
                    "wall, ms",
                    "bytes a target",
                    "ns a ping");
            List<String> plain = List.of();
            row("addresses, java", plain, file, "");
            row("addresses, documented flags", Jars.CLIENT_FLAGS, file, "");
            String more = " interval=%dms Router %d";
            row("with interval and name, java", plain, file, more);
            row("with interval and name, documented flags", Jars.CLIENT_FLAGS, file, more);
        } finally {
            Files.delete(file);
        }
    }

    private void row(String name, List<String> flags, Path file, String more)
            throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < TARGETS; i++) {
            text.append("10.").append(i / 62_500).append('.');
            text.append(i / 250 % 250).append('.').append(1 + i % 250);
            text.append(more.formatted(1_000 + i % 10 * 100, i)).append('\n');
        }
        Files.writeString(file, text);
        double parse = median(flags, "parse", file);
        double total = median(flags, "load", file);
        System.out.printf(
                "%-44s %9.0f %18.0f %9.0f %9.0f %14.0f %10.0f%n",
                name,
                parse,
                total - parse,
                total,
                median(flags, "wait", file),
                median(flags, "memory", file),
                median(flags, "send", file));
    }

    private double median(List<String> flags, String what, Path file)
            throws IOException, InterruptedException {
        List<Double> results = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            List<String> command = new ArrayList<>();
            command.add(ProcessHandle.current().info().command().orElseThrow());
            command.addAll(flags);
            command.add("-cp");
            command.add(
                    project.resolve("bench/target/classes")
                            + ":"
                            + project.resolve("client/agent/target/client.jar"));
            command.add(LoadedTargets.class.getName());
            command.add(what);
            command.add(file.toString());
            Process process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            String answer =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException(command + " ended with " + process.exitValue());
            }
            results.add(Double.parseDouble(answer.strip()));
        }
        return results.stream().sorted().toList().get(RUNS / 2);
    }
}
