package org.pingrecorder.recorder.tasks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pingrecorder.recorder.tasks.Pings.last;
import static org.pingrecorder.recorder.tasks.Pings.line;
import static org.pingrecorder.recorder.tasks.Pings.reply;
import static org.pingrecorder.recorder.tasks.Pings.some;

import io.micronaut.serde.ObjectMapper;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.pingrecorder.recorder.Json;
import org.pingrecorder.wire.control.TaskResult;

class PingTaskTest {

    private final AtomicInteger ends = new AtomicInteger();
    private final AtomicInteger reads = new AtomicInteger();
    private final Reader reader = new Reader();
    private final long startedNanos = System.nanoTime();

    private PingTask unread(List<String> targets, String... from) {
        return new PingTask(
                new TaskRequest(targets, List.of(from), 1_000, 3, 1_000),
                ObjectMapper.getDefault(),
                ended -> ends.incrementAndGet(),
                read -> reads.incrementAndGet(),
                startedNanos);
    }

    private PingTask task(List<String> targets, String... from) {
        PingTask task = unread(targets, from);
        task.lines().subscribe(reader);
        reader.request(Long.MAX_VALUE);
        return task;
    }

    private List<String> types() {
        return reader.lines().stream().map(line -> line.at("type").text()).toList();
    }

    private Json lineAt(int index) {
        return reader.lines().get(index);
    }

    @Test
    void result_ofAllClients_endsWithStatisticsOfEachAndOfAll() {
        PingTask task = task(List.of("192.0.2.1", "192.0.2.2"), "c1", "c2");

        task.result("c1", some("t", reply("192.0.2.1", 0, 20.5), reply("192.0.2.2", 0, 1)));
        assertEquals(List.of("ping", "ping"), types());
        task.result("c1", last("t", line("192.0.2.1", 1, "timeout", null, false)));
        assertEquals(List.of("ping", "ping", "ping", "summary", "summary"), types());
        assertEquals(0, ends.get());
        task.result("c2", last("t"));

        assertEquals(6, reader.lines().size());
        assertEquals("c1", lineAt(0).at("client").text());
        assertEquals(20.5, lineAt(0).at("latency_ms").value());
        assertNull(lineAt(2).at("latency_ms").value());
        Json summary = lineAt(3);
        assertEquals("192.0.2.1", summary.at("target").text());
        assertEquals(2, summary.at("sent").number());
        assertEquals(50.0, summary.at("loss_pct").value());
        assertEquals("no reply", summary.at("causes").at(0).at("text").text());
        Json end = lineAt(5);
        assertEquals("end", end.at("type").text());
        assertEquals(task.id(), end.at("task").text());
        assertEquals(2, end.at("clients").number());
        assertEquals(0, end.at("problems").number());
        assertEquals(3, end.at("sent").number());
        assertEquals(33.333, end.at("loss_pct").value());
        assertTrue(reader.isComplete());
        assertEquals(1, ends.get());
    }

    @Test
    void begin_isToldAtOnce() {
        PingTask task = task(List.of("192.0.2.1"), "c1", "c2");

        assertEquals(
                List.of("{\"type\":\"begin\",\"task\":\"" + task.id() + "\",\"clients\":2}\n"),
                reader.chunks());
    }

    @Test
    void result_ofTheRecorderItself_hasNoClient() {
        PingTask task = task(List.of("192.0.2.1"));

        task.result(PingTask.SELF, last("t", reply("192.0.2.1", 0, 1)));

        assertEquals(List.of("ping", "summary", "end"), types());
        assertFalse(lineAt(0).has("client"));
        assertFalse(lineAt(1).has("client"));
    }

    @Test
    void result_thatMakesNoSense_isLeftOutAndTold() {
        PingTask task = task(List.of("192.0.2.1"), "c1");

        task.result(
                "c1",
                some(
                        "t",
                        reply("192.0.2.9", 0, 1),
                        reply("192.0.2.1", 3, 1),
                        reply("192.0.2.1", -1, 1),
                        reply("192.0.2.1", Long.MAX_VALUE, 1),
                        reply("192.0.2.1", 0, -5),
                        reply("192.0.2.1", 0, Double.NaN),
                        line("192.0.2.1", 0, "reply", null, false),
                        line("192.0.2.1", 0, "timeout", 3.0, false),
                        line("192.0.2.1", 0, "great", 3.0, false)));
        assertEquals(List.of(), types());
        task.result("c1", some("t", reply("192.0.2.1", 0, 1), reply("192.0.2.1", 0, 2)));
        task.result("stranger", last("t", reply("192.0.2.1", 1, 1)));
        task.result("c1", last("t"));
        task.result("c1", last("t", reply("192.0.2.1", 2, 1)));

        assertEquals(List.of("ping", "problem", "summary", "end"), types());
        assertTrue(lineAt(1).at("problem").text().startsWith("9 of its results"));
        assertEquals(1, lineAt(3).at("problems").number());
        assertEquals(1, lineAt(3).at("sent").number());
    }

    @Test
    void result_duplicates_areCountedAndToldToABound() {
        PingTask task = task(List.of("192.0.2.1"), "c1");
        task.result("c1", some("t", reply("192.0.2.1", 0, 1)));
        for (int i = 0; i < 1_500; i++) {
            task.result("c1", some("t", line("192.0.2.1", 0, "reply", null, true)));
        }
        task.result("c1", last("t"));

        assertEquals(1_001, types().stream().filter("ping"::equals).count());
        assertEquals(1_500, reader.lines().getLast().at("duplicates").number());
        assertEquals(1, reader.lines().getLast().at("sent").number());
    }

    @Test
    void result_problem_isToldWithoutStatisticsOfNothing() {
        PingTask task = task(List.of("192.0.2.1"), "c1");

        task.result("c1", new TaskResult("t", List.of(), true, "too many pings"));

        assertEquals(List.of("problem", "end"), types());
        assertEquals("failed", lineAt(0).at("reason").text());
        assertEquals("too many pings", lineAt(0).at("problem").text());
        assertNull(lineAt(1).at("loss_pct").value());
    }

    @Test
    void gone_inTheMiddle_isToldWithWhatCame() {
        PingTask task = task(List.of("192.0.2.1"), "c1", "c2");
        task.result("c1", some("t", reply("192.0.2.1", 0, 1)));

        task.gone("c1");
        task.gone("c1");
        task.gone("stranger");

        assertEquals(List.of("ping", "problem", "summary"), types());
        assertEquals("went_away", lineAt(1).at("reason").text());
        assertFalse(task.isEnded());
    }

    @Test
    void gone_ofAClientOfAnotherRecorder_isItsBusiness() {
        PingTask task = task(List.of("192.0.2.1"), "c1");
        task.areElsewhere(List.of("c1"));

        task.gone("c1");

        assertEquals(List.of(), types());
        assertEquals(List.of("c1"), task.openElsewhere());
        assertEquals(List.of(), task.unfinished());
    }

    @Test
    void tick_silence_isFilledAndEnds() {
        PingTask task = task(List.of("192.0.2.1"), "c1");
        long nowNanos = System.nanoTime();

        task.tick(nowNanos + Duration.ofSeconds(9).toNanos());
        assertEquals(List.of(), types());
        task.tick(nowNanos + Duration.ofSeconds(10).toNanos());
        assertEquals(List.of("heartbeat"), types());
        task.tick(nowNanos + Duration.ofSeconds(30).toNanos());

        assertEquals(List.of("heartbeat", "problem", "end"), types());
        assertEquals("no_answer", lineAt(1).at("reason").text());
    }

    @Test
    void result_callerThatDoesNotRead_endsTheTask() {
        PingTask task = unread(List.of("h"), "c1");
        String cause = "x".repeat(100_000);
        for (int i = 0; i < 50; i++) {
            task.result("c1", new TaskResult("t", List.of(), false, cause));
        }
        assertEquals(1, ends.get());
        assertEquals(0, reads.get(), "its memory is free");
        task.lines().subscribe(reader);
        reader.request(Long.MAX_VALUE);

        assertTrue(reader.lines().getLast().at("problem").text().contains("read faster"));
        assertTrue(reader.isComplete());
        assertEquals(1, reads.get());
    }

    @Test
    void result_thatComesAgain_changesNothing() {
        PingTask task = task(List.of("192.0.2.1"), "c1");
        task.result("c1", some("t", reply("192.0.2.1", 0, 1)));
        task.result("c1", some("t", reply("192.0.2.1", 0, 1)));
        task.result("c1", last("t"));

        assertEquals(List.of("ping", "summary", "end"), types());
        assertEquals(0, lineAt(2).at("problems").number());
    }

    @Test
    void unfinished_areThoseThatDidNotSayTheirLastWord() {
        PingTask task = task(List.of("192.0.2.1"), "c1", "c2", "c3", "c4");
        task.areElsewhere(List.of("c4"));

        task.result("c1", last("t"));
        task.gone("c2");
        task.endEarly("of the test");

        assertEquals(List.of("c2", "c3"), task.unfinished());
        assertTrue(task.isEnded());
    }
}
