package org.pingrecorder.agent.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StampClockTest {

    private final AtomicLong unstepped = new AtomicLong(1_000);
    private final StampClock stamp = new StampClock(unstepped::get);

    @Test
    void nowMicros_afterSteps_goesOnForEveryClock() {
        stamp.firstEpoch(7);
        stamp.stepped(3_600);
        stamp.stepped(-5_000);
        unstepped.addAndGet(10);

        assertEquals(2, stamp.steps());
        assertEquals(1_010, stamp.nowMicros(0));
        assertEquals(4_610, stamp.nowMicros(1));
        assertEquals(-390, stamp.nowMicros(2));
        assertEquals(9, stamp.epoch(2));
        assertEquals(1, stamp.stepsOf(8));
    }

    @Test
    void offsetMicros_ofSeveralAnswers_isThatOfTheShortestRoundTrip() {
        assertNull(stamp.offsetMicros(0));
        stamp.answered(1_000, 1_400, 2_000);
        assertEquals(800, stamp.offsetMicros(0));
        stamp.answered(2_000, 2_010, 2_905);
        stamp.answered(3_000, 3_900, 9_000);
        assertEquals(900, stamp.offsetMicros(0));

        stamp.stepped(3_600);
        assertEquals(900, stamp.offsetMicros(0), "the old clock is as wrong as it was");
        assertEquals(-2_700, stamp.offsetMicros(1));
        for (int i = 0; i < 8; i++) {
            stamp.answered(4_000, 4_500, 4_250);
        }
        assertEquals(0, stamp.offsetMicros(0), "old answers are forgotten: clocks drift");
    }

    @Test
    void offsetMicros_ofRoundTripsThatTakeLong_isUnknown() {
        stamp.answered(0, 1_000_001, 3_000_000);
        assertNull(stamp.offsetMicros(0));
        stamp.answered(0, 1_000_000, 3_000_000);
        assertEquals(2_500_000, stamp.offsetMicros(0));
    }
}
