package org.pingrecorder.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.pingrecorder.testnet.JarProcess;
import org.pingrecorder.testnet.Jars;

/** Start time, resident memory, processor share and disk writes, doing their usual work. */
final class FootprintBench implements Main.Bench {

    private static final int[] IPS = {500, 10_000};
    private static final Duration SETTLE = Duration.ofSeconds(20);
    private static final Duration MEASURE = Duration.ofSeconds(30);
    private static final Pattern FIRST_ROUND = Pattern.compile("received \\d+");

    @Override
    public String summary() {
        return "start, memory, CPU, disk writes of recorder and client, 500 and 10,000 ips at 1 s";
    }

    @Override
    public void run(Path project) throws Exception {
        System.out.printf(
                "%-18s %7s %8s %8s | %9s %9s %9s | %9s %9s %9s%n",
                "",
                "",
                "first",
                "next",
                "client",
                "client",
                "client",
                "recorder",
                "recorder",
                "recorder");
        System.out.printf(
                "%-18s %7s %8s %8s | %9s %9s %9s | %9s %9s %9s%n",
                "start line",
                "ips",
                "start, s",
                "start, s",
                "% of core",
                "MiB",
                "KiB/s",
                "% of core",
                "MiB",
                "KiB/s");
        for (int ips : IPS) {
            measure(project, "java -jar", ips, List.of(), List.of());
            measure(project, "documented flags", ips, Jars.RECORDER_FLAGS, Jars.CLIENT_FLAGS);
        }
    }

    private static void measure(
            Path project,
            String name,
            int ips,
            List<String> recorderFlags,
            List<String> clientFlags)
            throws Exception {
        Path folder = Files.createTempDirectory("ping-recorder-bench-");
        Duration first;
        try (JarProcess recorder = Jars.recorder(project, folder).flags(recorderFlags).start()) {
            first = recorder.await(Jars.RECORDER_STARTED).after();
        }
        Path targets = folder.resolve("targets.txt");
        Files.writeString(
                targets,
                IntStream.range(0, ips)
                        .mapToObj(i -> "127.1." + i / 250 + "." + (1 + i % 250))
                        .collect(Collectors.joining("\n")));
        try (JarProcess recorder = Jars.recorder(project, folder).flags(recorderFlags).start()) {
            JarProcess.Line started = recorder.await(Jars.RECORDER_STARTED);
            URI server = URI.create(started.match().group(1));
            try (JarProcess client =
                    Jars.client(project, folder)
                            .flags(clientFlags)
                            .arguments("run", "--recorder", server.toString())
                            .arguments("--client", "bench", "--interval", "1s")
                            .arguments("--targets", targets.toString())
                            .start()) {
                client.await(FIRST_ROUND);
                TimeUnit.NANOSECONDS.sleep(SETTLE.toNanos());
                Use clientBefore = Use.of(client);
                Use recorderBefore = Use.of(recorder);
                TimeUnit.NANOSECONDS.sleep(MEASURE.toNanos());
                System.out.printf(
                        "%-18s %,7d %8.2f %8.2f | %s | %s%n",
                        name,
                        ips,
                        seconds(first),
                        seconds(started.after()),
                        Use.of(client).since(clientBefore),
                        Use.of(recorder).since(recorderBefore));
            }
        }
    }

    /** What a process has used. */
    private record Use(double cpuSeconds, long writtenBytes, long residentMib) {

        static Use of(JarProcess process) throws IOException {
            long pid = process.handle().pid();
            return new Use(
                    Proc.cpuSeconds(process.handle()),
                    Proc.writtenBytes(pid),
                    Proc.residentMib(pid));
        }

        String since(Use before) {
            return "%9.1f %9d %9.1f"
                    .formatted(
                            100 * (cpuSeconds - before.cpuSeconds) / seconds(MEASURE),
                            residentMib,
                            (writtenBytes - before.writtenBytes) / 1024.0 / seconds(MEASURE));
        }
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
