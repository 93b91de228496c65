package org.pingrecorder.bench.speed;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.pingrecorder.bench.Proc;

/** Runs each program once over the same addresses of loopback, in one network namespace. */
final class Peers {

    private static final int ADDRESSES = 10_000;
    private static final int PINGS = 2_000_000;
    private static final int WARM_UP = 1_000_000;

    /** fping takes 65,000 pings a run at most. */
    private static final int FPING_COUNT = 6;

    /** It opens a socket a host and pings at an interval only; a thousand hosts are too many. */
    private static final int PROBER_HOSTS = 100;

    private static final int PROBER_SECONDS = 20;
    private static final Pattern FPING_LINE = Pattern.compile("= (\\d+)/(\\d+)/");
    private static final Pattern TIMES = Pattern.compile("(\\d+)m([0-9.]+)s (\\d+)m([0-9.]+)s");
    private static final Pattern PROBER_COUNT =
            Pattern.compile("^smokeping_response_duration_seconds_count\\{[^}]*} (\\S+)");

    private final Path project;
    private final Programs programs;
    private final CLoop loop;

    Peers(Path project, Programs programs) throws Exception {
        this.project = project;
        this.programs = programs;
        this.loop = new CLoop(project, programs);
        Files.writeString(
                programs.folder().resolve("hosts"),
                IntStream.range(0, ADDRESSES)
                        .mapToObj(Loopback::address)
                        .collect(Collectors.joining("\n", "", "\n")));
    }

    Spent loop(String kind) throws Exception {
        return loop.atFullSpeed(ADDRESSES, PINGS, kind);
    }

    /** Full speed after a warm-up, by a JVM with these flags. */
    Spent engine(String kind, List<String> flags) throws Exception {
        String[] result =
                programs.run(
                                Jvm.command(
                                        project,
                                        flags,
                                        FullSpeed.class,
                                        "" + ADDRESSES,
                                        "" + WARM_UP,
                                        "" + PINGS,
                                        kind))
                        .split("\\s+", -1);
        return new Spent(
                Long.parseLong(result[0]),
                Long.parseLong(result[1]),
                Long.parseLong(result[2]),
                Long.parseLong(result[3]));
    }

    /** As fast as it can, from a file; its own start and summary are part of it. */
    Spent fping() throws Exception {
        String command =
                "fping -q -c %d -p 10 -i 0.01 -f hosts 2>fping.out >fping.out2; echo status $?; times"
                        .formatted(FPING_COUNT);
        long startNanos = System.nanoTime();
        String printed = programs.run(List.of("dash", "-c", command));
        long wallMicros = (System.nanoTime() - startNanos) / 1_000;
        if (!printed.contains("status 0")) {
            throw new IllegalStateException("fping failed: " + printed);
        }
        long sent = 0;
        long received = 0;
        for (String line : Files.readAllLines(programs.folder().resolve("fping.out"))) {
            Matcher counts = FPING_LINE.matcher(line);
            if (counts.find()) {
                sent += Long.parseLong(counts.group(1));
                received += Long.parseLong(counts.group(2));
            }
        }
        if (sent != (long) ADDRESSES * FPING_COUNT || received < sent * 0.999) {
            throw new IllegalStateException("fping sent " + sent + ", received " + received);
        }
        return new Spent(sent, childrenMicros(printed), wallMicros, -1);
    }

    /** The last line of a shell's {@code times}: user and system time of its children. */
    private static long childrenMicros(String printed) {
        Matcher times = TIMES.matcher(printed.strip().lines().toList().getLast());
        if (!times.matches()) {
            throw new IllegalStateException("no times in " + printed);
        }
        double seconds =
                60 * (Double.parseDouble(times.group(1)) + Double.parseDouble(times.group(3)))
                        + Double.parseDouble(times.group(2))
                        + Double.parseDouble(times.group(4));
        return Math.round(seconds * 1e6);
    }

    /** At its fixed interval of a second, over fewer hosts. */
    Spent smokepingProber() throws Exception {
        List<String> command = new ArrayList<>(List.of("prometheus-smokeping-prober"));
        command.add(
                "--config.file="
                        + Files.writeString(
                                programs.folder().resolve("prober.yml"), "targets: []\n"));
        command.add("--web.listen-address=127.0.0.1:9374");
        command.add("--log.level=error");
        IntStream.range(0, PROBER_HOSTS).mapToObj(Loopback::address).forEach(command::add);
        Process prober = programs.start(command);
        try {
            proberReplies(); // returns once it listens
            TimeUnit.SECONDS.sleep(5);
            double cpuBefore = Proc.cpuSeconds(prober.toHandle());
            long before = proberReplies();
            long startNanos = System.nanoTime();
            TimeUnit.SECONDS.sleep(PROBER_SECONDS);
            double cpu = Proc.cpuSeconds(prober.toHandle()) - cpuBefore;
            long wallMicros = (System.nanoTime() - startNanos) / 1_000;
            return new Spent(proberReplies() - before, Math.round(cpu * 1e6), wallMicros, -1);
        } finally {
            prober.destroy();
            prober.waitFor();
        }
    }

    private long proberReplies() throws Exception {
        return programs.run(
                        List.of(
                                "curl",
                                "--silent",
                                "--show-error",
                                "--retry",
                                "60",
                                "--retry-connrefused",
                                "--retry-delay",
                                "1",
                                "http://127.0.0.1:9374/metrics"))
                .lines()
                .map(PROBER_COUNT::matcher)
                .filter(Matcher::find)
                .mapToLong(m -> Math.round(Double.parseDouble(m.group(1))))
                .sum();
    }
}
