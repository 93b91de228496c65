package org.pingrecorder.bench.timetable;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.pingrecorder.bench.Main;
import org.pingrecorder.wire.Durations;

/** A day on a simulated clock: every slot accounted for, memory at its first and last hour. */
public final class DayBench implements Main.Bench {

    private static final int IPS = 500;
    private static final int HOURS = 24;
    private static final List<String> MIXED =
            List.of("100ms", "500ms", "1s", "10s", "1m", "10m", "1h");

    @Override
    public String summary() {
        return "24 h of simulated time: exact counts, flat memory, 500 ips";
    }

    @Override
    public void run(Path project) {
        System.out.printf(
                "%-24s %12s %12s %14s %14s %10s%n",
                "500 ips at",
                "pings",
                "unaccounted",
                "heap h 1, KiB",
                "heap h 24, KiB",
                "ns a ping");
        run("1 s", Collections.nCopies(IPS, Duration.ofSeconds(1)));
        run("100 ms to 1 h, mixed", mixed(IPS));
    }

    static List<Duration> mixed(int ips) {
        return IntStream.range(0, ips)
                .mapToObj(i -> Durations.parse(MIXED.get(i % MIXED.size())))
                .toList();
    }

    private static void run(String name, List<Duration> intervals) {
        SimulatedDay day = new SimulatedDay(intervals, Duration.ofHours(HOURS));
        long startNanos = System.nanoTime();
        day.runHour();
        long runNanos = System.nanoTime() - startNanos;
        long firstHour = Heap.usedBytes();
        startNanos = System.nanoTime();
        for (int hour = 2; hour <= HOURS; hour++) {
            day.runHour();
        }
        runNanos += System.nanoTime() - startNanos;
        long lastHour = Heap.usedBytes();
        List<String> faults = day.account();
        System.out.printf(
                "%-24s %,12d %12d %,14d %,14d %10.0f%n",
                name,
                day.pings(),
                faults.size(),
                firstHour / 1024,
                lastHour / 1024,
                (double) runNanos / day.pings());
        System.out.println("  " + day.told());
        faults.stream().limit(10).forEach(System.out::println);
        if (!faults.isEmpty()) {
            throw new IllegalStateException("the day does not add up");
        }
    }
}
