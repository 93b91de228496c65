package org.pingrecorder.icmp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody sets the clock while pings are in flight: no round trip may show it. */
class ClockStepTest extends EngineLoopFixture {

    private static final long RTT_NANOS = 12_345_678;

    /** So that the engine has seen how both clocks stand to each other. */
    private void pingBeforeTheStep() {
        socket.reply(send(0));
        loop.turn();
    }

    @ParameterizedTest
    @ValueSource(longs = {-86_400, -1, 1, 86_400})
    void reply_clockSteppedBeforeItCame_hasTheTrueRoundTrip(long stepSeconds) {
        pingBeforeTheStep();
        FakeSocket.Sent request = send(1);
        clock.advanceNanos(RTT_NANOS);
        clock.stepWallNanos(Duration.ofSeconds(stepSeconds).toNanos());
        socket.reply(request);
        loop.turn();

        assertEquals(List.of(Outcome.REPLY, Outcome.REPLY), listener.outcomes());
        assertEquals(RTT_NANOS, listener.of(1).rttNanos());
        assertEquals(1, counters.snapshot().stampFallbacks());
    }

    @ParameterizedTest
    @ValueSource(longs = {-86_400, -1, 1, 86_400})
    void reply_clockSteppedBeforeItWasRead_hasTheTrueRoundTrip(long stepSeconds) {
        pingBeforeTheStep();
        FakeSocket.Sent request = send(1);
        clock.advanceNanos(RTT_NANOS);
        socket.reply(request);
        clock.stepWallNanos(Duration.ofSeconds(stepSeconds).toNanos());
        loop.turn();

        assertEquals(RTT_NANOS, listener.of(1).rttNanos());
        assertEquals(1, counters.snapshot().stampFallbacks());
    }
}
