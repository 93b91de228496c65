package org.pingrecorder.agent.timetable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A timetable that is not kept for a while. */
class TimetablePauseTest extends TimetableFixture {

    private final PingedIp ip = ip("192.0.2.7", SECOND);
    private final PingedIp other = ip("192.0.2.8", SECOND);

    private String slot(PingedIp of, long epochMicros) {
        return of.key() + " " + epochMicros;
    }

    @Test
    void pause_inFlight_isDecidedAndNothingIsSentUntilItIsResumed() {
        timetable.ping(List.of(ip));
        run(Duration.ofMillis(2_500));
        int before = sent.size();
        timetable.pause(List.of(ip));
        run(Duration.ofSeconds(60));
        assertEquals(before, sent.size());
        decideAll();
        assertEquals(before, planned(ip).size());
        long next = planned(ip).getLast() + 1_000_000;
        assertEquals(List.of(slot(ip, next) + " paused"), ended);

        long resumed = clock.epochMicros();
        timetable.ping(List.of(ip));
        run(Duration.ofSeconds(3));
        decideAll();
        long first = planned(ip).get(before);
        assertEquals(before + 3, planned(ip).size(), "no burst");
        assertTrue(first > resumed && first - resumed <= 1_000_000);
        assertEquals(0, (first - next) % 1_000_000, "on its old grid");
        assertEquals(slot(ip, first), begun.getLast());
        assertEquals(2, begun.size());
        told.forEach(ping -> assertEquals(0, ping.slipNanos()));
    }

    @Test
    void pause_again_isSaidOnce() {
        timetable.ping(List.of(ip));
        run(Duration.ofSeconds(2));
        timetable.pause(List.of(ip));
        run(Duration.ofSeconds(2));
        timetable.pause(List.of(ip("192.0.2.7", SECOND)));
        run(Duration.ofSeconds(2));

        assertEquals(1, ended.size());
        assertEquals(1, begun.size());
    }

    @Test
    void pause_fromTheStart_tellsTheTimetableThatIsNotKept() {
        long start = clock.epochMicros();
        timetable.pause(List.of(ip));
        run(Duration.ofSeconds(5));

        assertEquals(1, begun.size());
        assertEquals(List.of(begun.getFirst() + " paused"), ended);
        long first = Long.parseLong(begun.getFirst().substring(ip.key().length() + 1));
        assertTrue(first > start && first - start <= 1_000_000);
        assertEquals(List.of(), sent);
    }

    @Test
    void pause_ipGoneMeanwhile_endsItsPause() {
        timetable.ping(List.of(ip, other));
        run(Duration.ofSeconds(2));
        timetable.pause(List.of(ip, other));
        run(Duration.ofSeconds(10));
        long gone = clock.epochMicros();
        timetable.pause(List.of(other));
        run(Duration.ofSeconds(10));

        assertEquals(3, ended.size());
        assertEquals(begun.getLast(), ended.getLast());
        long end = Long.parseLong(ended.getLast().substring(ip.key().length() + 1));
        assertTrue(end > gone && end - gone <= 1_000_000);
    }

    @Test
    void pause_clockStepped_isToldForTheNewTime() {
        timetable.ping(List.of(ip));
        run(Duration.ofSeconds(2));
        timetable.pause(List.of(ip));
        run(Duration.ofSeconds(2));
        clock.step(Duration.ofHours(-1));
        run(Duration.ofSeconds(2));

        assertEquals(1, moved.size());
        assertEquals(2, ended.size());
        assertEquals(begun.getLast() + " paused", ended.getLast());
        long from = Long.parseLong(begun.getLast().substring(ip.key().length() + 1));
        assertTrue(from < clock.epochMicros() + 1_000_000);
    }

    @Test
    void anyChanges_everySlotIsKeptOrInAGap() {
        Random random = new Random(11);
        Coverage coverage = new Coverage();
        Timetable changing = new Timetable("client1", clock, coverage, events);
        List<Pace> paces = new ArrayList<>();
        for (int millis : new int[] {100, 700, 1_000, 2_000, 5_000}) {
            paces.add(new Pace(Duration.ofMillis(millis), Duration.ofSeconds(2), Duration.ZERO));
        }
        long sentMost = 0;
        List<PingedIp> ips = new ArrayList<>();
        for (int change = 0; change < 1_000; change++) {
            if (random.nextInt(3) > 0) {
                ips = new ArrayList<>();
                for (int i = 1; i <= 20; i++) {
                    if (random.nextInt(4) > 0) {
                        ips.add(ip("192.0.2." + i, paces.get(random.nextInt(i % 5 + 1))));
                    }
                }
            }
            if (random.nextInt(4) == 0) {
                changing.pause(ips);
            } else {
                changing.ping(ips);
            }
            long endNanos = clock.nanoTime() + Duration.ofMillis(random.nextInt(4_000)).toNanos();
            long wake = changing.sendDue(clock.nanoTime(), sender);
            while (wake != Long.MAX_VALUE && wake - endNanos < 0) {
                clock.pass(Duration.ofNanos(wake - clock.nanoTime()));
                wake = changing.sendDue(clock.nanoTime(), sender);
                sentMost = Math.max(sentMost, sent.size());
                sent.forEach(
                        ping ->
                                changing.decided(
                                        GivenDecision.reply(
                                                ping.handle(), ping.target(), ping.nanos())));
                sent.clear();
            }
            clock.pass(Duration.ofNanos(endNanos - clock.nanoTime()));
        }

        coverage.assertExact();
        assertTrue(coverage.pings("192.0.2.5") > 1_000);
        assertTrue(sentMost <= 20, "no burst");
    }
}
