package org.pingrecorder.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pingrecorder.testnet.JarProcess;
import org.pingrecorder.testnet.Jars;
import org.pingrecorder.wire.RecordedPing;

/** SIGKILL of the recorder while posts arrive: what was answered 200 is there afterwards. */
final class RecorderKillIT {

    private static final int ROUNDS = 3;
    private static final int POSTERS = 8;

    @TempDir Path folder;

    @Test
    void answeredPosts_surviveSigkillOfTheRecorder() throws Exception {
        Set<String> answered = ConcurrentHashMap.newKeySet();
        for (int round = 0; round < ROUNDS; round++) {
            JarProcess recorder = Project.recorder(folder).start();
            postUntilKilled(recorder, round, answered);
        }
        try (JarProcess recorder = Project.recorder(folder).start()) {
            List<RecordedPing> stored =
                    new Rest(Jars.awaitAddress(recorder)).pings("client=killed");
            Set<String> names = stored.stream().map(RecordedPing::ip).collect(Collectors.toSet());
            List<String> lost = answered.stream().filter(ip -> !names.contains(ip)).toList();
            System.out.printf(
                    "%d rounds of SIGKILL: %d posts answered 200, %d pings stored, %d lost%n",
                    ROUNDS, answered.size(), stored.size(), lost.size());
            assertTrue(lost.isEmpty(), "answered but not stored: " + lost);
            assertTrue(answered.size() >= ROUNDS * POSTERS, "too few posts to mean anything");
        }
    }

    private static void postUntilKilled(JarProcess recorder, int round, Set<String> answered)
            throws Exception {
        URI address = Jars.awaitAddress(recorder);
        List<Callable<Integer>> posters = new ArrayList<>();
        for (int poster = 0; poster < POSTERS; poster++) {
            String prefix = "r" + round + "p" + poster + "n";
            posters.add(() -> post(new Rest(address), prefix, answered));
        }
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> posts = new ArrayList<>();
            posters.forEach(poster -> posts.add(executor.submit(poster)));
            // A random moment, but one at which every poster has had answers.
            int enough = answered.size() + ThreadLocalRandom.current().nextInt(5, 200) * POSTERS;
            await().pollInterval(Duration.ofMillis(1)).until(() -> answered.size() >= enough);
            recorder.kill();
            for (Future<Integer> post : posts) {
                post.get();
            }
        }
    }

    /** Posts pings, each of an ip of its own, until the recorder is gone; returns how many. */
    private static int post(Rest rest, String prefix, Set<String> answered)
            throws InterruptedException {
        for (int n = 0; ; n++) {
            String ip = prefix + n + ".example";
            try {
                if (rest.post("/record-ping/killed", "{\"ip\":\"" + ip + "\",\"latency_ms\":1}")
                                .statusCode()
                        == 200) {
                    answered.add(ip);
                }
            } catch (IOException e) {
                return n; // killed, as it should be
            }
        }
    }
}
