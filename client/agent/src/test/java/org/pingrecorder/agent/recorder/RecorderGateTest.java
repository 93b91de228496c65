package org.pingrecorder.agent.recorder;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pingrecorder.icmp.Clock;

@Timeout(10)
class RecorderGateTest {

    private final RecorderGate gate =
            new RecorderGate(
                    "http://recorder.example",
                    new Backoff(Duration.ofMillis(1), Duration.ofMillis(1)),
                    Clock.system());

    private void fail() {
        gate.failed(RecorderAwayException.unanswered("gone", new IOException("gone")));
    }

    @Test
    void leave_withoutAWord_letsTheNextTry() throws InterruptedException {
        fail();
        assertTrue(gate.enter());

        gate.leave();

        assertTrue(gate.enter());
    }

    @Test
    void leave_bySomebodyElse_changesNothing() throws InterruptedException {
        fail();
        assertTrue(gate.enter());
        Thread next = Thread.ofVirtual().unstarted(this::tryOnce);

        Thread other = Thread.ofVirtual().start(gate::leave);
        other.join();
        next.start();
        next.join(Duration.ofMillis(50));
        assertTrue(next.isAlive());

        gate.answered();
        next.join();
        assertFalse(gate.enter());
    }

    private void tryOnce() {
        try {
            gate.enter();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            gate.leave();
        }
    }
}
