package org.pingrecorder.icmp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How an engine waits between its turns. */
class WaitingTest extends EngineLoopFixture {

    private void queue(int pings) {
        for (int i = 0; i < pings; i++) {
            source.add(i, HOST, TIMEOUT, Duration.ZERO);
        }
        loop.wake();
    }

    @Test
    void await_afterSending_letsRepliesGatherBeforeItLooks() {
        queue(1);
        loop.await(loop.turn());

        assertEquals(List.of(EngineLoop.READ_SPACING_NANOS), network.rests);
        assertEquals(1, network.awaits.size());
    }

    @Test
    void await_withNothingDone_looksAtOnce() {
        loop.turn();
        loop.await(loop.turn());

        assertEquals(List.of(), network.rests);
        assertEquals(List.of(Long.MAX_VALUE), network.awaits);
    }

    @Test
    void await_withManyInFlight_restsNoLongerThanASmallBufferHolds() {
        queue(1_000);
        loop.await(loop.turn());

        assertEquals(List.of(EngineLoop.SEND_SPACING_NANOS), network.rests);
    }

    @Test
    void turn_dueAfterARest_readsWithoutLooking() {
        queue(1);
        loop.turn();
        socket.reply(socket.sent.getFirst());
        loop.await(clock.nanoTime() + 2_000_000);
        loop.turn();

        assertEquals(List.of(2_000_000L), network.rests);
        assertEquals(List.of(), network.awaits);
        assertEquals(List.of(Outcome.REPLY), listener.outcomes());
    }

    @Test
    void await_wokenBeforeIt_doesNotWait() {
        queue(1);
        loop.turn();
        loop.wake();
        loop.await(Long.MAX_VALUE);

        assertEquals(List.of(), network.rests);
        assertEquals(List.of(0L), network.awaits);
    }
}
