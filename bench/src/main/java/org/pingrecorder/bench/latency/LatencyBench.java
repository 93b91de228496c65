package org.pingrecorder.bench.latency;

import java.nio.file.Path;
import java.util.List;
import org.pingrecorder.bench.Main;
import org.pingrecorder.testnet.FarEnd;
import org.pingrecorder.testnet.Lateness;
import org.pingrecorder.testnet.NetworkNamespace;

/**
 * The error of measured latencies on the make-believe network, whose far end gives known delays and
 * tells how well it kept them. Our engine and fping take turns on the same network.
 */
public final class LatencyBench implements Main.Bench {

    private static final List<Trial> TRIALS =
            List.of(new Trial(10, 60), new Trial(1_000, 20), new Trial(10_000, 6));

    private static final Pinger ENGINE = new EnginePinger();
    private static final Pinger FPING = new FpingPinger();

    @Override
    public String summary() {
        return "error of measured latencies against known delays, ours and fping's";
    }

    @Override
    public void run(Path project) throws Exception {
        try (NetworkNamespace namespace = NetworkNamespace.create();
                FarEnd farEnd = FarEnd.attach(namespace)) {
            namespace.allowDatagramIcmp();
            Trial.addRules(farEnd);
            measure(namespace, farEnd, ENGINE, new Trial(10_000, 6)); // compiles the hot paths
            System.out.printf(
                    "%-16s %7s %8s %8s %8s %8s %8s %8s %8s %8s  %s%n",
                    "error, µs",
                    "pings",
                    "p50",
                    "p99",
                    "max",
                    "5 ms p99",
                    "20 ms",
                    "100 ms",
                    "far p50",
                    "far p99",
                    "p99 ratio");
            for (Trial trial : TRIALS) {
                long ours = print(namespace, farEnd, ENGINE, trial, 0);
                print(namespace, farEnd, FPING, trial, ours);
            }
        }
    }

    private static long print(
            NetworkNamespace namespace, FarEnd farEnd, Pinger pinger, Trial like, long oursNanos)
            throws Exception {
        Trial trial = new Trial(like.hosts, like.pingsPerHost);
        measure(namespace, farEnd, pinger, trial);
        long[] errors = trial.errorsNanos(-1);
        long p99 = Trial.quantile(errors, 0.99);
        Lateness late = farEnd.lateness();
        System.out.printf(
                "%6d × %-7s %7d %8.1f %8.1f %8.1f %8.1f %8.1f %8.1f %8.0f %8.0f  %s%n",
                trial.hosts,
                pinger.name(),
                errors.length,
                Trial.quantile(errors, 0.5) / 1e3,
                p99 / 1e3,
                Trial.quantile(errors, 1) / 1e3,
                Trial.quantile(trial.errorsNanos(0), 0.99) / 1e3,
                Trial.quantile(trial.errorsNanos(1), 0.99) / 1e3,
                Trial.quantile(trial.errorsNanos(2), 0.99) / 1e3,
                late.quantileNanos(0.5) / 1e3,
                late.quantileNanos(0.99) / 1e3,
                oursNanos == 0 ? "1" : "%.2f".formatted((double) p99 / oursNanos));
        return p99;
    }

    private static void measure(
            NetworkNamespace namespace, FarEnd farEnd, Pinger pinger, Trial trial)
            throws Exception {
        farEnd.listener(trial);
        farEnd.lateness().reset();
        pinger.ping(namespace, trial);
    }
}
