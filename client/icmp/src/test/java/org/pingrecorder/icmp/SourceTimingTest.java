package org.pingrecorder.icmp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourceTimingTest {

    private static final long INTERVAL_NANOS = 100_000;

    private final ManualClock clock = new ManualClock();
    private final FakeNetwork network = new FakeNetwork(clock);
    private final long startNanos = clock.nanoTime();
    private final List<Long> askedAtNanos = new ArrayList<>();
    private long nextDueNanos = startNanos;

    /** Ten pings are due in every millisecond. */
    private long sendDue(long nowNanos, PingSource.Sender sender) {
        askedAtNanos.add(nowNanos);
        while (nextDueNanos <= nowNanos) {
            sender.ping(1, QueueSource.target("192.0.2.1"), 1_000, 0);
            nextDueNanos += INTERVAL_NANOS;
        }
        return nextDueNanos;
    }

    @Test
    void turn_pingsDueWithinAMillisecond_leaveTogether() {
        EngineLoop loop =
                new EngineLoop(
                        56,
                        clock,
                        network,
                        this::sendDue,
                        new RecordingListener(),
                        new PingTokens(1, 2),
                        new Counters());
        for (int i = 0; i < 50; i++) {
            loop.turn();
            clock.advanceNanos(INTERVAL_NANOS);
        }

        List<Long> expected = new ArrayList<>();
        for (int millis = 0; millis < 5; millis++) {
            expected.add(startNanos + millis * EngineLoop.SEND_SPACING_NANOS);
        }
        assertEquals(expected, askedAtNanos);
        assertEquals(List.of(1, 4, 4, 2, 4, 4, 2, 4, 4, 2, 4, 4, 2), network.socket.sendSizes);
    }
}
