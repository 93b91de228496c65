package org.pingrecorder.bench.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.pingrecorder.bench.Main;
import org.pingrecorder.recorder.samples.Hours;
import org.pingrecorder.testnet.JarProcess;
import org.pingrecorder.testnet.Jars;

/**
 * How long after a reply listeners of {@code /live} hear of it, and what they cost those who
 * upload. {@code BENCH_SECONDS} says for how long each line, 30 if absent.
 */
public final class LiveBench implements Main.Bench {

    private static final int[] TARGETS = {10, 500};
    private static final double SETTLE_SECONDS = 5;
    private static final double TARGET_MS = 1_000;

    private static final int CLIENTS = 200;
    private static final int IPS = 500;
    private static final int CONNECTIONS = 16;
    private static final double MOST_PER_SECOND = 1_500;

    /** What 200 clients upload that seal every 500 ms, and as fast as it goes. */
    private static final double[] PER_SECOND = {400, 0};

    private static final double WARM_UP_SECONDS = 10;

    private static final Pattern PING =
            Pattern.compile("\"at\":\"([^\"]+)\",\"outcome\":\"reply\",\"latency_ms\":([0-9.]+)");
    private static final Pattern SLIP = Pattern.compile("\"slip_us\":([0-9]+)");

    /** Who listens while batches are uploaded. */
    private enum Audience {
        NOBODY("nobody", 0),
        ONE("1, to everything", 1),
        MANY_CLIENTS("500, a client each", 500),
        MANY_IPS("500, an ip each", 500),
        NOBODY_AGAIN("nobody", 0);

        private final String text;
        private final int listeners;

        Audience(String text, int listeners) {
            this.text = text;
            this.listeners = listeners;
        }

        String query(int listener) {
            return switch (this) {
                case MANY_CLIENTS -> "?client=" + Fleet.client(listener % CLIENTS);
                case MANY_IPS -> "?ip=" + Fleet.ip(listener % CLIENTS, listener);
                default -> "";
            };
        }
    }

    @Override
    public String summary() {
        return "from a reply to /live, and batches a second with 0, 1 and 500 listeners";
    }

    @Override
    public void run(Path project) throws Exception {
        double seconds = Settings.seconds(30);
        System.out.printf(
                "%-28s %9s %9s %9s %9s %9s   %s%n",
                "reply to /live", "replies", "p50 ms", "p99 ms", "max ms", "doubled", "target");
        for (int targets : TARGETS) {
            delay(project, targets, seconds);
        }
        load(project, seconds);
    }

    /** A real client with its documented start line, which pings this machine. */
    private static void delay(Path project, int targets, double seconds) throws Exception {
        try (RecorderRun recorder = RecorderRun.start(project);
                LiveListeners listeners = new LiveListeners()) {
            Path file = recorder.folder().path().resolve("targets.txt");
            Files.writeString(
                    file,
                    IntStream.range(0, targets)
                            .mapToObj(i -> "127.1." + i / 250 + "." + (1 + i % 250))
                            .collect(Collectors.joining("\n")));
            try (JarProcess client =
                    Jars.client(project, recorder.folder().path())
                            .flags(Jars.CLIENT_FLAGS)
                            .arguments("run", "--recorder", recorder.address().toString())
                            .arguments("--client", "bench", "--interval", "1s")
                            .arguments("--targets", file.toString())
                            .start()) {
                Delays warm = new Delays();
                Delays measured = new Delays();
                long from = System.nanoTime() + (long) (SETTLE_SECONDS * 1e9);
                listeners.add(
                        recorder.address(),
                        "",
                        data -> (System.nanoTime() < from ? warm : measured).add(data));
                TimeUnit.MILLISECONDS.sleep((long) ((SETTLE_SECONDS + seconds) * 1e3));
                measured.print(targets + " ips at 1 s");
            }
        }
    }

    /** From when a reply came to when it was heard. */
    private static final class Delays {

        private final List<Double> millis = Collections.synchronizedList(new ArrayList<>());
        private final Set<String> seen = ConcurrentHashMap.newKeySet();
        private final LongAdder doubled = new LongAdder();

        void add(String data) {
            Instant now = Instant.now();
            if (!data.startsWith("[")) {
                return;
            }
            for (String row : data.split("\\},\\{", -1)) {
                Matcher ping = PING.matcher(row);
                if (ping.find()) {
                    if (!seen.add(row.substring(0, ping.end(1)))) {
                        doubled.increment();
                    }
                    Matcher slip = SLIP.matcher(row);
                    double slipMillis = slip.find() ? Long.parseLong(slip.group(1)) / 1e3 : 0;
                    long sinceSlotNanos =
                            Duration.between(Instant.parse(ping.group(1)), now).toNanos();
                    millis.add(
                            sinceSlotNanos / 1e6 - slipMillis - Double.parseDouble(ping.group(2)));
                }
            }
        }

        void print(String name) throws IOException {
            double[] sorted = millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            if (sorted.length == 0) {
                throw new IOException("no reply was heard of");
            }
            double p99 = sorted[(int) (0.99 * sorted.length)];
            System.out.printf(
                    "%-28s %,9d %9.0f %9.0f %9.0f %9d   p99 %.0f: %s%n",
                    name,
                    sorted.length,
                    sorted[sorted.length / 2],
                    p99,
                    sorted[sorted.length - 1],
                    doubled.sum(),
                    TARGET_MS,
                    p99 <= TARGET_MS ? "met" : "not met");
        }
    }

    private static void load(Path project, double seconds) throws Exception {
        Instant start = Instant.now().minus(Duration.ofHours(1));
        Fleet fleet = new Fleet("bench", CLIENTS, IPS, 1, PingSeries.JITTER, Hours.micros(start));
        int each = (int) Math.ceil(seconds * MOST_PER_SECOND / CLIENTS);
        int warmUp = (int) Math.ceil(WARM_UP_SECONDS * MOST_PER_SECOND / CLIENTS);
        Audience[] lines = Audience.values();
        Path file = Files.createTempDirectory("ping-recorder-bodies-").resolve("bodies");
        System.out.printf(
                "%n%-20s %10s %10s %8s %8s %12s %9s%n",
                "listeners", "batches/s", "pings/s", "p50 ms", "p99 ms", "MB/s heard", "dropped");
        try (BodyFile bodies =
                        BodyFile.make(
                                file, fleet, warmUp + each * lines.length * PER_SECOND.length);
                RecorderRun recorder = RecorderRun.start(project)) {
            new BatchLoad(recorder.address(), bodies, CLIENTS, CONNECTIONS)
                    .run(0, warmUp, WARM_UP_SECONDS, 0);
            int from = warmUp;
            for (double perSecond : PER_SECOND) {
                for (Audience line : lines) {
                    measure(recorder, bodies, line, from, each, seconds, perSecond);
                    from += each;
                }
            }
        } finally {
            Files.delete(file.getParent());
        }
    }

    /** Events that slow listeners lost so far, as the recorder counts them. */
    private static long dropped(URI recorder) throws IOException {
        try (InputStream metrics = recorder.resolve("/metrics").toURL().openStream()) {
            return new String(metrics.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("ping_recorder_live_dropped_total"))
                    .mapToLong(
                            line ->
                                    (long)
                                            Double.parseDouble(
                                                    line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        }
    }

    private static void measure(
            RecorderRun recorder,
            BodyFile bodies,
            Audience audience,
            int from,
            int batches,
            double seconds,
            double perSecond)
            throws Exception {
        LongAdder heard = new LongAdder();
        try (LiveListeners listeners = new LiveListeners()) {
            for (int i = 0; i < audience.listeners; i++) {
                listeners.add(recorder.address(), audience.query(i), heard);
            }
            TimeUnit.MILLISECONDS.sleep((long) (SETTLE_SECONDS * 1e3));
            long droppedBefore = dropped(recorder.address());
            RecorderRun.Cpu before = recorder.cpu();
            BatchLoad.Result result =
                    new BatchLoad(recorder.address(), bodies, CLIENTS, CONNECTIONS)
                            .run(from, from + batches, seconds, perSecond);
            System.out.printf(
                    "%-20s %,10.0f %,10.0f %8.1f %8.1f %12.1f %,9d   %s%n",
                    audience.text + (perSecond > 0 ? ", paced" : ""),
                    result.batches() / result.seconds(),
                    result.pings() / result.seconds(),
                    result.quantileMillis(0.5),
                    result.quantileMillis(0.99),
                    heard.sum() / 1e6 / result.seconds(),
                    dropped(recorder.address()) - droppedBefore,
                    recorder.cpu().coresSince(before, result.seconds()));
        }
    }
}
