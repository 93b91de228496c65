package org.pingrecorder.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.pingrecorder.bench.fleet.FleetBench;
import org.pingrecorder.bench.fleet.TasksBench;
import org.pingrecorder.bench.latency.LatencyBench;
import org.pingrecorder.bench.speed.PaceBench;
import org.pingrecorder.bench.speed.SpeedBench;
import org.pingrecorder.bench.store.BatchesBench;
import org.pingrecorder.bench.store.CodecBench;
import org.pingrecorder.bench.store.HistoryBench;
import org.pingrecorder.bench.store.IngestBench;
import org.pingrecorder.bench.store.LiveBench;
import org.pingrecorder.bench.store.RecordPingBench;
import org.pingrecorder.bench.store.SizeBench;
import org.pingrecorder.bench.store.SummaryBench;
import org.pingrecorder.bench.timetable.DayBench;
import org.pingrecorder.bench.timetable.TimetableBench;

/** Runs benchmarks by name, from the project's folder after a build. */
public final class Main {

    private static final Map<String, Bench> BENCHES =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("codec", new CodecBench()),
                            Map.entry("ingest", new IngestBench()),
                            Map.entry("batches", new BatchesBench()),
                            Map.entry("size", new SizeBench()),
                            Map.entry("summary", new SummaryBench()),
                            Map.entry("history", new HistoryBench()),
                            Map.entry("live", new LiveBench()),
                            Map.entry("record-ping", new RecordPingBench()),
                            Map.entry("fleet", new FleetBench()),
                            Map.entry("tasks", new TasksBench()),
                            Map.entry("footprint", new FootprintBench()),
                            Map.entry("speed", new SpeedBench()),
                            Map.entry("pace", new PaceBench()),
                            Map.entry("latency", new LatencyBench()),
                            Map.entry("timetable", new TimetableBench()),
                            Map.entry("day", new DayBench())));

    /** Names for several benchmarks, one after the other. */
    private static final Map<String, List<String>> GROUPS =
            new TreeMap<>(
                    Map.of(
                            "pinger",
                            List.of("speed", "pace", "latency", "timetable", "day"),
                            "store",
                            List.of(
                                    "codec",
                                    "ingest",
                                    "batches",
                                    "size",
                                    "history",
                                    "summary",
                                    "live",
                                    "record-ping")));

    private Main() {}

    /** One benchmark. */
    public interface Bench {

        /** What it measures, in a line. */
        String summary();

        /** Measures, and prints a table. */
        void run(Path project) throws Exception;
    }

    public static void main(String[] args) throws Exception {
        String given = args.length == 1 ? args[0] : "";
        List<String> names = GROUPS.getOrDefault(given, List.of(given));
        if (!BENCHES.keySet().containsAll(names)) {
            System.err.println("Usage: bench/run NAME, where NAME is one of:");
            BENCHES.forEach((name, b) -> System.err.printf("  %-12s %s%n", name, b.summary()));
            GROUPS.forEach((name, g) -> System.err.printf("  %-12s all of %s%n", name, g));
            System.exit(2);
            return;
        }
        Machine.print();
        for (String name : names) {
            Bench bench = Objects.requireNonNull(BENCHES.get(name));
            System.out.printf("%s: %s%n%n", name, bench.summary());
            bench.run(Path.of("").toAbsolutePath());
            System.out.println();
        }
    }
}
