package org.pingrecorder.bench.store;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.pingrecorder.bench.Main;
import org.pingrecorder.recorder.samples.Hours;

/** The list of all ips, as a dashboard asks for it. */
public final class SummaryBench implements Main.Bench {

    private static final int CLIENTS = 10;
    private static final int IPS = 500;

    /** A packer's turn has so many of each ip. */
    private static final int PINGS = 15;

    private static final Duration PAST = Duration.ofHours(2);
    private static final int WARM_UP = 10;
    private static final int ROUNDS = 30;
    private static final double TARGET_MS = 500;

    @Override
    public String summary() {
        return "/summary of 5,000 ips pinged once a second: all and a page, with sparklines";
    }

    @Override
    public void run(Path project) throws Exception {
        Instant end = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Instant start = end.minus(PAST);
        Fleet fleet =
                new Fleet("list", CLIENTS, IPS, PINGS, PingSeries.JITTER, Hours.micros(start));
        try (RecorderRun recorder = RecorderRun.start(project)) {
            long pings = Loading.upload(recorder, fleet, (int) (PAST.toSeconds() / PINGS));
            PackingWatch.awaitPacked(recorder);
            System.out.printf("%,d pings of %,d ips in 2 h%n%n", pings, CLIENTS * IPS);
            System.out.printf(
                    "%-34s %9s %9s %9s %13s %13s   %s%n",
                    "the last hour, to the last byte",
                    "p50 ms",
                    "p99 ms",
                    "kB",
                    "recorder, ms",
                    "PostgreSQL, ms",
                    "target");
            String window = "/summary?start=" + end.minus(Duration.ofHours(1)) + "&end=" + end;
            measure(recorder, "all, sparklines of 30", window + "&spark=30", TARGET_MS);
            measure(recorder, "all, no sparklines", window, 0);
            measure(recorder, "a page of 100, sparklines of 30", window + "&spark=30&limit=100", 0);
            measure(recorder, "grouped by client", window + "&group=client", 0);
        }
    }

    private static void measure(
            RecorderRun recorder, String what, String query, double targetMillis) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(recorder.address().resolve(query)).build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            double[] millis = new double[ROUNDS];
            int bytes = 0;
            RecorderRun.Cpu before = recorder.cpu();
            for (int i = -WARM_UP; i < ROUNDS; i++) {
                if (i == 0) {
                    before = recorder.cpu();
                }
                long sent = System.nanoTime();
                HttpResponse<byte[]> answer =
                        http.send(request, HttpResponse.BodyHandlers.ofByteArray());
                if (answer.statusCode() != 200) {
                    throw new IOException(new String(answer.body(), StandardCharsets.UTF_8));
                }
                bytes = answer.body().length;
                if (i >= 0) {
                    millis[i] = (System.nanoTime() - sent) / 1e6;
                }
            }
            RecorderRun.Cpu after = recorder.cpu();
            Arrays.sort(millis);
            double middle = millis[ROUNDS / 2];
            System.out.printf(
                    "%-34s %9.1f %9.1f %,9d %13.1f %13.1f   %s%n",
                    what,
                    middle,
                    millis[ROUNDS * 99 / 100],
                    bytes / 1_000,
                    (after.recorder() - before.recorder()) * 1e3 / ROUNDS,
                    (after.postgres() - before.postgres()) * 1e3 / ROUNDS,
                    targetMillis == 0
                            ? ""
                            : "%.0f: %s"
                                    .formatted(
                                            targetMillis,
                                            middle <= targetMillis ? "met" : "not met"));
        }
    }
}
