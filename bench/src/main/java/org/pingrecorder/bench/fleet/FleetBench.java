package org.pingrecorder.bench.fleet;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.pingrecorder.bench.Main;
import org.pingrecorder.bench.store.RecorderRun;
import org.pingrecorder.bench.store.Settings;

/**
 * What a thousand connected clients cost, and how fast they are told. {@code BENCH_SECONDS} says
 * for how long the recorder is watched while nothing happens, 60 if absent.
 */
public final class FleetBench implements Main.Bench {

    private static final int CLIENTS = 1_000;

    private static final int PLANS = 10;
    private static final double SETTLE_SECONDS = 20;
    private static final double ACKNOWLEDGED_MS = 5_000;
    private static final int TASKS = 5;
    private static final TaskCall TASK = new TaskCall(100, 10, 3, 1_000);

    private final HttpClient http = HttpClient.newHttpClient();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(4);
    private final List<SimulatedClient> clients = new ArrayList<>();

    @Override
    public String summary() {
        return "1,000 simulated clients: memory, CPU while idle, a plan to all, a task over 100";
    }

    @Override
    public void run(Path project) throws Exception {
        double seconds = Settings.seconds(60);
        try (RecorderRun recorder = RecorderRun.start(project)) {
            long startedNanos = System.nanoTime();
            connect(recorder, CLIENTS);
            System.out.printf(
                    "%,d clients registered in %.1f s, one after the other.%n%n",
                    CLIENTS, sinceMs(startedNanos) / 1e3);
            plans(recorder);
            TaskCall.printHead("task over 100 of them");
            for (int run = 1; run <= TASKS; run++) {
                TASK.measure(http, recorder.address(), "run " + run);
            }
            TASK.printPlan();
            idle(recorder, seconds);
        } finally {
            disconnect();
            timer.shutdownNow();
            http.close();
        }
    }

    /** With all of them, then without: so what is loaded once is nobody's memory. */
    private void idle(RecorderRun recorder, double seconds) throws Exception {
        sleep(SETTLE_SECONDS);
        Use all = Use.watch(recorder, seconds);
        disconnect();
        sleep(SETTLE_SECONDS);
        Use none = Use.watch(recorder, seconds);
        System.out.printf(
                "%n%-20s %14s %14s %14s %14s%n",
                "connected clients", "heap, kB", "resident, kB", "CPU, % of core", "PostgreSQL");
        all.print("%,d".formatted(CLIENTS));
        none.print("0");
        System.out.printf(
                "%-20s %14.1f %14.1f %14.4f %14.4f%nOver %.0f s of keep-alives alone.%n",
                "each of them",
                (double) (all.heapKb - none.heapKb) / CLIENTS,
                (double) (all.residentKb - none.residentKb) / CLIENTS,
                (all.cpuPercent - none.cpuPercent) / CLIENTS,
                (all.postgresPercent - none.postgresPercent) / CLIENTS,
                seconds);
    }

    private static void sleep(double seconds) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep((long) (seconds * 1e3));
    }

    private void connect(RecorderRun recorder, int count) {
        for (int i = 0; i < count; i++) {
            clients.add(SimulatedClient.connect(http, recorder.address(), "client" + i, timer));
        }
    }

    private void disconnect() {
        clients.forEach(SimulatedClient::close);
        clients.clear();
    }

    /** What the recorder used while nothing happened. */
    private record Use(long heapKb, long residentKb, double cpuPercent, double postgresPercent) {

        static Use watch(RecorderRun recorder, double seconds) throws Exception {
            RecorderRun.Cpu before = recorder.cpu();
            sleep(seconds);
            RecorderRun.Cpu after = recorder.cpu();
            return new Use(
                    JavaHeap.usedKbAfterGc(recorder.pid()),
                    recorder.residentKb(),
                    100 * (after.recorder() - before.recorder()) / seconds,
                    100 * (after.postgres() - before.postgres()) / seconds);
        }

        void print(String name) {
            System.out.printf(
                    "%-20s %,14d %,14d %14.2f %14.2f%n",
                    name, heapKb, residentKb, cpuPercent, postgresPercent);
        }
    }

    private void plans(RecorderRun recorder) throws Exception {
        for (int i = 0; i < CLIENTS; i++) {
            send(recorder.address(), "PATCH", "/clients/client" + i, "{\"tags\":[\"all\"]}");
        }
        System.out.printf(
                "%-32s %8s %8s %8s %8s %10s   %s%n",
                "a plan to a tag that all have",
                "min ms",
                "p50 ms",
                "p99 ms",
                "max ms",
                "known, ms",
                "CPU ms of recorder and PostgreSQL");
        plan(recorder, 0, 10);
        double worst = 0;
        for (int round = 1; round <= PLANS; round++) {
            worst = Math.max(worst, plan(recorder, round, 10));
        }
        System.out.printf(
                "Target: %,.0f ms until the recorder knows that all follow it; %s.%n%n",
                ACKNOWLEDGED_MS, worst <= ACKNOWLEDGED_MS ? "met" : "not met");
    }

    /** Returns when the recorder knew that all follow it. */
    private double plan(RecorderRun recorder, int round, int targets) throws Exception {
        Map<Integer, Double> millis = new ConcurrentHashMap<>();
        CountDownLatch left = new CountDownLatch(CLIENTS);
        RecorderRun.Cpu before = recorder.cpu();
        long startedNanos = System.nanoTime();
        for (int i = 0; i < CLIENTS; i++) {
            int client = i;
            clients.get(i)
                    .onPlan(
                            revision -> {
                                if (millis.put(client, sinceMs(startedNanos)) == null) {
                                    left.countDown();
                                }
                            });
        }
        send(recorder.address(), "PUT", "/tags/all/plan", body(round, targets));
        if (!left.await(60, TimeUnit.SECONDS)) {
            throw new IOException(left.getCount() + " clients did not get a plan");
        }
        while (isAwaited(recorder.address())) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        double knownMs = sinceMs(startedNanos);
        RecorderRun.Cpu after = recorder.cpu();
        double[] sorted = millis.values().stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        System.out.printf(
                "%-32s %,8.0f %,8.0f %,8.0f %,8.0f %,10.0f   %,.0f, %,.0f%n",
                round == 0 ? "the first one" : "change " + round,
                sorted[0],
                sorted[CLIENTS / 2],
                sorted[CLIENTS * 99 / 100],
                sorted[CLIENTS - 1],
                knownMs,
                (after.recorder() - before.recorder()) * 1e3,
                (after.postgres() - before.postgres()) * 1e3);
        return knownMs;
    }

    private static String body(int round, int targets) {
        return IntStream.range(0, targets)
                .mapToObj(i -> "{\"ip\":\"192.0.2." + (1 + i) + "\"}")
                .collect(
                        Collectors.joining(
                                ",",
                                "{\"interval_ms\":" + (1_000 + round) + ",\"targets\":[",
                                "]}"));
    }

    private boolean isAwaited(URI recorder) throws Exception {
        return send(recorder, "GET", "/clients?format=ndjson", "")
                .lines()
                .anyMatch(line -> !isFollowed(line));
    }

    private static boolean isFollowed(String line) {
        return number(line, "plan_revision") == number(line, "plan_acked");
    }

    private static long number(String line, String field) {
        int start = line.indexOf("\"" + field + "\":") + field.length() + 3;
        int end = start;
        while (Character.isDigit(line.charAt(end))) {
            end++;
        }
        return Long.parseLong(line.substring(start, end));
    }

    private String send(URI recorder, String method, String path, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(recorder.resolve(path));
        if (body.isEmpty()) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, BodyPublishers.ofString(body));
        }
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(method + " " + path + ": " + answer.body());
        }
        return answer.body();
    }

    private static double sinceMs(long startedNanos) {
        return (System.nanoTime() - startedNanos) / 1e6;
    }
}
