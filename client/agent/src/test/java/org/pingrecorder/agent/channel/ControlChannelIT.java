package org.pingrecorder.agent.channel;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pingrecorder.agent.recorder.ConnectProxy;
import org.pingrecorder.agent.recorder.ProxyChoice;
import org.pingrecorder.agent.recorder.RecorderClient;
import org.pingrecorder.icmp.Clock;
import org.pingrecorder.wire.control.Ack;
import org.pingrecorder.wire.control.Bye;
import org.pingrecorder.wire.control.ByeAck;
import org.pingrecorder.wire.control.Cancel;
import org.pingrecorder.wire.control.Capabilities;
import org.pingrecorder.wire.control.FromRecorder;
import org.pingrecorder.wire.control.Plan;
import org.pingrecorder.wire.control.Refused;
import org.pingrecorder.wire.control.Register;
import org.pingrecorder.wire.control.Registered;
import org.pingrecorder.wire.control.Status;
import org.pingrecorder.wire.control.Task;
import org.pingrecorder.wire.control.TaskResult;

@Timeout(60)
class ControlChannelIT {

    private static final Duration LONG = Duration.ofMinutes(10);

    /** Quick where a test waits for it, and never where it must not come. */
    private static final ChannelTimes QUICK =
            new ChannelTimes(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofMillis(20),
                    Duration.ofMillis(100),
                    Duration.ofMillis(20),
                    Duration.ofMillis(100),
                    Duration.ofMillis(30),
                    Duration.ofMillis(100));

    private static final Introduction SELF =
            new Introduction(
                    "c",
                    "1f0c",
                    "0.1.0",
                    new Capabilities(List.of("datagram"), true, false, 10_000, "Linux"));

    private final List<AutoCloseable> parts = new ArrayList<>();
    private final GivenOrders orders = new GivenOrders();

    private static final class GivenOrders implements Orders {
        private final Queue<Plan> plans = new ConcurrentLinkedQueue<>();
        private final Queue<Object> tasks = new ConcurrentLinkedQueue<>();
        private volatile boolean isFull;
        private volatile boolean broken;

        @Override
        public long planRevision() {
            return plans.stream().mapToLong(Plan::revision).max().orElse(0);
        }

        @Override
        public @Nullable Ack follow(Plan plan) {
            if (broken) {
                throw new IllegalStateException("of the test");
            }
            plans.add(plan);
            return isFull ? null : new Ack(plan.revision(), null);
        }

        @Override
        public void task(Task task) {
            tasks.add(task);
        }

        @Override
        public void cancel(Cancel cancel) {
            tasks.add(cancel);
        }

        @Override
        public void cancelAll() {
            tasks.add("all");
        }

        @Override
        public Status status() {
            return new Status(1, 2, 3, 4, false);
        }
    }

    private static Plan plan(long revision) {
        return new Plan(revision, null, null, null, false, List.of());
    }

    private static Registered welcome(@Nullable Plan plan) {
        return new Registered("conn1", 1, LONG.toMillis(), plan);
    }

    private static List<? extends FromRecorder> answer(Object message) {
        return switch (message) {
            case Register _ -> List.of(welcome(null));
            case Bye _ -> List.of(new ByeAck());
            default -> List.of();
        };
    }

    private FakeControl recorder() throws InterruptedException {
        FakeControl recorder = new FakeControl();
        parts.add(recorder);
        recorder.answering(ControlChannelIT::answer);
        return recorder;
    }

    private ControlChannel start(URI recorder, ChannelTimes times) {
        return start(recorder, times, Optional.empty());
    }

    private ControlChannel start(URI recorder, ChannelTimes times, Optional<ProxyChoice> proxy) {
        RecorderClient calls = new RecorderClient(recorder, proxy);
        ControlChannel channel =
                new ControlChannel(SELF, calls, proxy, orders, Clock.system(), times);
        parts.add(calls);
        parts.add(
                () -> {
                    Thread.currentThread().interrupt();
                    channel.stop(0);
                    assertTrue(Thread.interrupted());
                });
        channel.start();
        return channel;
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable part : parts.reversed()) {
            part.close();
        }
    }

    private static void awaitStatus(FakeControl recorder, int count) {
        await().until(() -> recorder.received(Status.class).size() >= count);
    }

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
        assertEquals(new Status(1, 2, 3, 4, false), recorder.received(Status.class).getFirst());
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
        recorder.answering(ControlChannelIT::answer);

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
                                                recorder.handshakes() == 1 ? 1 : LONG.toMillis()))
                                : List.of());
        ControlChannel channel = start(recorder.uri(), QUICK);
        await().until(() -> recorder.handshakes() == 2);
        await().during(Duration.ofMillis(500)).until(() -> recorder.handshakes() == 2);

        assertFalse(channel.send(new TaskResult("t", List.of(), true, null)));
        assertEquals(List.of(), recorder.requests(), "a client that is refused polls no plan");
    }

    @Test
    void refused_lateToo_waitsAsLongAsItIsTold() throws Exception {
        FakeControl recorder = recorder();
        ControlChannel channel = start(recorder.uri(), QUICK);
        awaitStatus(recorder, 1);
        recorder.send(new Refused("it was registered before", LONG.toMillis()));

        await().until(() -> !channel.send(new TaskResult("t", List.of(), true, null)));
        await().during(Duration.ofMillis(500)).until(() -> recorder.handshakes() == 1);
    }

    private static FullHttpResponse plans(FakeControl.Request request) {
        String effective = "/clients/c/plan/effective";
        if (request.method().equals("GET") && request.path().equals(effective)) {
            return "\"9\"".equals(request.headers().get(HttpHeaderNames.IF_NONE_MATCH))
                    ? FakeControl.status(304)
                    : FakeControl.json("{\"revision\":9,\"paused\":true,\"targets\":[]}", "\"9\"");
        }
        return FakeControl.status(request.path().equals("/clients/c/plan/ack") ? 204 : 400);
    }

    private static long count(FakeControl recorder, String method) {
        return recorder.requests().stream().filter(r -> r.method().equals(method)).count();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 403, 404, 426, 500, 502, 503})
    void blocked_planIsPolledAndAcknowledged(int status) throws Exception {
        FakeControl recorder = recorder();
        recorder.handshake(status);
        recorder.http(ControlChannelIT::plans);
        start(recorder.uri(), QUICK);

        await().until(() -> count(recorder, "GET") >= 4);
        assertEquals(List.of(9L), orders.plans.stream().map(Plan::revision).toList());
        assertEquals(1, count(recorder, "POST"));
        FakeControl.Request ack =
                recorder.requests().stream()
                        .filter(r -> r.method().equals("POST"))
                        .findFirst()
                        .get();
        assertEquals("{\"revision\":9}", ack.body().replace("\"type\":\"ack\",", ""));

        recorder.handshake(101);
        awaitStatus(recorder, 1);
        assertEquals(9, recorder.received(Register.class).getFirst().planRevision());
    }

    @Test
    void blocked_ackThatIsNotTaken_comesAgain() throws Exception {
        FakeControl recorder = recorder();
        recorder.handshake(404);
        recorder.http(r -> r.method().equals("POST") ? FakeControl.status(503) : plans(r));
        start(recorder.uri(), QUICK);

        await().until(() -> count(recorder, "POST") >= 2);
        recorder.http(ControlChannelIT::plans);
        await().until(
                        () ->
                                recorder.requests().stream()
                                        .anyMatch(
                                                r ->
                                                        r.headers()
                                                                .contains(
                                                                        HttpHeaderNames
                                                                                .IF_NONE_MATCH)));
    }

    @Test
    void opened_butNothingComesThrough_isBlocked() throws Exception {
        FakeControl recorder = recorder();
        recorder.dead(true);
        recorder.http(ControlChannelIT::plans);
        ChannelTimes times =
                new ChannelTimes(Duration.ofMillis(200), LONG, LONG, LONG, LONG, LONG, LONG, LONG);
        start(recorder.uri(), times);

        await().until(() -> count(recorder, "POST") == 1);
    }

    @Test
    void proxy_onTheWay_isGoneThrough() throws Exception {
        FakeControl recorder = recorder();
        ConnectProxy proxy = new ConnectProxy(recorder.port());
        parts.add(proxy);
        // A name that only the proxy can reach.
        start(
                URI.create("http://recorder.invalid:5001"),
                QUICK,
                Optional.of(new ProxyChoice("127.0.0.1", proxy.port(), "u", "p")));

        awaitStatus(recorder, 1);
        assertTrue(proxy.heads().getFirst().startsWith("CONNECT recorder.invalid:5001 "));
        assertTrue(proxy.heads().getFirst().contains("authorization: Basic dTpw"));
    }

    @Test
    void proxy_thatRefusesToConnect_isBlocked() throws Exception {
        FakeControl proxy = recorder();
        proxy.http(_ -> FakeControl.status(403));
        ChannelTimes times =
                new ChannelTimes(Duration.ofSeconds(5), LONG, LONG, LONG, LONG, LONG, LONG, LONG);
        start(
                URI.create("http://recorder.invalid:5001"),
                times,
                Optional.of(new ProxyChoice("127.0.0.1", proxy.port(), "", "")));

        // Once for the channel and once for the plan: it asks at once where it is blocked.
        await().until(() -> count(proxy, "CONNECT") >= 2);
        assertEquals("recorder.invalid:5001", proxy.requests().getFirst().path());
    }

    @Test
    void stop_goodbyeIsKnown_returnsAtOnce() throws Exception {
        FakeControl recorder = recorder();
        ControlChannel channel = start(recorder.uri(), QUICK);
        awaitStatus(recorder, 1);

        channel.stop(1_700_000_000_000_000L);

        assertEquals(List.of(new Bye(1_700_000_000_000_000L)), recorder.received(Bye.class));
        assertFalse(channel.send(new TaskResult("t", List.of(), true, null)));
    }

    @Test
    void stop_noWord_saysGoodbyeTwiceMoreAndEnds() throws Exception {
        FakeControl recorder = recorder();
        recorder.answering(m -> m instanceof Register ? List.of(welcome(null)) : List.of());
        ChannelTimes times =
                new ChannelTimes(Duration.ofMillis(300), LONG, LONG, LONG, LONG, LONG, LONG, LONG);
        ControlChannel channel = start(recorder.uri(), times);
        awaitStatus(recorder, 1);

        channel.stop(5);

        assertEquals(List.of(new Bye(5), new Bye(5), new Bye(5)), recorder.received(Bye.class));
    }

    @Test
    void stop_connectionGoes_endsAtOnce() throws Exception {
        FakeControl recorder = recorder();
        recorder.answering(
                m -> {
                    if (m instanceof Bye) {
                        recorder.cut();
                    }
                    return m instanceof Register ? List.of(welcome(null)) : List.of();
                });
        ChannelTimes times = new ChannelTimes(LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG);
        ControlChannel channel = start(recorder.uri(), times);
        awaitStatus(recorder, 1);

        channel.stop(5);

        assertEquals(List.of(new Bye(5)), recorder.received(Bye.class));
    }

    @Test
    void stop_interrupted_endsAtOnceAndStaysSo() throws Exception {
        FakeControl recorder = recorder();
        recorder.answering(m -> m instanceof Register ? List.of(welcome(null)) : List.of());
        ChannelTimes times = new ChannelTimes(LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG);
        ControlChannel channel = start(recorder.uri(), times);
        awaitStatus(recorder, 1);
        Thread stopping = new Thread(() -> channel.stop(5));
        stopping.start();
        await().until(() -> recorder.received(Bye.class).size() == 1);

        stopping.interrupt();
        stopping.join(TimeUnit.SECONDS.toMillis(30));
        assertFalse(stopping.isAlive());
    }

    @Test
    void stop_noChannel_endsAtOnce() throws Exception {
        int port;
        try (FakeControl gone = new FakeControl()) {
            port = gone.port();
        }
        ControlChannel channel = start(URI.create("http://127.0.0.1:" + port), QUICK);
        channel.stop(5);
    }
}
