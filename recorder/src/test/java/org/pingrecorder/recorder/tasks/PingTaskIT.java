package org.pingrecorder.recorder.tasks;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pingrecorder.recorder.tasks.Pings.last;
import static org.pingrecorder.recorder.tasks.Pings.reply;
import static org.pingrecorder.recorder.tasks.Pings.some;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pingrecorder.recorder.Answer;
import org.pingrecorder.recorder.Json;
import org.pingrecorder.recorder.TestRecorder;
import org.pingrecorder.recorder.control.Peer;
import org.pingrecorder.wire.control.Bye;
import org.pingrecorder.wire.control.ByeAck;
import org.pingrecorder.wire.control.Cancel;
import org.pingrecorder.wire.control.Registered;
import org.pingrecorder.wire.control.Task;
import org.pingrecorder.wire.control.TaskResult;

class PingTaskIT {

    @RegisterExtension static final TestRecorder RECORDER = TestRecorder.create();

    private static Peer connected(String client) {
        Peer peer = Peer.register(RECORDER, client, "i-" + client);
        peer.next(Registered.class);
        return peer;
    }

    private static String body(String targets, String from) {
        return "{\"targets\":%s,\"from\":%s,\"interval\":100,\"count\":2,\"timeout\":1000}"
                .formatted(targets, from);
    }

    @Test
    void task_ofAClient_isAnsweredAsResultsCome() {
        try (Peer peer = connected("c1");
                Call call = Call.of(RECORDER, body("[\"192.0.2.1\"]", "\"c1\""))) {
            assertEquals("application/x-ndjson", call.header("content-type"));
            Task task = peer.next(Task.class);
            assertEquals(new Task(task.task(), List.of("192.0.2.1"), 100, 2, 1_000), task);

            await().until(() -> call.begin().contains(task.task()));
            peer.send(some(task.task(), reply("192.0.2.1", 0, 20.113)));
            await().until(() -> call.types().equals(List.of("ping")));
            Json ping = call.lines().getFirst();
            assertEquals("c1", ping.at("client").text());
            assertEquals(20.113, ping.at("latency_ms").value());
            assertEquals(false, ping.at("duplicate").value());
            peer.send(last(task.task(), reply("192.0.2.1", 1, 1)));

            List<Json> lines = call.awaitEnd();
            assertEquals(List.of("ping", "ping", "summary", "end"), call.types());
            assertEquals(2, lines.get(2).at("received").number());
            assertEquals(0, lines.get(3).at("problems").number());
        }
        assertEquals(0, RECORDER.get("/ips?client=c1").expect(200).json().size());
        assertEquals(0, RECORDER.get("/pings?client=c1").expect(200).json().size());
    }

    @Test
    void task_ofTheRecorderItself_isPinged() {
        try (Call call = Call.of(RECORDER, body("[\"127.0.0.1\",\"127.0.0.2\"]", "[]"))) {
            List<Json> lines = call.awaitEnd();

            assertEquals(7, lines.size(), lines::toString);
            assertEquals(4, call.lines("ping").size());
            for (Json ping : call.lines("ping")) {
                assertEquals("reply", ping.at("outcome").text());
                assertEquals(ping.at("target").text(), ping.at("address").text());
                assertEquals(64, ping.at("bytes").number());
                assertTrue(ping.has("ttl"));
            }
            assertEquals(List.of(2L, 2L), received(call.lines("summary")));
            assertEquals(4, lines.getLast().at("received").number());
        }
    }

    private static List<Long> received(List<Json> summaries) {
        return summaries.stream().map(line -> line.at("received").number()).toList();
    }

    @Test
    void clientsThatAreAway_haveALineEach() {
        RECORDER.post("/ips", "{\"ip\":\"192.0.2.1\",\"client\":\"named\"}").expect(201);
        try (Peer stopped = connected("stopped")) {
            stopped.send(new Bye(1));
            stopped.next(ByeAck.class);
        }
        connected("lost").drop();
        await().until(() -> RECORDER.get("/clients/lost").json().at("state").text().equals("lost"));
        try (Call call =
                Call.of(
                        RECORDER,
                        body("\"192.0.2.1\"", "[\"nobody\",\"named\",\"stopped\",\"lost\"]"))) {
            List<Json> lines = call.awaitEnd();

            assertEquals(List.of("problem", "problem", "problem", "problem", "end"), call.types());
            assertEquals(
                    List.of("nobody", "named", "stopped", "lost"),
                    lines.subList(0, 4).stream().map(line -> line.at("client").text()).toList());
            assertEquals(
                    List.of("unknown", "not_connected", "not_connected", "not_connected"),
                    lines.subList(0, 4).stream().map(line -> line.at("reason").text()).toList());
            assertTrue(lines.get(2).at("problem").text().contains("said that it stops"));
            assertEquals(4, lines.get(4).at("problems").number());
        }
    }

    @Test
    void client_thatGoesAwayInTheMiddle_isMissedAndTheOthersGoOn() {
        try (Peer stays = connected("stays");
                Peer leaves = connected("leaves");
                Call call = Call.of(RECORDER, body("\"192.0.2.1\"", "[\"stays\",\"leaves\"]"))) {
            String id = leaves.next(Task.class).task();
            stays.next(Task.class);
            leaves.send(some(id, reply("192.0.2.1", 0, 1)));
            await().until(() -> call.types().contains("ping"));

            leaves.drop();

            await().until(() -> call.types().equals(List.of("ping", "problem", "summary")));
            assertEquals("went_away", call.lines().get(1).at("reason").text());
            stays.send(last(id, reply("192.0.2.1", 0, 1), reply("192.0.2.1", 1, 1)));
            assertEquals(3, call.awaitEnd().getLast().at("received").number());
        }
    }

    @Test
    void caller_thatHangsUp_callsItOff() {
        try (Peer peer = connected("busy")) {
            Call call = Call.of(RECORDER, body("\"192.0.2.1\"", "[\"busy\"]"));
            String id = peer.next(Task.class).task();
            peer.send(some(id, reply("192.0.2.1", 0, 1)));
            await().until(() -> call.types().contains("ping"));

            call.close();

            assertEquals(id, peer.next(Cancel.class).task());
        }
    }

    @Test
    void client_thatCannot_saysWhy() {
        try (Peer peer = connected("weak");
                Call call = Call.of(RECORDER, body("\"192.0.2.1\"", "[\"weak\"]"))) {
            String id = peer.next(Task.class).task();
            peer.send(new TaskResult(id, List.of(), true, "may not send ICMP"));

            assertEquals("may not send ICMP", call.awaitEnd().getFirst().at("problem").text());
        }
    }

    @Test
    void results_ofNoTask_areIgnored() {
        try (Peer peer = connected("odd");
                Call call = Call.of(RECORDER, body("\"192.0.2.1\"", "[\"odd\"]"))) {
            String id = peer.next(Task.class).task();
            peer.send(last("no-such-task", reply("192.0.2.1", 0, 1)));
            peer.send(some(id, reply("192.0.2.77", 0, 1)));
            peer.send(last(id));

            call.awaitEnd();
            assertEquals(List.of("problem", "end"), call.types());
        }
    }

    @Test
    void tooManyTasks_haveToWait() {
        List<Call> calls = new ArrayList<>();
        try (Peer peer = connected("slow")) {
            for (int i = 0; i < Tasks.MOST_AT_ONCE; i++) {
                calls.add(Call.of(RECORDER, body("\"192.0.2.1\"", "[\"slow\"]")));
            }
            Answer refused = RECORDER.post("/ping-task", body("\"192.0.2.1\"", "[\"slow\"]"));
            assertTrue(refused.problem(429).contains("ask again"));
            assertFalse(refused.header("retry-after").isEmpty());

            peer.send(last(peer.next(Task.class).task()));
            calls.getFirst().awaitEnd();
            Call.of(RECORDER, body("\"127.0.0.1\"", "[]")).awaitEnd();
        } finally {
            calls.forEach(Call::close);
        }
    }

    @Test
    void task_ofManyTargets_reachesAClientWhole() {
        String targets =
                IntStream.range(0, 1_000)
                        .mapToObj(i -> "\"" + "x".repeat(60) + i + ".example\"")
                        .collect(Collectors.joining(",", "[", "]"));
        try (Peer peer = connected("big");
                Call call = Call.of(RECORDER, body(targets, "[\"big\"]"))) {
            Task task = peer.next(Task.class);
            assertEquals(1_000, task.targets().size());
            peer.send(new TaskResult(task.task(), List.of(), true, "no"));
            call.awaitEnd();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "\"192.0.2.1\"",
                "{",
                "{}",
                "{\"targets\":\"192.0.2.1\",\"targets\":\"192.0.2.2\"}",
                "{\"targets\":\"\\u0000\"}",
                "{\"targets\":[[\"192.0.2.1\"]]}",
                "{\"targets\":\"192.0.2.1\",\"from\":{}}",
                "{\"targets\":\"192.0.2.1\",\"count\":\"3\"}",
                "{\"targets\":\"192.0.2.1\",\"interval\":1e999}",
                "{\"targets\":\"192.0.2.1\"} x"
            })
    void hostileBody_isToldWhatIsWrong(String body) {
        RECORDER.post("/ping-task", body).problem(400);
    }

    @Test
    void tooLarge_isRefusedBeforeAnybodyIsAsked() {
        String targets =
                IntStream.range(0, 1_000)
                        .mapToObj(i -> "\"h" + i + "\"")
                        .collect(Collectors.joining(",", "[", "]"));
        String body = "{\"targets\":" + targets + ",\"count\":1000}";

        assertTrue(RECORDER.post("/ping-task", body).problem(422).contains("100,000"));
    }
}
