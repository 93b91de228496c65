package org.pingrecorder.agent.timetable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pingrecorder.wire.Address;

/** What a timetable says of when an ip is pinged at all. */
class TimetableRunningTest extends TimetableFixture {

    private static final Pace TWO_SECONDS =
            new Pace(Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ZERO);

    private final PingedIp ip = ip("192.0.2.7", SECOND);

    private String first(PingedIp of, int ping) {
        return of.key() + " " + planned(of).get(ping);
    }

    @Test
    void begins_newIp_isSaidOnceWithItsFirstSlot() {
        timetable.ping(List.of(ip));
        run(Duration.ofSeconds(5));
        decideAll();

        assertEquals(List.of(first(ip, 0)), begun);
        assertEquals(List.of(), ended);
    }

    @Test
    void begins_nameNotLookedUp_isSaidWhenItIs() {
        PingedIp name = new PingedIp(Address.parse("a.example"), null, null, SECOND);
        timetable.ping(List.of(name));
        run(Duration.ofSeconds(3));
        assertEquals(List.of(), begun);

        name.locate(new PingedIp.Location.Unknown("NXDOMAIN"));
        run(Duration.ofSeconds(2));
        assertEquals(List.of(first(name, 0)), begun);
    }

    @Test
    void begins_otherInterval_isSaidAgainAndTheOldOneEndsWhereItIsNotKept() {
        Pace tenth = new Pace(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ZERO);
        timetable.ping(List.of(ip));
        run(Duration.ofSeconds(3));
        timetable.ping(List.of(ip("192.0.2.7", tenth)));
        run(Duration.ofSeconds(1));
        timetable.ping(List.of(ip("192.0.2.7", TWO_SECONDS)));
        run(Duration.ofSeconds(4));
        decideAll();

        List<Long> planned = planned(ip);
        assertEquals(List.of(first(ip, 0), first(ip, 3), first(ip, 13)), begun);
        assertTrue(planned.get(13) - planned.get(12) > 100_000, "the new grid's next slot");
        assertEquals(
                List.of(
                        ip.key() + " " + (planned.get(3) - 1),
                        ip.key() + " " + (planned.get(12) + 100_000)),
                ended);
    }

    @Test
    void ends_ipGone_isSaidWithTheFirstSlotNotKept() {
        PingedIp other = ip("192.0.2.8", SECOND);
        PingedIp never = new PingedIp(Address.parse("a.example"), null, null, SECOND);
        timetable.ping(List.of(ip, other, never));
        run(Duration.ofSeconds(3));
        timetable.ping(List.of(other));
        run(Duration.ofSeconds(3));
        decideAll();

        assertEquals(List.of(ip.key() + " " + (planned(ip).getLast() + 1_000_000)), ended);
        assertEquals(2, begun.size());
        timetable.ping(List.of(other, ip));
        run(Duration.ofSeconds(2));
        assertEquals(3, begun.size(), "it begins anew");
    }

    @Test
    void begins_clockStepped_isSaidAgainForTheNewTime() {
        timetable.ping(List.of(ip));
        run(Duration.ofSeconds(3));
        long before = timetable.unsteppedEpochMicros();
        clock.step(Duration.ofHours(-1));
        run(Duration.ofSeconds(3));
        decideAll();

        assertEquals(2, begun.size());
        assertTrue(
                planned(ip).stream().map(p -> ip.key() + " " + p).toList().contains(begun.get(1)));
        assertEquals(3_000_000, timetable.unsteppedEpochMicros() - before);
        assertEquals(List.of(0, 1), steps.stream().distinct().toList());
        assertEquals(3, steps.stream().filter(s -> s == 0).count(), "those planned before it");
    }

    @Test
    void oldestUndecided_isThePingThatWaitsLongestOrTheSlotToCome() {
        timetable.ping(List.of(ip));
        run(Duration.ofSeconds(3));
        long firstSlot = Long.parseLong(begun.getFirst().substring(ip.key().length() + 1));
        assertEquals(firstSlot, timetable.oldestUndecidedEpochMicros().orElseThrow());
        decideAll();
        assertEquals(firstSlot + 3_000_000, timetable.oldestUndecidedEpochMicros().orElseThrow());
        timetable.pause(List.of(ip));
        run(Duration.ofSeconds(1));
        assertTrue(timetable.oldestUndecidedEpochMicros().isEmpty());
    }
}
