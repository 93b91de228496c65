package org.pingrecorder.oneoff;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pingrecorder.icmp.Clock;
import org.pingrecorder.icmp.EngineConfig;
import org.pingrecorder.wire.PingLine;
import org.pingrecorder.wire.control.Task;
import org.pingrecorder.wire.control.TaskResult;

/** Tasks over the loopback interface. */
class TaskRunsIT {

    private final TaskRuns runs = new TaskRuns(EngineConfig.DEFAULT, 100, Clock.system());
    private final List<TaskResult> results = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        runs.cancelAll();
    }

    private void start(Task task) {
        runs.start(task, results::add);
    }

    private static Task task(String id, int count, String... targets) {
        return new Task(id, List.of(targets), 100, count, 1_000);
    }

    private TaskResult awaitLast() {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !results.isEmpty() && results.getLast().isLast());
        return results.getLast();
    }

    private List<PingLine> pings() {
        return results.stream().flatMap(result -> result.pings().stream()).toList();
    }

    @Test
    void task_isPingedAndToldAsItGoes() {
        start(task("t", 5, "127.0.0.1", "127.0.0.2"));

        assertNull(awaitLast().problem());
        assertEquals(10, pings().size());
        assertEquals(
                List.of(0L, 1L, 2L, 3L, 4L),
                pings().stream()
                        .filter(ping -> ping.target().equals("127.0.0.2"))
                        .map(PingLine::seq)
                        .toList());
        for (PingLine ping : pings()) {
            assertEquals("reply", ping.outcome());
            assertEquals(ping.target(), ping.address());
            assertEquals(64, ping.bytes());
            assertNotNull(ping.ttl());
            assertNotNull(ping.latencyMs());
            assertNull(ping.client());
        }
        assertTrue(results.size() > 3, "it was not told as it went");
        assertTrue(results.stream().allMatch(result -> result.task().equals("t")));
    }

    @Test
    void target_thatIsOnNoInterface_isAResolveErrorAndTheOthersArePinged() {
        start(task("t", 2, "fe80::1%nosuch0", "127.0.0.1"));

        assertNull(awaitLast().problem());
        assertEquals(3, pings().size());
        PingLine failed =
                pings().stream().filter(ping -> ping.target().startsWith("fe80")).findFirst().get();
        assertEquals("resolve_error", failed.outcome());
        assertNotNull(failed.cause());
        assertNull(failed.address());
    }

    @Test
    void cancel_endsItWithoutAnotherWord() {
        start(task("t", 1_000, "127.0.0.1"));
        await().until(() -> !results.isEmpty());

        runs.cancel("t");
        runs.cancel("another");
        results.clear();
        start(task("t2", 2, "127.0.0.1"));

        awaitLast();
        assertTrue(
                results.stream().filter(result -> result.task().equals("t")).count() <= 1,
                results::toString);
    }

    @Test
    void tooManyPingsASecond_areRefusedInWords() {
        start(task("t1", 1_000, "127.0.0.1", "127.0.0.2", "127.0.0.3", "127.0.0.4"));
        start(task("t2", 1_000, "127.0.0.1", "127.0.0.2", "127.0.0.3", "127.0.0.4", "127.0.0.5"));
        start(new Task("t3", Collections.nCopies(11, "127.0.0.1"), 100, 1, 1_000));
        await().until(() -> results.stream().anyMatch(TaskResult::isLast));

        assertEquals(
                "110 pings a second are too many, at most 100 may be ordered and tasks under way"
                        + " take 90 of them: name fewer targets or a longer interval",
                results.stream().filter(TaskResult::isLast).findFirst().get().problem());
    }

    @Test
    void tooManyTasks_areRefusedInWords() {
        for (int i = 0; i < TaskRuns.MOST_AT_ONCE; i++) {
            runs.start(new Task("t" + i, List.of("127.0.0.1"), 1_000, 1_000, 10), result -> true);
        }
        start(task("more", 1, "127.0.0.1"));
        assertTrue(String.valueOf(awaitLast().problem()).contains("try again later"));

        runs.cancelAll();

        await().until(
                        () -> {
                            results.clear();
                            start(task("again", 1, "127.0.0.1"));
                            await().until(() -> !results.isEmpty());
                            return results.getFirst().problem() == null;
                        });
    }

    @Test
    void tooManyPingsUnderWay_areRefusedInWords() {
        TaskRuns fast = new TaskRuns(EngineConfig.DEFAULT, 1_000_000, Clock.system());
        List<String> targets =
                IntStream.range(0, 600).mapToObj(i -> "127.0." + i / 250 + "." + i % 250).toList();

        fast.start(new Task("t", targets, 100, 1_000, 60_000), results::add);

        assertEquals(
                "360,600 pings under way at once are too many, at most 131,072 may be: name fewer"
                        + " targets, a longer interval or a shorter timeout",
                awaitLast().problem());
    }

    @Test
    void results_thatAreNotTakenOn_endTheTaskInWords() {
        runs.start(
                task("t", 1_000, "127.0.0.1"),
                result -> {
                    results.add(result);
                    return result.isLast() || results.size() < 3;
                });

        assertTrue(String.valueOf(awaitLast().problem()).contains("more results came"));
        assertEquals(4, results.size());
    }

    @Test
    void stop_endsAllAndBeginsNoMore() {
        start(task("t", 1_000, "127.0.0.1"));
        await().until(() -> !results.isEmpty());

        runs.stop();
        start(task("t2", 2, "127.0.0.1"));

        assertEquals("t2", awaitLast().task());
        assertEquals("it stops, and begins no more tasks", awaitLast().problem());
    }

    @Test
    void sameTaskAgain_goesOn() {
        start(task("t", 3, "127.0.0.1"));
        start(task("t", 3, "127.0.0.1"));

        awaitLast();
        assertEquals(3, pings().size());
    }

    @Test
    void outOfBounds_isRefusedInWords() {
        start(task("t", 0, "127.0.0.1"));

        assertNotNull(awaitLast().problem());
        assertEquals(List.of(), pings());
    }
}
