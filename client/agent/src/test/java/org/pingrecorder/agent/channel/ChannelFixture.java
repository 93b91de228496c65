package org.pingrecorder.agent.channel;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
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
import org.pingrecorder.wire.control.Register;
import org.pingrecorder.wire.control.Registered;
import org.pingrecorder.wire.control.Status;
import org.pingrecorder.wire.control.Task;

/** Control channels to a recorder of the test, which are ended after it. */
@Timeout(60)
abstract class ChannelFixture {

    static final Duration LONG = Duration.ofMinutes(10);

    /** Quick where a test waits for it, and never where it must not come. */
    static final ChannelTimes QUICK =
            new ChannelTimes(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofMillis(20),
                    Duration.ofMillis(100),
                    Duration.ofMillis(20),
                    Duration.ofMillis(100),
                    Duration.ofMillis(30),
                    Duration.ofMillis(100));

    static final Introduction SELF =
            new Introduction(
                    "c",
                    "1f0c",
                    "0.1.0",
                    new Capabilities(List.of("datagram"), true, false, 10_000, "Linux"));

    final List<AutoCloseable> parts = new ArrayList<>();
    final GivenOrders orders = new GivenOrders();

    static final class GivenOrders implements Orders {
        final Queue<Plan> plans = new ConcurrentLinkedQueue<>();
        final Queue<Object> tasks = new ConcurrentLinkedQueue<>();
        final Queue<Boolean> namesTaken = new ConcurrentLinkedQueue<>();
        volatile boolean isFull;
        volatile boolean broken;

        @Override
        public void nameTaken(boolean taken) {
            namesTaken.add(taken);
        }

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
            return new Status(1, 2, 3, 4, false, null);
        }
    }

    static Plan plan(long revision) {
        return new Plan(revision, null, null, null, false, List.of());
    }

    static Registered welcome(@Nullable Plan plan) {
        return new Registered("conn1", 1, LONG.toMillis(), plan);
    }

    static List<? extends FromRecorder> answer(Object message) {
        return switch (message) {
            case Register _ -> List.of(welcome(null));
            case Bye _ -> List.of(new ByeAck());
            default -> List.of();
        };
    }

    FakeControl recorder() throws InterruptedException {
        FakeControl recorder = new FakeControl();
        parts.add(recorder);
        recorder.answering(ChannelFixture::answer);
        return recorder;
    }

    ControlChannel start(URI recorder, ChannelTimes times) {
        return start(recorder, times, Optional.empty());
    }

    ControlChannel start(URI recorder, ChannelTimes times, Optional<ProxyChoice> proxy) {
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

    static void awaitStatus(FakeControl recorder, int count) {
        await().until(() -> recorder.received(Status.class).size() >= count);
    }
}
