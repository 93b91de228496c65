package org.pingrecorder.bench;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.pingrecorder.bench.timetable.DayBench;
import org.pingrecorder.bench.timetable.TimetableBench;

/** Runs one benchmark by name, from the project's folder after a build. */
public final class Main {

    private static final Map<String, Bench> BENCHES =
            new TreeMap<>(
                    Map.of(
                            "record-ping", new RecordPingBench(),
                            "timetable", new TimetableBench(),
                            "day", new DayBench(),
                            "footprint", new FootprintBench()));

    private Main() {}

    /** One benchmark. */
    public interface Bench {

        /** What it measures, in a line. */
        String summary();

        /** Measures, and prints a table. */
        void run(Path project) throws Exception;
    }

    public static void main(String[] args) throws Exception {
        Bench bench = args.length == 1 ? BENCHES.get(args[0]) : null;
        if (bench == null) {
            System.err.println("Usage: bench/run NAME, where NAME is one of:");
            BENCHES.forEach((name, b) -> System.err.printf("  %-12s %s%n", name, b.summary()));
            System.exit(2);
            return;
        }
        Machine.print();
        bench.run(Path.of("").toAbsolutePath());
    }
}
