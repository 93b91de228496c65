package org.pingrecorder.icmp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.pingrecorder.icmp.socket.ReceivedPacket;

class ReceiveTimeTest {

    private final ManualClock clock = new ManualClock();
    private final Counters counters = new Counters();
    private final ReceiveTime time = new ReceiveTime(clock, counters);

    private long ageSeen(long ageNanos) {
        return clock.nanoTime() - time.monotonicNanosOf(clock.epochNanos() - ageNanos);
    }

    private long fallbacks() {
        counters.publish();
        return counters.snapshot().stampFallbacks();
    }

    @Test
    void monotonicNanosOf_youngStamp_goesBackByItsAge() {
        time.read();

        assertEquals(0, ageSeen(0));
        assertEquals(123_456, ageSeen(123_456));
        assertEquals(1_000_000_000, ageSeen(1_000_000_000));
        assertEquals(0, fallbacks());
    }

    @Test
    void monotonicNanosOf_futureOldOrMissingStamp_fallsBack() {
        time.read();

        assertEquals(0, ageSeen(-1));
        assertEquals(0, ageSeen(1_000_000_001));
        assertEquals(clock.nanoTime(), time.monotonicNanosOf(ReceivedPacket.NONE));
        assertEquals(3, fallbacks());
    }

    @Test
    void read_afterClockStep_doesNotBelieveStampsOnce() {
        time.read();
        clock.advanceMillis(10);
        clock.stepWallNanos(1_000_001);
        time.read();
        assertEquals(0, ageSeen(5_000));
        assertEquals(1, fallbacks());

        clock.advanceMillis(10);
        time.read();
        assertEquals(5_000, ageSeen(5_000));
        assertEquals(1, fallbacks());
    }

    @Test
    void read_afterSlew_believesStamps() {
        time.read();
        clock.stepWallNanos(-1_000_000);
        time.read();

        assertEquals(5_000, ageSeen(5_000));
    }
}
