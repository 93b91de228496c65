package org.pingrecorder.bench.speed;

import java.nio.file.Path;
import java.util.List;
import org.pingrecorder.bench.Main;
import org.pingrecorder.testnet.Jars;
import org.pingrecorder.testnet.NetworkNamespace;

/** Processor share, slip and memory of engine and timetable at a ping a second an ip. */
public final class PaceBench implements Main.Bench {

    private static final List<Integer> IPS = List.of(500, 10_000, 100_000);
    private static final String SETTLE_SECONDS = "15";
    private static final int SECONDS = 30;

    /** The C loop sends at most 64 pings in each step of 5 ms. */
    private static final int MOST_OF_LOOP = 12_000;

    @Override
    public String summary() {
        return "CPU, slip and memory of the engine alone, 500 to 100,000 ips at 1 s";
    }

    @Override
    public void run(Path project) throws Exception {
        System.out.printf(
                "%-8s %-18s %10s %10s %10s %12s %10s %10s %10s %8s%n",
                "ips",
                "start line",
                "pings",
                "replies",
                "% of core",
                "CPU µs/ping",
                "slip p50",
                "p99",
                "max ms",
                "MiB");
        try (NetworkNamespace namespace = NetworkNamespace.create();
                Programs programs = new Programs(namespace)) {
            namespace.allowDatagramIcmp();
            CLoop loop = new CLoop(project, programs);
            for (int ips : IPS) {
                if (ips <= MOST_OF_LOOP) {
                    print(ips, loop.paced(ips, SECONDS));
                }
                measure(project, programs, ips, "java", List.of());
                measure(project, programs, ips, "documented flags", Jars.CLIENT_FLAGS);
            }
        }
    }

    private static void print(int ips, Spent loop) {
        System.out.printf(
                "%-8d %-18s %10d %10d %10.2f %12.2f%n",
                ips,
                "C loop",
                (long) ips * SECONDS,
                loop.pings(),
                100.0 * loop.cpuMicros() / loop.wallMicros(),
                loop.cpuMicrosPerPing());
    }

    private static void measure(
            Path project, Programs programs, int ips, String name, List<String> flags)
            throws Exception {
        List<String> command =
                Jvm.command(project, flags, Paced.class, "" + ips, SETTLE_SECONDS, "" + SECONDS);
        String[] values = programs.run(command).strip().split(" ", -1);
        double pings = Double.parseDouble(values[0]);
        double cpuMicros = Double.parseDouble(values[2]);
        System.out.printf(
                "%-8d %-18s %10s %10s %10.2f %12.2f %10.3f %10.3f %10.3f %8s%n",
                ips,
                name,
                values[0],
                values[1],
                100 * cpuMicros / Double.parseDouble(values[3]),
                cpuMicros / pings,
                Double.parseDouble(values[4]) / 1_000,
                Double.parseDouble(values[5]) / 1_000,
                Double.parseDouble(values[6]) / 1_000,
                values[7]);
    }
}
