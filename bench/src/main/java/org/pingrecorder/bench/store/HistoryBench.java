package org.pingrecorder.bench.store;

import java.io.IOException;
import java.io.InputStream;
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

/** Questions about one ip among 1,000 with a day of pings each, one of them with a year. */
public final class HistoryBench implements Main.Bench {

    private static final int CLIENTS = 10;
    private static final int IPS = 100;
    private static final int PINGS = 60;
    private static final int YEAR_DAYS = 365;

    private static final int WARM_UP = 300;
    private static final int ROUNDS = 200;
    private static final int LONG_ROUNDS = 3;

    @Override
    public String summary() {
        return "/history of a day and of a year, /pings rows a second";
    }

    @Override
    public void run(Path project) throws Exception {
        Instant end = Instant.now().truncatedTo(ChronoUnit.DAYS);
        Instant day = end.minus(Duration.ofDays(1));
        Instant month = end.minus(Duration.ofDays(30));
        Instant year = end.minus(Duration.ofDays(YEAR_DAYS));
        try (RecorderRun recorder = RecorderRun.start(project)) {
            long pings = load(recorder, day, year);
            PackingWatch.awaitMerged(recorder);
            System.out.printf("%,d pings of 1,000 ips%n%n", pings);
            System.out.printf(
                    "%-44s %9s %9s %12s %12s%n",
                    "one ip, from the request to the last byte",
                    "p50 ms",
                    "p99 ms",
                    "lines",
                    "lines/s");
            measure(recorder, "a day at 1 s, 288 buckets", "/history", day, end, "5m", ROUNDS);
            measure(recorder, "a year at 1 s, 365 buckets", "/history", year, end, "1d", ROUNDS);
            measure(recorder, "raw pings of a day", "/pings", day, end, "", LONG_ROUNDS);
            measure(recorder, "raw pings of 30 days", "/pings", month, end, "", LONG_ROUNDS);
            System.out.printf("recorder %d MiB resident%n", recorder.residentMib());
        }
    }

    private static long load(RecorderRun recorder, Instant day, Instant year) throws Exception {
        Fleet all = new Fleet("day", CLIENTS, IPS, PINGS, PingSeries.JITTER, Hours.micros(day));
        long pings = Loading.upload(recorder, all, (int) Duration.ofDays(1).toMinutes());
        Fleet one = new Fleet("year", 1, 1, 3_600, PingSeries.JITTER, Hours.micros(year));
        return pings + Loading.upload(recorder, one, (YEAR_DAYS - 1) * 24);
    }

    private static void measure(
            RecorderRun recorder,
            String what,
            String path,
            Instant start,
            Instant end,
            String step,
            int rounds)
            throws Exception {
        String query =
                "%s?client=%s&ip=%s&start=%s&end=%s&format=ndjson%s"
                        .formatted(
                                path,
                                Fleet.client(0),
                                Fleet.ip(0, 0),
                                start,
                                end,
                                step.isEmpty() ? "" : "&step=" + step);
        HttpRequest request = HttpRequest.newBuilder(recorder.address().resolve(query)).build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            long lines = 0;
            for (int i = 0; i < Math.min(WARM_UP, rounds * 2); i++) {
                lines = lines(http, request);
            }
            double[] millis = new double[rounds];
            for (int i = 0; i < rounds; i++) {
                long sent = System.nanoTime();
                lines = lines(http, request);
                millis[i] = (System.nanoTime() - sent) / 1e6;
            }
            Arrays.sort(millis);
            System.out.printf(
                    "%-44s %9.2f %9.2f %,12d %,12.0f%n",
                    what,
                    millis[rounds / 2],
                    millis[rounds * 99 / 100],
                    lines,
                    lines / millis[rounds / 2] * 1e3);
        }
    }

    private static long lines(HttpClient http, HttpRequest request)
            throws IOException, InterruptedException {
        HttpResponse<InputStream> answer =
                http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            if (answer.statusCode() != 200) {
                throw new IOException(new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
            byte[] bytes = new byte[1 << 16];
            long lines = 0;
            for (int count = body.read(bytes); count >= 0; count = body.read(bytes)) {
                for (int i = 0; i < count; i++) {
                    lines += bytes[i] == '\n' ? 1 : 0;
                }
            }
            return lines;
        }
    }
}
