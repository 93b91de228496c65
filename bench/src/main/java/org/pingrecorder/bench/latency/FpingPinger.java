package org.pingrecorder.bench.latency;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.pingrecorder.testnet.NetworkNamespace;

/**
 * Debian's fping. It prints each latency with three significant digits, such as 5.03, 20.1 and 100,
 * so that it may be wrong by 5, 50 and 500 µs by that alone. Its sequence numbers tell 65,536 pings
 * of a run apart.
 */
final class FpingPinger implements Pinger {

    private static final int MAX_PINGS = 65_000;
    private static final double NANOS_PER_MILLI = 1e6;

    @Override
    public String name() {
        return "fping";
    }

    @Override
    public void ping(NetworkNamespace namespace, Trial trial) throws Exception {
        if (trial.pings() > MAX_PINGS) {
            throw new IllegalArgumentException(trial.pings() + " pings are too many for fping");
        }
        Path targets = Files.createTempFile("ping-recorder-bench-", ".txt");
        Files.write(targets, trial.addresses());
        double spacingMillis = Trial.INTERVAL.toMillis() / (double) trial.hosts;
        Process fping =
                namespace.start(
                        new ProcessBuilder(
                                        "fping",
                                        "-q",
                                        "-C" + trial.pingsPerHost,
                                        "-p" + Trial.INTERVAL.toMillis(),
                                        "-i" + String.format(Locale.ROOT, "%.1f", spacingMillis),
                                        "-f" + targets)
                                .redirectErrorStream(true));
        List<String> lines;
        try (var reader = fping.inputReader()) {
            lines = reader.lines().filter(line -> !line.isBlank()).toList();
        }
        int status = fping.waitFor();
        Files.delete(targets);
        if (status != 0 || lines.size() != trial.hosts) {
            throw new IllegalStateException(
                    "fping ended with status %d and %d lines for %d hosts: %s"
                            .formatted(
                                    status,
                                    lines.size(),
                                    trial.hosts,
                                    lines.subList(0, Math.min(5, lines.size()))));
        }
        for (int host = 0; host < trial.hosts; host++) {
            read(lines.get(host), host, trial);
        }
    }

    /** A line such as {@code 10.1.0.1 : 5.03 5.06 5.01}. */
    private static void read(String line, int host, Trial trial) {
        String[] parts = line.split(" : ", 2);
        if (parts.length != 2 || !parts[0].strip().equals(trial.address(host))) {
            throw new IllegalStateException("fping said: " + line);
        }
        for (String millis : parts[1].strip().split(" +", -1)) {
            if (!millis.equals("-")) {
                trial.measured(host, Math.round(Double.parseDouble(millis) * NANOS_PER_MILLI));
            }
        }
    }
}
