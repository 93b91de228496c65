package org.pingrecorder.icmp;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

/** An engine's turns, taken one by one against a fake socket and a manual clock. */
abstract class EngineLoopFixture {

    static final Duration TIMEOUT = Duration.ofSeconds(1);
    static final Duration GRACE = Duration.ofSeconds(3);
    static final String HOST = "192.0.2.7";

    final ManualClock clock = new ManualClock();
    final FakeNetwork network = new FakeNetwork(clock);
    final FakeSocket socket = network.socket;
    final QueueSource source = new QueueSource();
    final RecordingListener listener = new RecordingListener();
    final Counters counters = new Counters();
    final EngineLoop loop =
            new EngineLoop(
                    EngineConfig.DEFAULT.payloadBytes(),
                    clock,
                    network,
                    source,
                    listener,
                    new PingTokens(1, 2),
                    counters);

    @AfterEach
    final void countersAddUp() {
        loop.turn();
        CountersEquation.check(counters.snapshot());
    }

    /** Sends one ping. */
    final FakeSocket.Sent send(long handle) {
        source.add(handle, HOST, TIMEOUT, GRACE);
        loop.wake();
        loop.turn();
        return socket.sent.getLast();
    }

    final void afterMillis(long millis) {
        clock.advanceMillis(millis);
        loop.turn();
    }
}
