package org.pingrecorder.bench.timetable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pingrecorder.wire.Outcome;

/** The day of {@link DayBench}, with fewer ips and hours. */
class SimulatedDayTest {

    private static SimulatedDay run(List<Duration> intervals, int hours) {
        SimulatedDay day = new SimulatedDay(intervals, Duration.ofHours(hours));
        for (int hour = 0; hour < hours; hour++) {
            day.runHour();
        }
        return day;
    }

    @Test
    void day_ofFiftyIps_accountsForEverySlotOnce() {
        SimulatedDay day = run(Collections.nCopies(50, Duration.ofSeconds(1)), 24);

        assertEquals(List.of(), day.account());
        // The wall clock was set forward by 0.4 s on the way.
        assertTrue(Math.abs(day.pings() - 50 * 86_400L) <= 50, "pings: " + day.pings());
        for (Outcome outcome : Outcome.values()) {
            assertTrue(day.told(outcome) > 0, outcome + " was never told");
        }
        assertTrue(
                Math.abs(day.told(Outcome.MISSED) - 50 * 9) <= 50,
                "nine seconds of a stall of ten are missed: " + day.told());
    }

    @Test
    void hours_ofMixedIntervals_accountForEverySlotOnce() {
        SimulatedDay day = run(DayBench.mixed(70), 4);

        assertEquals(List.of(), day.account());
        long anHour = 10 * (36_000 + 7_200 + 3_600 + 360 + 60 + 6 + 1);
        assertTrue(Math.abs(day.pings() - 4 * anHour) <= 200, "pings: " + day.pings());
    }
}
