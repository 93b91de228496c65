package org.pingrecorder.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
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

    /** What was planned so long ago is stored by now. */
    private static final Duration DELIVERED_AFTER = Duration.ofSeconds(5);

    private static final Pattern FIRST_ROUND = Pattern.compile("received \\d+");

    @Override
    public String summary() {
        return "start, memory, CPU, disk writes of recorder and client, 500 and 10,000 ips at 1 s";
    }

    @Override
    public void run(Path project) throws Exception {
        for (int ips : IPS) {
            measure(project, "java -jar", ips, List.of(), List.of());
            measureDocumented(project, ips);
        }
    }

    private static void measureDocumented(Path project, int ips) throws Exception {
        try (TempFolder temp = TempFolder.create()) {
            List<String> recorderFlags = new ArrayList<>(Jars.RECORDER_FLAGS);
            recorderFlags.addAll(Jars.archiveFlags(temp.path().resolve("recorder.jsa")));
            measure(
                    project,
                    temp.path(),
                    "documented flags",
                    ips,
                    recorderFlags,
                    Jars.CLIENT_FLAGS);
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
            URI address = URI.create(started.match().group(1));
            try (JarProcess client =
                    Jars.client(project, folder)
                            .flags(clientFlags)
                            .arguments("run", "--recorder", address.toString())
                            .arguments("--client", "bench", "--interval", "1s")
                            .arguments("--targets", targets.toString())
                            .start()) {
                client.await(FIRST_ROUND);
                TimeUnit.NANOSECONDS.sleep(SETTLE.toNanos());
                measure(recorder, client, address);
            }
        }
    }

    private static void measure(JarProcess recorder, JarProcess client, URI address)
            throws Exception {
        long pid = client.handle().pid();
        Instant start = Instant.now();
        try (Flushes flushes = Flushes.count(pid, MEASURE);
                Flushes recorderFlushes = Flushes.count(recorder.handle().pid(), MEASURE)) {
            Use clientBefore = Use.of(client);
            Use recorderBefore = Use.of(recorder);
            ThreadUse threadsBefore = ThreadUse.of(pid);
            TimeUnit.NANOSECONDS.sleep(MEASURE.toNanos());
            ThreadUse threads = ThreadUse.of(pid);
            Use clientAfter = Use.of(client);
            Use recorderAfter = Use.of(recorder);
            StoredSlips slips =
                    StoredSlips.ask(address, start, Instant.now().minus(DELIVERED_AFTER));
            System.out.printf(
                    "%-24s %9s %9s %9s %9s %12s%n",
                    "", "% of core", "MiB", "KiB/s", "flushes/s", "slip p99, ms");
            System.out.printf(
                    "%-24s %s %9s %12s%n",
                    "client",
                    clientAfter.since(clientBefore),
                    text(flushes.perSecond()),
                    slips.p99());
            System.out.printf(
                    "%-24s %s %9s%n",
                    "recorder, no PostgreSQL",
                    recorderAfter.since(recorderBefore),
                    text(recorderFlushes.perSecond()));
            System.out.printf(
                    "%n%,d pings of %.0f s are stored; the client's threads:%n",
                    slips.pings(), seconds(MEASURE.minus(DELIVERED_AFTER)));
            System.out.println(threads.since(threadsBefore, seconds(MEASURE), MOST_THREADS));
        }
    }

    private static String text(OptionalDouble perSecond) {
        return perSecond.isEmpty() ? "" : "%.1f".formatted(perSecond.getAsDouble());
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
