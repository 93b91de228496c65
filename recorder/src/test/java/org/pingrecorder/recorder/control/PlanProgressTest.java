package org.pingrecorder.recorder.control;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PlanProgressTest {

    private static final long SECOND = 1_000_000_000L;

    private final Pace pace = new Pace();
    private final PlanProgress progress = new PlanProgress();

    @Test
    void plan_isDueAgainAfterFiveSecondsThenEveryTen() {
        assertFalse(progress.isDue(100 * SECOND, pace));
        progress.sent(7, 0);
        assertFalse(progress.isDue(5 * SECOND - 1, pace));
        assertTrue(progress.isDue(5 * SECOND, pace));
        for (long at = 5 * SECOND; at < 60 * SECOND; at += 10 * SECOND) {
            progress.sent(7, at);
            assertFalse(progress.isDue(at + 10 * SECOND - 1, pace));
            assertTrue(progress.isDue(at + 10 * SECOND, pace));
        }
    }

    @Test
    void newPlan_startsAnew() {
        progress.sent(7, 0);
        progress.sent(7, 5 * SECOND);
        progress.sent(8, 6 * SECOND);
        assertTrue(progress.isSent(8));
        assertFalse(progress.isSent(7));
        assertTrue(progress.isDue(11 * SECOND, pace));
    }

    @Test
    void acknowledgedPlan_isNotDue() {
        progress.sent(7, 0);
        progress.follows(7);
        assertTrue(progress.isFollowed(7));
        assertFalse(progress.isSent(7));
        assertFalse(progress.isDue(100 * SECOND, pace));
    }

    @Test
    void acknowledgementOfAnotherPlan_leavesItDue() {
        progress.sent(7, 0);
        progress.follows(6);
        assertTrue(progress.isSent(7));
        assertTrue(progress.isDue(5 * SECOND, pace));
    }

    @Test
    void look_isQueuedOnceUntilItBegins() {
        assertTrue(progress.queue());
        assertFalse(progress.queue());
        progress.look();
        assertTrue(progress.queue());
    }
}
