package org.pingrecorder.agent.channel;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.pingrecorder.wire.control.Bye;
import org.pingrecorder.wire.control.FromClient;
import org.pingrecorder.wire.control.Register;
import org.pingrecorder.wire.control.Registered;
import org.pingrecorder.wire.control.Status;
import org.pingrecorder.wire.control.TaskResult;

/** How a control channel ends. */
class GoodbyeIT extends ChannelFixture {

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
    void stop_noWord_saysNothingElse() throws Exception {
        FakeControl recorder = recorder();
        recorder.answering(
                m ->
                        m instanceof Register
                                ? List.of(new Registered("x", 1, 100, null))
                                : List.of());
        ChannelTimes times =
                new ChannelTimes(Duration.ofSeconds(1), LONG, LONG, LONG, LONG, LONG, LONG, LONG);
        ControlChannel channel = start(recorder.uri(), times);
        awaitStatus(recorder, 1);

        channel.stop(5);

        List<FromClient> said = recorder.received();
        // One may be on its way while the first goodbye is said.
        assertTrue(
                said.subList(said.indexOf(new Bye(5)), said.size()).stream()
                                .filter(Status.class::isInstance)
                                .count()
                        <= 1,
                said::toString);
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
