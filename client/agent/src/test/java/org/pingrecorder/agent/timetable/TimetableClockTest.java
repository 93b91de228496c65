package org.pingrecorder.agent.timetable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pingrecorder.wire.Outcome;

/** What the timetable makes of a wall clock that is moved, or moves by itself. */
class TimetableClockTest extends TimetableFixture {

    private static final Pace TENTH =
            new Pace(Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ZERO);

    private final PingedIp second = ip("192.0.2.7", SECOND);
    private final PingedIp tenth = ip("192.0.2.8", TENTH);

    private void start() {
        timetable.ping(List.of(second, tenth));
        run(Duration.ofSeconds(3));
    }

    private void assertEachSlotOnce() {
        assertGapless(planned(second), 1_000_000);
        assertGapless(planned(tenth), 100_000);
        assertTrue(told.stream().allMatch(t -> t.outcome() == Outcome.REPLY));
    }

    private static void assertGapless(List<Long> planned, long intervalMicros) {
        assertTrue(planned.size() > 2);
        for (int i = 1; i < planned.size(); i++) {
            assertEquals(intervalMicros, planned.get(i) - planned.get(i - 1), "at " + i);
        }
    }

    /** How far the ping's time and the wall clock were apart when it was sent. */
    private long errorMicros(int ping) {
        return Math.abs(wallMicrosAtSend.get(ping) - told.get(ping).epochMicros());
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.00001, 0.99999, 1.0005, 0.9995, 1.01, 0.99, 1.04, 0.96})
    void sendDue_clockDrifts_followsWithoutMissingOrDoublingASlot(double rate) {
        start();
        wallRate = rate;
        run(Duration.ofMinutes(30));
        decideAll();

        assertEquals(List.of(), moved);
        assertEachSlotOnce();
        assertEquals(1_803 * rate, planned(second).size(), 1 + 1_800 * Math.abs(rate - 1));
        // Looked at every second while it is quiet, every 10 ms while it follows.
        long allowed = 2_000 + (long) (1_000_000 * Math.abs(rate - 1));
        for (int i = 0; i < told.size(); i++) {
            assertTrue(errorMicros(i) <= allowed, i + ": " + errorMicros(i) + " µs off");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {900, -900, 1_000, -1_000, 200, -200, 2, -2})
    void sendDue_smallStepOrShortSuspend_isMadeUpForSlowly(long millis) {
        start();
        clock.step(Duration.ofMillis(millis));
        List<Long> sentAt = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            int before = sent.size();
            run(Duration.ofSeconds(1));
            sent.subList(before, sent.size()).stream()
                    .filter(s -> s.target().toString().equals("192.0.2.8"))
                    .forEach(s -> sentAt.add(s.nanos()));
        }
        decideAll();

        assertEquals(List.of(), moved);
        assertEachSlotOnce();
        assertTrue(errorMicros(told.size() - 1) <= 2_000, "caught up with after half a minute");
        for (int i = 1; i < sentAt.size(); i++) {
            long apart = sentAt.get(i) - sentAt.get(i - 1);
            assertTrue(Math.abs(apart - 100_000_000) <= 7_000_000, "a burst or a hole: " + apart);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {3_600_500, 1_100, 28_800_000})
    void sendDue_clockSetForwardOrSuspended_goesOnAtTheNextSlotOfTheNewTime(long millis) {
        start();
        long stepAt = clock.epochMicros();
        clock.step(Duration.ofMillis(millis));
        long goesOnAt = clock.epochMicros();
        run(Duration.ofSeconds(3));
        decideAll();

        assertEquals(List.of(millis * 1_000), moved);
        assertOnGrid();
        for (Told ping : told) {
            boolean inBetween = ping.epochMicros() > stepAt && ping.epochMicros() < goesOnAt;
            assertTrue(!inBetween, "nobody was there at " + ping.epochMicros());
        }
        List<Long> after = planned(tenth).stream().filter(p -> p > goesOnAt).toList();
        assertGapless(after, 100_000);
        // It is noticed when the next slot was due.
        assertTrue(after.size() >= 28 && after.getFirst() <= goesOnAt + 200_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {-3_600_500, -1_100})
    void sendDue_clockSetBack_goesOnAtTheNextSlotOfTheNewTime(long millis) {
        start();
        clock.step(Duration.ofMillis(millis));
        long goesOnAt = clock.epochMicros();
        int before = sent.size();
        run(Duration.ofSeconds(3));
        decideAll();

        assertEquals(List.of(millis * 1_000), moved);
        assertOnGrid();
        List<Long> after =
                told.subList(before, told.size()).stream()
                        .filter(t -> t.ip().equals(tenth.key()))
                        .map(Told::epochMicros)
                        .toList();
        assertGapless(after, 100_000);
        assertTrue(after.getFirst() > goesOnAt && after.getFirst() <= goesOnAt + 200_000);
        assertTrue(after.getLast() <= clock.epochMicros());
        assertTrue(after.size() >= 28, "about ten a second: " + after.size());
    }

    private void assertOnGrid() {
        assertTrue(told.stream().allMatch(t -> t.outcome() == Outcome.REPLY));
        for (PingedIp ip : List.of(second, tenth)) {
            long interval = ip.pace().intervalMicros();
            long offset = SlotOffset.micros("client1", ip.key(), interval);
            planned(ip).forEach(p -> assertEquals(offset, p % interval));
        }
    }

    @Test
    void sendDue_clockReadHeldUp_movesNothing() {
        ManualClock real = new ManualClock();
        var heldUp =
                new org.pingrecorder.icmp.Clock() {
                    @Override
                    public long nanoTime() {
                        return real.nanoTime();
                    }

                    @Override
                    public long epochMicros() {
                        real.pass(Duration.ofMillis(40));
                        return real.epochMicros();
                    }
                };
        Anchor anchor = Anchor.now(real);

        assertEquals(0, anchor.movedMicros(heldUp), "20 ms off, but known to 40 ms only");
        real.step(Duration.ofSeconds(3));
        assertEquals(3_020_000, anchor.movedMicros(heldUp), "a step is seen all the same");
        assertEquals(3_000_000, anchor.movedMicros(real));
    }
}
