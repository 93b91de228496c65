package org.pingrecorder.bench;

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

/** Start time, resident memory and processor share of both processes, doing their usual work. */
final class FootprintBench implements Main.Bench {

    private static final int IPS = 500;
    private static final Duration SETTLE = Duration.ofSeconds(20);
    private static final Duration MEASURE = Duration.ofSeconds(30);
    private static final Pattern FIRST_ROUND = Pattern.compile("received \\d+");

    @Override
    public String summary() {
        return "start time, memory and CPU of recorder and client, 500 ips at 1 s";
    }

    @Override
    public void run(Path project) throws Exception {
        System.out.printf(
                "%-34s %12s %12s %10s %10s %10s %10s%n",
                "start line",
                "first start",
                "next start",
                "recorder",
                "client",
                "recorder",
                "client");
        System.out.printf(
                "%-34s %12s %12s %10s %10s %10s %10s%n",
                "", "s", "s", "MiB", "MiB", "% of core", "% of core");
        measure(project, "java -jar", List.of(), List.of());
        measure(project, "documented flags", Jars.RECORDER_FLAGS, Jars.CLIENT_FLAGS);
    }

    private static void measure(
            Path project, String name, List<String> recorderFlags, List<String> clientFlags)
            throws Exception {
        Path folder = Files.createTempDirectory("ping-recorder-bench-");
        Duration first;
        try (JarProcess recorder = Jars.recorder(project, folder).flags(recorderFlags).start()) {
            first = recorder.await(Jars.RECORDER_STARTED).after();
        }
        Path targets = folder.resolve("targets.txt");
        Files.writeString(
                targets,
                IntStream.range(0, IPS)
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
                ProcessHandle recorderProcess = recorder.handle();
                ProcessHandle clientProcess = client.handle();
                double recorderCpu = Proc.cpuSeconds(recorderProcess);
                double clientCpu = Proc.cpuSeconds(clientProcess);
                TimeUnit.NANOSECONDS.sleep(MEASURE.toNanos());
                System.out.printf(
                        "%-34s %12.2f %12.2f %10d %10d %10.1f %10.1f%n",
                        name,
                        seconds(first),
                        seconds(started.after()),
                        Proc.residentMib(recorder.handle().pid()),
                        Proc.residentMib(client.handle().pid()),
                        100 * (Proc.cpuSeconds(recorderProcess) - recorderCpu) / seconds(MEASURE),
                        100 * (Proc.cpuSeconds(clientProcess) - clientCpu) / seconds(MEASURE));
            }
        }
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
