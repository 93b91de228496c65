package org.pingrecorder.icmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeadlineWheelTest {

    private static final long ORIGIN = -9_000_000_000L; // monotonic time may be negative
    private static final long HOUR_NANOS = 3_600_000_000_000L;

    private final DeadlineWheel wheel = new DeadlineWheel(ORIGIN, 1_000);

    @Test
    void poll_beforeDeadline_findsNothing() {
        wheel.add(1, ORIGIN + 50_000_000);

        assertEquals(-1, wheel.poll(ORIGIN + 49_999_999));
        assertEquals(1, wheel.poll(ORIGIN + 50_000_000 + DeadlineWheel.TICK_NANOS));
        assertEquals(-1, wheel.poll(ORIGIN + HOUR_NANOS));
    }

    @Test
    void poll_deadlineBeyondOneTurn_comesOnTime() {
        wheel.add(1, ORIGIN + HOUR_NANOS);
        long now = ORIGIN;
        int wakeUps = 0;
        while (wheel.poll(now) == -1) {
            assertTrue(now < ORIGIN + HOUR_NANOS + DeadlineWheel.TICK_NANOS);
            now = wheel.nextNanos();
            wakeUps++;
        }
        assertTrue(now >= ORIGIN + HOUR_NANOS);
        assertTrue(wakeUps < 300, wakeUps + " wake-ups");
    }

    @Test
    void add_afterLongIdleness_isMeasuredFromNow() {
        long now = ORIGIN + 10 * HOUR_NANOS + 12_345;
        assertEquals(-1, wheel.poll(now));
        wheel.add(1, now + 1_000_000);

        assertTrue(wheel.nextNanos() - now <= 1_000_000 + DeadlineWheel.TICK_NANOS);
        assertEquals(1, wheel.poll(wheel.nextNanos()));
    }

    @Test
    void remove_ofSomeSlots_leavesTheOthers() {
        for (int slot = 0; slot < 6; slot++) {
            wheel.add(slot, ORIGIN + (slot < 3 ? 10_000_000 : 20_000_000));
        }
        wheel.remove(1); // between two of its bucket
        wheel.remove(5); // first of its bucket
        wheel.remove(3); // last of its bucket

        assertTrue(wheel.nextNanos() <= ORIGIN + 10_000_000 + DeadlineWheel.TICK_NANOS);
        wheel.remove(0);
        wheel.remove(2);
        assertTrue(wheel.nextNanos() >= ORIGIN + 20_000_000);
        assertEquals(4, wheel.poll(ORIGIN + 40_000_000));
        assertEquals(-1, wheel.poll(ORIGIN + 40_000_000));
        assertEquals(Long.MAX_VALUE, wheel.nextNanos());
    }

    @Test
    void poll_randomDeadlines_eachComesOnceAndOnTime() {
        Random random = new Random(11);
        Map<Integer, Long> expected = new HashMap<>();
        long now = ORIGIN;
        for (int step = 0; step < 20_000; step++) {
            int slot = random.nextInt(1_000);
            if (!expected.containsKey(slot)) {
                long deadline = now + random.nextLong(40_000_000_000L);
                expected.put(slot, deadline);
                wheel.add(slot, deadline);
            } else if (random.nextInt(4) == 0) {
                expected.remove(slot);
                wheel.remove(slot);
            }
            now += random.nextLong(50_000_000);
            for (int out = wheel.poll(now); out != -1; out = wheel.poll(now)) {
                assertTrue(Objects.requireNonNull(expected.remove(out)) <= now);
            }
            long overdue = now - 2 * DeadlineWheel.TICK_NANOS;
            if (step % 100 == 0) {
                assertTrue(expected.values().stream().allMatch(d -> d > overdue));
            }
        }
    }
}
