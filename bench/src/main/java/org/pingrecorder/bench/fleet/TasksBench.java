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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.pingrecorder.bench.Main;
import org.pingrecorder.bench.store.RecorderRun;
import org.pingrecorder.testnet.JarProcess;
import org.pingrecorder.testnet.Jars;

/** One task over many clients, asked of the recorder that they are connected to, and of another. */
public final class TasksBench implements Main.Bench {

    private static final int CLIENTS = 100;
    private static final int TARGETS = 10;
    private static final int COUNT = 3;
    private static final int INTERVAL_MS = 1_000;
    private static final int RUNS = 5;

    @Override
    public String summary() {
        return "a task over 100 simulated clients × 10 targets × 3 pings: first and last line";
    }

    @Override
    public void run(Path project) throws Exception {
        ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
        HttpClient http = HttpClient.newHttpClient();
        List<SimulatedClient> clients = new ArrayList<>();
        try (RecorderRun recorder = RecorderRun.start(project);
                JarProcess other = recorder.startAnother(project)) {
            URI otherAddress = Jars.awaitAddress(other);
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(SimulatedClient.connect(http, recorder.address(), "client" + i, timer));
            }
            System.out.printf(
                    "%-40s %12s %12s %12s %8s%n",
                    "asked", "begin ms", "first ms", "last ms", "lines");
            for (int run = 1; run <= RUNS; run++) {
                measure(http, recorder.address(), "the clients' recorder, run " + run);
            }
            for (int run = 1; run <= RUNS; run++) {
                measure(http, otherAddress, "another recorder, run " + run);
            }
            System.out.printf(
                    "%nA client's first result is ready after 100 ms, its last after %,d ms; each"
                            + " is told within 100 ms.%n",
                    (int) (INTERVAL_MS * (COUNT - 1.0 / TARGETS)) + 20);
        } finally {
            clients.forEach(SimulatedClient::close);
            timer.shutdownNow();
            http.close();
        }
    }

    private static String body() {
        return "{\"targets\":%s,\"from\":%s,\"count\":%d,\"interval\":%d}"
                .formatted(
                        texts(TARGETS, "192.0.2."), texts(CLIENTS, "client"), COUNT, INTERVAL_MS);
    }

    private static String texts(int count, String prefix) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"" + prefix + i + "\"")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static void measure(HttpClient http, URI recorder, String asked) throws Exception {
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
        if (!last.contains("\"received\":" + CLIENTS * TARGETS * COUNT + ",")
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
