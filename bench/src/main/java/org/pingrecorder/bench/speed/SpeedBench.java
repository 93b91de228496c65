package org.pingrecorder.bench.speed;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pingrecorder.bench.Main;
import org.pingrecorder.testnet.Jars;
import org.pingrecorder.testnet.NetworkNamespace;

/** Processor time a ping: the engine beside a plain C loop, fping and smokeping_prober. */
public final class SpeedBench implements Main.Bench {

    private static final int ROUNDS = 3;

    /** One program: what it is called and one run of it. */
    private record Contestant(String name, Round round) {}

    /** One run of a program. */
    @FunctionalInterface
    private interface Round {
        Spent run() throws Exception;
    }

    @Override
    public String summary() {
        return "CPU a ping at full speed on loopback, beside C, fping and smokeping_prober";
    }

    @Override
    public void run(Path project) throws Exception {
        try (NetworkNamespace namespace = NetworkNamespace.create();
                Programs programs = new Programs(namespace)) {
            namespace.allowDatagramIcmp();
            Peers peers = new Peers(project, programs);
            List<Contestant> contestants =
                    List.of(
                            new Contestant("C loop, datagram", () -> peers.loop("datagram")),
                            new Contestant("C loop, raw", () -> peers.loop("raw")),
                            new Contestant("fping", peers::fping),
                            new Contestant("smokeping_prober", peers::smokepingProber),
                            new Contestant(
                                    "engine, datagram", () -> peers.engine("datagram", List.of())),
                            new Contestant(
                                    "engine, datagram, documented flags",
                                    () -> peers.engine("datagram", Jars.CLIENT_FLAGS)),
                            new Contestant("engine, raw", () -> peers.engine("raw", List.of())),
                            new Contestant(
                                    "engine, raw, documented flags",
                                    () -> peers.engine("raw", Jars.CLIENT_FLAGS)));
            List<List<Spent>> rounds = new ArrayList<>();
            contestants.forEach(c -> rounds.add(new ArrayList<>()));
            for (int round = 1; round <= ROUNDS; round++) {
                for (int i = 0; i < contestants.size(); i++) {
                    System.err.printf("round %d: %s%n", round, contestants.get(i).name());
                    rounds.get(i).add(contestants.get(i).round().run());
                }
            }
            print(contestants, rounds.stream().map(Spent::median).toList());
        }
    }

    private static void print(List<Contestant> contestants, List<Spent> medians) {
        System.out.printf(
                "%-36s %12s %10s %12s %12s %10s %12s%n",
                "median of " + ROUNDS + " rounds",
                "pings",
                "pings/s",
                "CPU µs/ping",
                "of C loop",
                "of fping",
                "heap B/ping");
        double fping = medians.get(2).cpuMicrosPerPing();
        for (int i = 0; i < contestants.size(); i++) {
            String name = contestants.get(i).name();
            Spent spent = medians.get(i);
            double loop = medians.get(name.contains("raw") ? 1 : 0).cpuMicrosPerPing();
            System.out.printf(
                    "%-36s %,12d %,10.0f %12.2f %12.2f %10.2f %12s%n",
                    name,
                    spent.pings(),
                    spent.pingsPerSecond(),
                    spent.cpuMicrosPerPing(),
                    spent.cpuMicrosPerPing() / loop,
                    spent.cpuMicrosPerPing() / fping,
                    spent.allocated() < 0
                            ? "-"
                            : "%.1f".formatted((double) spent.allocated() / spent.pings()));
        }
    }
}
