package org.pingrecorder.agent.channel;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pingrecorder.wire.control.Ack;
import org.pingrecorder.wire.control.Cancel;
import org.pingrecorder.wire.control.Refused;
import org.pingrecorder.wire.control.Register;
import org.pingrecorder.wire.control.Registered;
import org.pingrecorder.wire.control.Status;
import org.pingrecorder.wire.control.Task;
import org.pingrecorder.wire.control.TaskResult;

/** What is said on a control channel, and what becomes of it. */
class ControlChannelIT extends ChannelFixture {

    @Test
    void start_recorderThere_saysWhoThisIsAndHowItDoes() throws Exception {
        FakeControl recorder = recorder();
        recorder.answering(
                m -> m instanceof Register ? List.of(new Registered("x", 1, 1, null)) : List.of());
        start(recorder.uri(), QUICK);

        awaitStatus(recorder, 3);
        Register register = recorder.received(Register.class).getFirst();
        assertEquals("c", register.client());
        assertEquals("1f0c", register.installation());
        assertEquals(SELF.capabilities(), register.capabilities());
        assertEquals(0, register.planRevision());
        assertTrue(register.timeUs() > 1_700_000_000_000_000L);
        assertTrue(register.addresses().stream().noneMatch(a -> a.startsWith("127.")));
        assertEquals(
                new Status(1, 2, 3, 4, false, null), recorder.received(Status.class).getFirst());
        assertEquals(1, recorder.handshakes());
    }

    @Test
    void plan_withTheWelcomeAndLater_isFollowedAndAcknowledged() throws Exception {
        FakeControl recorder = recorder();
        recorder.answering(m -> m instanceof Register ? List.of(welcome(plan(7))) : List.of());
        start(recorder.uri(), QUICK);
        awaitStatus(recorder, 1);
        recorder.send(plan(8));

        await().until(() -> recorder.received(Ack.class).size() == 2);
        assertEquals(List.of(new Ack(7, null), new Ack(8, null)), recorder.received(Ack.class));
    }

    @Test
    void plan_thatIsNotOnDisk_isNotAcknowledged() throws Exception {
        FakeControl recorder = recorder();
        start(recorder.uri(), QUICK);
        awaitStatus(recorder, 1);
        orders.isFull = true;
        recorder.send(plan(8));
        await().until(() -> orders.plans.size() == 1);
        orders.isFull = false;
        recorder.send(plan(8));

        await().until(() -> orders.plans.size() == 2);
        await().until(() -> recorder.received(Ack.class).size() == 1);
    }

    @Test
    void tasks_ofTheRecorder_areHandedOnAndAnswered() throws Exception {
        FakeControl recorder = recorder();
        ControlChannel channel = start(recorder.uri(), QUICK);
        TaskResult result = new TaskResult("t", List.of(), true, null);
        assertFalse(channel.send(result) && recorder.received().isEmpty());
        awaitStatus(recorder, 1);
        Task task = new Task("t", List.of("192.0.2.1"), 1, 1, 1);
        recorder.send(task);
        recorder.send(new Cancel("t"));

        await().until(() -> orders.tasks.size() == 2);
        assertTrue(channel.send(result));
        await().until(() -> recorder.received(TaskResult.class).equals(List.of(result)));
        recorder.cut();
        await().until(() -> orders.tasks.size() == 3);
        assertEquals(List.of(task, new Cancel("t"), "all"), List.copyOf(orders.tasks));
    }

    @Test
    void results_thatDoNotLeave_areNotTaken() throws Exception {
        FakeControl recorder = recorder();
        ControlChannel channel = start(recorder.uri(), QUICK);
        awaitStatus(recorder, 1);
        recorder.reads(false);
        TaskResult some = new TaskResult("t", List.of(), false, "x".repeat(100_000));
        TaskResult last = new TaskResult("t", List.of(), true, null);

        await().until(() -> !channel.send(some));
        assertTrue(channel.send(last));
        recorder.reads(true);

        await().until(() -> recorder.received(TaskResult.class).contains(last));
        await().until(() -> channel.send(some));
    }

    @Test
    void plan_thatFailsWithTheWelcome_comesAgain() throws Exception {
        FakeControl recorder = recorder();
        orders.broken = true;
        recorder.answering(m -> m instanceof Register ? List.of(welcome(plan(7))) : List.of());
        start(recorder.uri(), QUICK);
        awaitStatus(recorder, 1);
        orders.broken = false;
        recorder.send(plan(7));

        await().until(() -> recorder.received(Ack.class).equals(List.of(new Ack(7, null))));
        assertEquals(1, recorder.handshakes());
    }

    @Test
    void hostileMessages_areSurvived() throws Exception {
        FakeControl recorder = recorder();
        start(recorder.uri(), QUICK);
        awaitStatus(recorder, 1);
        orders.broken = true;
        recorder.sendText("");
        recorder.sendText("no JSON");
        recorder.sendText("[]");
        recorder.sendText("{\"type\":\"of_a_later_version\"}");
        recorder.sendText("{\"type\":\"plan\",\"revision\":\"x\"}");
        recorder.send(plan(7));
        recorder.send(welcome(null));
        recorder.send(new Cancel("t"));

        await().until(() -> !orders.tasks.isEmpty());
        orders.broken = false;
        recorder.send(plan(8));
        await().until(() -> recorder.received(Ack.class).equals(List.of(new Ack(8, null))));
        assertEquals(1, recorder.handshakes());
    }

    @Test
    void cut_connection_isMadeAgainWithThePlanThatIsFollowed() throws Exception {
        FakeControl recorder = recorder();
        start(recorder.uri(), QUICK);
        awaitStatus(recorder, 1);
        recorder.send(plan(8));
        await().until(() -> recorder.received(Ack.class).size() == 1);
        recorder.cut();
        awaitStatus(recorder, 2);
        recorder.end("of the test");
        awaitStatus(recorder, 3);

        assertEquals(
                List.of(0L, 8L, 8L),
                recorder.received(Register.class).stream().map(Register::planRevision).toList());
    }

    @Test
    void recorderAway_isFoundWhenItComes() throws Exception {
        int port;
        try (FakeControl gone = new FakeControl()) {
            port = gone.port();
        }
        start(URI.create("http://127.0.0.1:" + port), QUICK);
        FakeControl recorder = new FakeControl(port);
        parts.add(recorder);
        recorder.answering(ChannelFixture::answer);

        awaitStatus(recorder, 1);
    }

    @Test
    void silence_endsTheConnectionAfterItsKeepAlives() throws Exception {
        FakeControl recorder = recorder();
        ChannelTimes times =
                new ChannelTimes(
                        Duration.ofSeconds(1),
                        Duration.ofMillis(100),
                        Duration.ofMillis(20),
                        Duration.ofMillis(100),
                        Duration.ofMillis(20),
                        Duration.ofMillis(100),
                        LONG,
                        LONG);
        start(recorder.uri(), times);
        awaitStatus(recorder, 1);
        // Answered, they keep the connection.
        await().until(() -> recorder.pings() >= 6);
        assertEquals(1, recorder.handshakes());
        recorder.dead(true);

        await().until(() -> recorder.handshakes() == 2);
        recorder.dead(false);
        awaitStatus(recorder, 2);
    }

    @Test
    void refused_waitsAsLongAsItIsTold() throws Exception {
        FakeControl recorder = recorder();
        recorder.answering(
                m ->
                        m instanceof Register
                                ? List.of(
                                        new Refused(
                                                "another client of that name is connected",
                                                recorder.handshakes() == 1 ? 1 : LONG.toMillis(),
                                                true))
                                : List.of());
        ControlChannel channel = start(recorder.uri(), QUICK);
        await().until(() -> recorder.handshakes() == 2);
        await().during(Duration.ofMillis(500)).until(() -> recorder.handshakes() == 2);

        assertFalse(channel.send(new TaskResult("t", List.of(), true, null)));
        assertEquals(List.of(), recorder.requests(), "a client that is refused polls no plan");
        assertEquals(List.of(true, true), List.copyOf(orders.namesTaken));
    }

    @Test
    void refused_lateToo_waitsAsLongAsItIsTold() throws Exception {
        FakeControl recorder = recorder();
        ControlChannel channel = start(recorder.uri(), QUICK);
        awaitStatus(recorder, 1);
        recorder.send(new Refused("it was registered before", LONG.toMillis(), false));

        await().until(() -> !channel.send(new TaskResult("t", List.of(), true, null)));
        await().during(Duration.ofMillis(500)).until(() -> recorder.handshakes() == 1);
        assertEquals(List.of(false), List.copyOf(orders.namesTaken));
    }
}
