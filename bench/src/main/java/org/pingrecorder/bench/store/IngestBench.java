package org.pingrecorder.bench.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.pingrecorder.bench.Main;
import org.pingrecorder.recorder.samples.Hours;

/**
 * Batches of 100 clients with 1,000 ips each, durable when answered, and how far behind packing
 * stays; then the same pings by COPY into a row each. {@code BENCH_SECONDS} says for how long, 120
 * if absent; {@code BENCH_RATE} pings a second, as fast as it goes if absent.
 */
public final class IngestBench implements Main.Bench {

    private static final int CLIENTS = 100;
    private static final int IPS = 1_000;
    private static final int PINGS = 10;
    private static final int CONNECTIONS = 16;
    private static final double WARM_UP_SECONDS = 10;
    private static final double COPY_SECONDS = 30;

    /** Bodies are made for so many pings a second; a faster recorder ends the run early. */
    private static final double MOST_PER_SECOND = 4_000_000;

    @Override
    public String summary() {
        return "pings a second in batches of 1,000 ips × 10 pings from 100 clients, and COPY";
    }

    @Override
    public void run(Path project) throws Exception {
        double seconds = Settings.seconds(120);
        double rate = Settings.rate();
        // Ten minutes before an hour ends, so that hours end under load; long enough ago that no
        // ping lies ahead however fast sample time runs.
        Instant start =
                Instant.now()
                        .truncatedTo(ChronoUnit.HOURS)
                        .minus(Duration.ofHours(3))
                        .plus(Duration.ofMinutes(50));
        Fleet fleet =
                new Fleet("bench", CLIENTS, IPS, PINGS, PingSeries.JITTER, Hours.micros(start));
        int warmUp = batches(WARM_UP_SECONDS, rate, fleet);
        int batches = warmUp + batches(seconds, rate, fleet);
        Path file = Files.createTempDirectory("ping-recorder-bodies-").resolve("bodies");
        try (BodyFile bodies = BodyFile.make(file, fleet, batches);
                RecorderRun recorder = RecorderRun.start(project)) {
            System.out.printf(
                    "%,d bodies, %,.0f bytes each, %.2f a ping%n%n",
                    (long) batches * CLIENTS,
                    (double) bodies.bytes() / batches / CLIENTS,
                    (double) bodies.bytes() / batches / CLIENTS / fleet.pingsInBatch());
            BatchLoad load = new BatchLoad(recorder.address(), bodies, CLIENTS, CONNECTIONS);
            BatchLoad.Result first =
                    load.run(0, warmUp, Settings.NO_LIMIT, rate / fleet.pingsInBatch());
            measure(recorder, fleet, load, first, warmUp, batches, seconds, rate);
        } finally {
            Files.delete(file.getParent());
        }
    }

    private static int batches(double seconds, double rate, Fleet fleet) {
        double perSecond = rate > 0 ? rate : MOST_PER_SECOND;
        return (int) Math.ceil(seconds * perSecond / fleet.pingsInBatch() / CLIENTS);
    }

    private static void measure(
            RecorderRun recorder,
            Fleet fleet,
            BatchLoad load,
            BatchLoad.Result first,
            int warmUp,
            int batches,
            double seconds,
            double rate)
            throws Exception {
        RecorderRun.Cpu before = recorder.cpu();
        BatchLoad.Result result;
        String cores;
        double oldestSeconds;
        double packedSeconds;
        try (PackingWatch watch = new PackingWatch(recorder)) {
            result = load.run(warmUp, batches, seconds, rate / fleet.pingsInBatch());
            cores = recorder.cpu().coresSince(before, result.seconds());
            packedSeconds = PackingWatch.awaitPacked(recorder);
            oldestSeconds = watch.oldestSeconds();
        }
        System.out.printf(
                "%-44s %12s %10s %9s %9s %9s%n",
                "", "pings/s", "batches/s", "p50 ms", "p99 ms", "ratio");
        CopyPeer.Result copied = CopyPeer.run(recorder.folder(), fleet, COPY_SECONDS);
        double perSecond = result.pings() / result.seconds();
        System.out.printf(
                "%-44s %,12.0f %,10.1f %9.1f %9.1f %9.2f%n",
                "POST /record-pings, durable when answered",
                perSecond,
                result.batches() / result.seconds(),
                result.quantileMillis(0.5),
                result.quantileMillis(0.99),
                perSecond / copied.perSecond());
        System.out.printf(
                "%-44s %,12.0f %10s %9s %9s %9.2f%n",
                "binary COPY into a row each, 2 connections", copied.perSecond(), "", "", "", 1.0);
        long sent = first.pings() + result.pings();
        long stored = recorder.folder().stored();
        System.out.printf(
                "%n%.0f s; %s; recorder %d MiB resident.%n",
                result.seconds(), cores, recorder.residentMib());
        System.out.printf(
                "Oldest upload not yet packed: %.1f s; all packed %.1f s after the end.%n",
                oldestSeconds, packedSeconds);
        System.out.printf(
                "Receipts: %,d pings; stored: %,d; other answers: %,d. A row each takes %.1f"
                        + " bytes a ping.%n",
                sent,
                stored,
                first.others() + result.others(),
                (double) copied.bytes() / copied.pings());
        if (sent != stored) {
            throw new IOException("receipts and stored differ");
        }
    }
}
