package org.pingrecorder.recorder.tasks;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pingrecorder.recorder.tasks.Pings.last;
import static org.pingrecorder.recorder.tasks.Pings.reply;
import static org.pingrecorder.recorder.tasks.Pings.some;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pingrecorder.recorder.Json;
import org.pingrecorder.recorder.TestDatabase;
import org.pingrecorder.recorder.TestRecorder;
import org.pingrecorder.recorder.control.Peer;
import org.pingrecorder.wire.PingLine;
import org.pingrecorder.wire.control.Cancel;
import org.pingrecorder.wire.control.Registered;
import org.pingrecorder.wire.control.Task;
import org.pingrecorder.wire.control.TaskResult;

/** A task that one recorder is asked for, at clients of another. */
class TwoRecordersTasksIT {

    private static final TestDatabase DATABASE = TestDatabase.create();

    @RegisterExtension static final TestRecorder FIRST = TestRecorder.on(DATABASE, Map.of());

    @RegisterExtension static final TestRecorder SECOND = TestRecorder.on(DATABASE, Map.of());

    private static Peer connected(TestRecorder recorder, String client) {
        Peer peer = Peer.register(recorder, client, "i-" + client);
        peer.next(Registered.class);
        return peer;
    }

    private static String body(String from) {
        return "{\"targets\":\"192.0.2.1\",\"from\":%s,\"interval\":100,\"count\":500,\"timeout\":1000}"
                .formatted(from);
    }

    /** Whatever becomes of a task, nothing of it is left. */
    @AfterEach
    void nothingIsLeft() {
        await().atMost(Duration.ofSeconds(20))
                .until(
                        () ->
                                DATABASE.number(
                                                "SELECT (SELECT count(*) FROM task)"
                                                        + " + (SELECT count(*) FROM task_client)"
                                                        + " + (SELECT count(*) FROM task_result)")
                                        == 0);
    }

    @Test
    void task_ofClientsOfBoth_isAnsweredByBothInOrder() {
        try (Peer here = connected(FIRST, "here");
                Peer there = connected(SECOND, "there");
                Call call = Call.of(FIRST, body("[\"here\",\"there\"]"))) {
            Task task = here.next(Task.class);
            assertEquals(task, there.next(Task.class));

            there.send(some(task.task(), reply("192.0.2.1", 0, 20.113)));
            await().until(() -> call.types().equals(List.of("ping")));
            assertEquals("there", call.lines().getFirst().at("client").text());
            for (int seq = 1; seq < 500; seq++) {
                there.send(some(task.task(), reply("192.0.2.1", seq, seq)));
            }
            there.send(last(task.task()));
            here.send(last(task.task(), new PingLine[] {reply("192.0.2.1", 0, 1)}));

            List<Json> lines = call.awaitEnd();
            List<Long> seqs =
                    call.lines("ping").stream()
                            .filter(ping -> ping.at("client").text().equals("there"))
                            .map(ping -> ping.at("seq").number())
                            .toList();
            assertEquals(500, seqs.size());
            assertEquals(seqs.stream().sorted().toList(), seqs);
            assertEquals(2, call.lines("summary").size());
            assertEquals(501, lines.getLast().at("received").number());
            assertEquals(0, lines.getLast().at("problems").number());
        }
    }

    @Test
    void caller_thatHangsUp_callsItOffAtTheOther() {
        try (Peer there = connected(SECOND, "far")) {
            Call call = Call.of(FIRST, body("\"far\""));
            String id = there.next(Task.class).task();

            call.close();

            assertEquals(id, there.next(Cancel.class).task());
        }
    }

    @Test
    void client_ofTheOther_thatGoesAway_isMissed() {
        try (Peer there = connected(SECOND, "leaver");
                Call call = Call.of(FIRST, body("\"leaver\""))) {
            String id = there.next(Task.class).task();
            there.send(some(id, reply("192.0.2.1", 0, 1)));
            await().until(() -> call.types().contains("ping"));

            there.drop();

            call.awaitEnd();
            assertEquals(List.of("ping", "problem", "summary", "end"), call.types());
            assertEquals("went_away", call.lines().get(1).at("reason").text());
        }
    }

    @Test
    void recorder_thatDiesInTheMiddle_isMissedWithItsClients() {
        try (Peer there = connected(SECOND, "orphan");
                Call call = Call.of(FIRST, body("\"orphan\""))) {
            String id = there.next(Task.class).task();
            there.send(some(id, reply("192.0.2.1", 0, 1)));
            await().until(() -> call.types().contains("ping"));

            DATABASE.execute("UPDATE task_client SET holder = 'a recorder that is gone'");

            call.awaitEnd();
            assertEquals(List.of("ping", "problem", "summary", "end"), call.types());
            assertEquals("went_away", call.lines().get(1).at("reason").text());
            assertEquals(id, there.next(Cancel.class).task());
        }
    }

    @Test
    void order_thatNobodyHeardOf_isDoneAllTheSame() {
        try (Peer there = connected(SECOND, "unheard")) {
            // To a recorder that does nothing: as one that missed the announcement.
            DATABASE.execute(
                    "INSERT INTO recorder (id, seen_at) VALUES ('third', now() + interval '1 day');"
                            + "UPDATE conn SET address = recorder, recorder = 'third'"
                            + " WHERE client = 'unheard'");
            try (Call call = Call.of(FIRST, body("\"unheard\""))) {
                DATABASE.execute("UPDATE task SET made_at = now() - interval '8 seconds'");
                await().during(Duration.ofSeconds(3))
                        .atMost(Duration.ofSeconds(5))
                        .until(() -> call.types().isEmpty());

                DATABASE.execute("UPDATE conn SET recorder = address WHERE client = 'unheard'");
                there.send(last(there.next(Task.class).task()));

                assertEquals(0, call.awaitEnd().getLast().at("problems").number());
            }
        } finally {
            DATABASE.execute("DELETE FROM recorder WHERE id = 'third'");
        }
    }

    @Test
    void client_thatWentBeforeItWasTold_isMissedAtOnce() {
        try (Peer there = connected(SECOND, "early")) {
            DATABASE.execute(
                    "INSERT INTO recorder (id, seen_at) VALUES ('third', now() + interval '1 day');"
                            + "UPDATE conn SET recorder = 'third' WHERE client = 'early'");
            try (Call call = Call.of(FIRST, body("\"early\""))) {
                DATABASE.execute("UPDATE conn SET ended_at = now() WHERE client = 'early'");

                assertEquals("went_away", call.awaitEnd().getFirst().at("reason").text());
            }
        } finally {
            DATABASE.execute("DELETE FROM recorder WHERE id = 'third'");
        }
    }

    @Test
    void result_thatTheDatabaseNeverTakes_holdsUpNoOther() {
        DATABASE.execute(
                "ALTER TABLE task_result ADD CONSTRAINT poison CHECK (result NOT LIKE '%poison%')");
        try (Peer there = connected(SECOND, "poisoner");
                Call call = Call.of(FIRST, body("\"poisoner\""))) {
            String id = there.next(Task.class).task();
            there.send(new TaskResult(id, List.of(), false, "poison"));
            there.send(some(id, reply("192.0.2.1", 0, 1)));
            // What came together with it is lost with it; this did not.
            await().until(
                            () -> {
                                there.send(some(id, reply("192.0.2.1", 1, 1)));
                                return call.types().contains("ping");
                            });
            there.send(last(id));

            assertEquals(0, call.awaitEnd().getLast().at("problems").number());
        } finally {
            DATABASE.execute("ALTER TABLE task_result DROP CONSTRAINT poison");
        }
    }

    @Test
    void task_thatEndsWhileItIsBegun_leavesNothing() throws Exception {
        try (Peer here = connected(FIRST, "flood");
                Peer there = connected(SECOND, "late");
                Connection connection = DATABASE.connect()) {
            // Whoever asks where a client is has to wait.
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("LOCK TABLE conn IN ACCESS EXCLUSIVE MODE");
            }
            CompletableFuture<Call> called =
                    CompletableFuture.supplyAsync(
                            () -> Call.of(FIRST, body("[\"flood\",\"late\"]")));
            String id = here.next(Task.class).task();
            TaskResult much = new TaskResult(id, List.of(), false, "x".repeat(200_000));
            for (int i = 0; i < 25; i++) {
                here.send(much);
            }
            assertEquals(id, here.next(Cancel.class).task());
            connection.commit();

            try (Call call = called.join()) {
                assertTrue(call.awaitEnd().getLast().at("problem").text().contains("read faster"));
            }
        }
    }

    @Test
    void asker_thatDies_isNotWaitedFor() {
        try (Peer there = connected(SECOND, "worker");
                Call call = Call.of(FIRST, body("\"worker\""))) {
            String id = there.next(Task.class).task();

            DATABASE.execute("UPDATE task SET asker = 'a recorder that is gone'");

            assertEquals(id, there.next(Cancel.class).task());
            assertEquals("went_away", call.awaitEnd().getFirst().at("reason").text());
        }
    }
}
