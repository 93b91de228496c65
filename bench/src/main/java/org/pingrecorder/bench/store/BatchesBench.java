package org.pingrecorder.bench.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.pingrecorder.bench.Main;
import org.pingrecorder.recorder.samples.Hours;

/**
 * Small batches: 500 ips, a ping each, from 200 clients. {@code BENCH_SECONDS} says for how long,
 * 30 if absent.
 */
public final class BatchesBench implements Main.Bench {

    private static final int CLIENTS = 200;
    private static final int IPS = 500;
    private static final double WARM_UP_SECONDS = 10;
    private static final double MOST_PER_SECOND = 4_000;
    private static final int[] CONNECTIONS = {16, 64};

    @Override
    public String summary() {
        return "batches a second of 500 ips × 1 ping from 200 clients";
    }

    @Override
    public void run(Path project) throws Exception {
        double seconds = Settings.seconds(30);
        Instant start = Instant.now().minus(Duration.ofHours(1));
        Fleet fleet = new Fleet("bench", CLIENTS, IPS, 1, PingSeries.JITTER, Hours.micros(start));
        int each = (int) Math.ceil(seconds * MOST_PER_SECOND / CLIENTS);
        int warmUp = (int) Math.ceil(WARM_UP_SECONDS * MOST_PER_SECOND / CLIENTS);
        Path file = Files.createTempDirectory("ping-recorder-bodies-").resolve("bodies");
        System.out.printf(
                "%-14s %12s %12s %9s %9s%n",
                "connections", "batches/s", "pings/s", "p50 ms", "p99 ms");
        try (BodyFile bodies = BodyFile.make(file, fleet, warmUp + each * CONNECTIONS.length);
                RecorderRun recorder = RecorderRun.start(project)) {
            long sent =
                    new BatchLoad(recorder.address(), bodies, CLIENTS, CONNECTIONS[0])
                            .run(0, warmUp, WARM_UP_SECONDS, 0)
                            .pings();
            for (int i = 0; i < CONNECTIONS.length; i++) {
                int from = warmUp + i * each;
                sent += measure(recorder, bodies, CONNECTIONS[i], from, from + each, seconds);
            }
            long stored = recorder.folder().stored();
            System.out.printf("Receipts: %,d pings; stored: %,d.%n", sent, stored);
            if (sent != stored) {
                throw new IOException("receipts and stored differ");
            }
        } finally {
            Files.delete(file.getParent());
        }
    }

    private static long measure(
            RecorderRun recorder,
            BodyFile bodies,
            int connections,
            int from,
            int to,
            double seconds)
            throws Exception {
        RecorderRun.Cpu before = recorder.cpu();
        BatchLoad.Result result =
                new BatchLoad(recorder.address(), bodies, CLIENTS, connections)
                        .run(from, to, seconds, 0);
        System.out.printf(
                "%-14d %,12.0f %,12.0f %9.1f %9.1f   %s; other answers: %d%n",
                connections,
                result.batches() / result.seconds(),
                result.pings() / result.seconds(),
                result.quantileMillis(0.5),
                result.quantileMillis(0.99),
                recorder.cpu().coresSince(before, result.seconds()),
                result.others());
        return result.pings();
    }
}
