package org.pingrecorder.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.pingrecorder.testnet.JarProcess;
import org.pingrecorder.testnet.Jars;

/** Start time, resident memory, processor share, disk writes and slip, doing their usual work. */
final class FootprintBench implements Main.Bench {

    private static final int[] IPS = {500, 10_000};
    private static final Duration SETTLE = Duration.ofSeconds(20);
    private static final Duration MEASURE = Duration.ofSeconds(30);
    private static final int MOST_THREADS = 8;

    private static final Pattern FIRST_ROUND = Pattern.compile("received \\d+");

    /** Told of a round whose p99 is over 2 ms, or whose longest is over 20 ms. */
    private static final Pattern SLIP = Pattern.compile("slip p50 [\\d.]+ ms, p99 ([\\d.]+) ms");

    @Override
    public String summary() {
        return "start, memory, CPU, disk writes of recorder and client, 500 and 10,000 ips at 1 s";
    }

    @Override
    public void run(Path project) throws Exception {
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
        try (TempFolder temp = TempFolder.create()) {
            measure(project, temp.path(), name, ips, recorderFlags, clientFlags);
        }
    }

    private static void measure(
            Path project,
            Path folder,
            String name,
            int ips,
            List<String> recorderFlags,
            List<String> clientFlags)
            throws Exception {
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
            System.out.printf(
                    "%,d ips at 1 s, %s; recorder's first start %.2f s, next %.2f s%n",
                    ips, name, seconds(first), seconds(started.after()));
            try (JarProcess client =
                    Jars.client(project, folder)
                            .flags(clientFlags)
                            .arguments("run", "--recorder", address(started))
                            .arguments("--client", "bench", "--interval", "1s")
                            .arguments("--targets", targets.toString())
                            .start()) {
                client.await(FIRST_ROUND);
                TimeUnit.NANOSECONDS.sleep(SETTLE.toNanos());
                measure(recorder, client);
            }
        }
    }

    private static String address(JarProcess.Line started) {
        return URI.create(started.match().group(1)).toString();
    }

    private static void measure(JarProcess recorder, JarProcess client) throws Exception {
        long pid = client.handle().pid();
        int told = client.output().length();
        try (Flushes flushes = Flushes.count(pid, MEASURE);
                Flushes recorderFlushes = Flushes.count(recorder.handle().pid(), MEASURE)) {
            Use clientBefore = Use.of(client);
            Use recorderBefore = Use.of(recorder);
            ThreadUse threadsBefore = ThreadUse.of(pid);
            TimeUnit.NANOSECONDS.sleep(MEASURE.toNanos());
            ThreadUse threads = ThreadUse.of(pid);
            Use clientAfter = Use.of(client);
            Use recorderAfter = Use.of(recorder);
            System.out.printf(
                    "%-24s %9s %9s %9s %9s %12s%n",
                    "", "% of core", "MiB", "KiB/s", "flushes/s", "slip p99, ms");
            System.out.printf(
                    "%-24s %s %9s %12s%n",
                    "client",
                    clientAfter.since(clientBefore),
                    text(flushes.perSecond()),
                    slip(client.output().substring(told)));
            System.out.printf(
                    "%-24s %s %9s%n",
                    "recorder, no PostgreSQL",
                    recorderAfter.since(recorderBefore),
                    text(recorderFlushes.perSecond()));
            System.out.println(threads.since(threadsBefore, seconds(MEASURE), MOST_THREADS));
        }
    }

    private static String text(OptionalDouble perSecond) {
        return perSecond.isEmpty() ? "" : "%.1f".formatted(perSecond.getAsDouble());
    }

    /** Of the worst second. */
    private static String slip(String log) {
        Matcher told = SLIP.matcher(log);
        double most = 0;
        while (told.find()) {
            most = Math.max(most, Double.parseDouble(told.group(1)));
        }
        return most <= 2 ? "<= 2" : "%.1f".formatted(most);
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
            return "%9.2f %9d %9.1f"
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
