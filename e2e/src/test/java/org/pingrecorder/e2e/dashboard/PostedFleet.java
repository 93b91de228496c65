package org.pingrecorder.e2e.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.e2e.Rest;

/**
 * Clients that are made up: their pings, one a second of each host, are posted as batches. The same
 * host has the same pings in every run, but for when they were.
 */
final class PostedFleet implements AutoCloseable {

    /** How a host answers. */
    enum Manner {
        STEADY,
        NOISY,
        LOSSY,
        /** Unreachable for two minutes of each half hour; some pings are lost besides. */
        FAILING,
        DOWN
    }

    record Host(String client, String ip, String name, double millis, Manner manner) {}

    private static final int MOST_SECONDS = 1_800;
    private static final int CYCLE_SECONDS = 1_800;
    private static final int OUTAGE_SECONDS = 120;

    private final Rest recorder;
    private final Map<String, List<Host>> hosts = new LinkedHashMap<>();
    private final Map<String, Integer> batches = new HashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final String spool = Long.toHexString(System.nanoTime());
    private @Nullable Future<?> ticking;
    private long nextSecond;

    PostedFleet(Rest recorder, List<Host> all) {
        this.recorder = recorder;
        all.forEach(
                host -> hosts.computeIfAbsent(host.client(), key -> new ArrayList<>()).add(host));
    }

    /** Posts so many seconds that end now. */
    void postPast(int pastSeconds) throws Exception {
        nextSecond = Instant.now().getEpochSecond() - pastSeconds;
        postUntilNow();
    }

    /** Posts so many seconds that end now, and then every second until it is closed. */
    void start(int pastSeconds) throws Exception {
        postPast(pastSeconds);
        ticking = clock.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    private void tick() {
        try {
            postUntilNow();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void postUntilNow() throws Exception {
        long now = Instant.now().getEpochSecond();
        while (nextSecond < now) {
            int seconds = (int) Math.min(MOST_SECONDS, now - nextSecond);
            for (Map.Entry<String, List<Host>> client : hosts.entrySet()) {
                post(client.getKey(), client.getValue(), seconds);
            }
            nextSecond += seconds;
        }
    }

    private void post(String client, List<Host> ofClient, int seconds) throws Exception {
        StringBuilder body =
                new StringBuilder("{\"spool\":\"").append(spool).append("\",\"batch\":");
        int batch = batches.merge(client, 1, Integer::sum);
        body.append(batch);
        if (batch == 1) {
            running(ofClient, body);
        }
        body.append(",\"series\":[");
        for (Host host : ofClient) {
            series(host, seconds, body);
        }
        body.setCharAt(body.length() - 1, ']');
        HttpResponse<String> answer =
                recorder.post("/record-pings/" + client, body.append('}').toString());
        assertEquals(200, answer.statusCode(), answer.body());
    }

    /** Says what the client's timetable is, so that what it leaves out is missed. */
    private void running(List<Host> ofClient, StringBuilder body) {
        body.append(",\"running\":[");
        for (Host host : ofClient) {
            body.append("{\"ip\":\"").append(host.ip()).append("\",\"from\":\"");
            body.append(Instant.ofEpochSecond(nextSecond)).append("\",\"interval_ms\":1000},");
        }
        body.setCharAt(body.length() - 1, ']');
    }

    private void series(Host host, int seconds, StringBuilder body) {
        StringBuilder outcomes = new StringBuilder();
        body.append("{\"ip\":\"").append(host.ip()).append("\",\"name\":\"").append(host.name());
        body.append("\",\"start\":\"").append(Instant.ofEpochSecond(nextSecond));
        body.append("\",\"interval_ms\":1000,\"latency_ms\":[");
        for (int i = 0; i < seconds; i++) {
            ping(host, nextSecond + i, i, body, outcomes);
        }
        body.setCharAt(body.length() - 1, ']');
        body.append(",\"outcomes\":{").append(outcomes);
        if (!outcomes.isEmpty()) {
            body.setLength(body.length() - 1);
        }
        body.append("}},");
    }

    private static void ping(
            Host host, long second, int index, StringBuilder body, StringBuilder outcomes) {
        Random chance = new Random(host.ip().hashCode() * 31L + second);
        chance.nextInt();
        double wave = 1 + 0.15 * Math.sin(second / 900.0 + host.ip().hashCode());
        double millis = host.millis() * wave + Math.abs(chance.nextGaussian()) * host.millis() / 12;
        double luck = chance.nextDouble();
        boolean isLost =
                switch (host.manner()) {
                    case STEADY -> luck < 0.0005;
                    case NOISY -> luck < 0.01;
                    case LOSSY -> luck < 0.08 * wave;
                    case FAILING ->
                            luck < 0.01
                                    || Math.floorMod(second + host.ip().hashCode(), CYCLE_SECONDS)
                                            < OUTAGE_SECONDS;
                    case DOWN -> true;
                };
        if ((host.manner() == Manner.NOISY || host.manner() == Manner.FAILING) && luck > 0.9) {
            millis *= 1 + 4 * chance.nextDouble();
        }
        if (host.manner() == Manner.NOISY && luck > 0.995) {
            millis = 1_000 + 500 * chance.nextDouble();
            outcomes.append('"').append(index).append("\":{\"outcome\":\"late\"},");
        }
        if (isLost) {
            body.append("null,");
        } else {
            body.append(String.format(Locale.ROOT, "%.3f,", millis));
        }
        if (host.manner() == Manner.FAILING && isLost) {
            outcomes.append('"')
                    .append(index)
                    .append("\":{\"outcome\":\"unreachable\",\"type\":3,\"code\":1,")
                    .append("\"from\":\"192.0.2.1\"},");
        }
    }

    @Override
    public void close() throws InterruptedException, ExecutionException {
        clock.shutdown();
        clock.awaitTermination(10, TimeUnit.SECONDS);
        if (ticking != null && !ticking.isCancelled()) {
            ticking.get(); // where it failed, that is why the page was not told
        }
    }
}
