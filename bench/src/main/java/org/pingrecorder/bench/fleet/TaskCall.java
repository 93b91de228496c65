package org.pingrecorder.bench.fleet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One {@code POST /ping-task}.
 *
 * @param clients named client0 and so on, all of which are asked
 * @param targets that each of them pings
 * @param count pings of each target
 */
record TaskCall(int clients, int targets, int count, int intervalMs) {

    static void printHead(String asked) {
        System.out.printf(
                "%-40s %12s %12s %12s %8s%n", asked, "begin ms", "first ms", "last ms", "lines");
    }

    /** Says when lines can come at the earliest. */
    void printPlan() {
        System.out.printf(
                "%nA client's first result is ready after 100 ms, its last after %,d ms; each"
                        + " is told within 100 ms.%n",
                (int) (intervalMs * (count - 1.0 / targets)) + 20);
    }

    private String body() {
        return "{\"targets\":%s,\"from\":%s,\"count\":%d,\"interval\":%d}"
                .formatted(texts(targets, "192.0.2."), texts(clients, "client"), count, intervalMs);
    }

    private static String texts(int count, String prefix) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"" + prefix + i + "\"")
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** Asks, and prints when lines came. */
    void measure(HttpClient http, URI recorder, String asked) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(recorder.resolve("/ping-task"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body()))
                        .build();
        long startedNanos = System.nanoTime();
        HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
        double beginMs = sinceMs(startedNanos);
        double firstMs = 0;
        int lines = 0;
        String last = "";
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (firstMs == 0 && line.startsWith("{\"type\":\"ping\"")) {
                    firstMs = sinceMs(startedNanos);
                }
                lines++;
                last = line;
            }
        }
        double lastMs = sinceMs(startedNanos);
        if (!last.contains("\"received\":" + clients * targets * count + ",")
                || !last.contains("\"problems\":0,")) {
            throw new IOException("the task did not do all: " + last);
        }
        System.out.printf(
                "%-40s %,12.1f %,12.1f %,12.1f %,8d%n", asked, beginMs, firstMs, lastMs, lines);
    }

    private static double sinceMs(long startedNanos) {
        return (System.nanoTime() - startedNanos) / 1e6;
    }
}
