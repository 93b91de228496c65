package org.pingrecorder.agent.timetable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.Family;
import org.pingrecorder.wire.Outcome;

/** Lists that change while pings are in flight. */
class TimetableChangeTest extends TimetableFixture {

    private static PingedIp renamed(PingedIp ip, String name, Pace pace) {
        PingedIp renamed = new PingedIp(ip.address(), ip.family(), name, pace);
        renamed.locate(ip.location());
        return renamed;
    }

    private static void assertGapless(List<Long> planned, long intervalMicros) {
        for (int i = 1; i < planned.size(); i++) {
            assertEquals(intervalMicros, planned.get(i) - planned.get(i - 1), "at " + i);
        }
    }

    @Test
    void ping_renamedAllTheTime_keepsEverySlot() {
        PingedIp ip = ip("192.0.2.7", SECOND);
        PingedIp other = ip("192.0.2.8", SECOND);
        timetable.ping(List.of(ip, other));
        for (int i = 0; i < 3_000; i++) {
            run(Duration.ofMillis(7));
            ip = renamed(ip, "name " + i, SECOND);
            timetable.ping(i % 2 == 0 ? List.of(ip, other) : List.of(other, ip));
        }
        decideAll();

        assertEquals(21, planned(ip).size());
        assertEquals(21, planned(other).size());
        assertGapless(planned(ip), 1_000_000);
        assertGapless(planned(other), 1_000_000);
    }

    @Test
    void ping_changedInTheVeryMomentOfASlot_sendsItOnce() {
        PingedIp ip = ip("192.0.2.7", SECOND);
        timetable.ping(List.of(ip));
        for (int i = 0; i < 20; i++) {
            run(Duration.ofMillis(990));
            long wake = ask();
            clock.pass(Duration.ofNanos(Math.max(0, wake - clock.nanoTime())));
            // The same object at first, then others.
            timetable.ping(List.of(i < 10 ? ip : renamed(ip, "name " + i, SECOND)));
            ask();
        }
        decideAll();

        assertTrue(told.size() >= 19);
        assertGapless(planned(ip), 1_000_000);
    }

    @Test
    void ping_changedWhileTheClockIsFollowedBack_sendsNoSlotTwice() {
        List<PingedIp> ips = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            ips.add(ip("192.0.2." + i, SECOND));
        }
        timetable.ping(ips);
        run(Duration.ofSeconds(2));
        clock.step(Duration.ofMillis(-900));
        for (int i = 0; i < 20_000; i++) {
            timetable.ping(List.copyOf(ips));
            run(Duration.ofMillis(1));
        }
        decideAll();

        for (PingedIp ip : ips) {
            assertTrue(planned(ip).size() >= 20);
            assertGapless(planned(ip), 1_000_000);
        }
    }

    @Test
    void ping_changedIntervalWithPingsInFlight_decidesThemAndChangesTheGrid() {
        PingedIp ip = ip("192.0.2.7", SECOND);
        timetable.ping(List.of(ip));
        run(Duration.ofSeconds(2));
        long change = clock.epochMicros();

        Pace seven = new Pace(Duration.ofSeconds(7), Duration.ofSeconds(2), Duration.ZERO);
        timetable.ping(List.of(renamed(ip, "slow", seven)));
        run(Duration.ofSeconds(21));
        decideAll();

        List<Long> before = planned(ip).stream().filter(p -> p <= change).toList();
        List<Long> after = planned(ip).stream().filter(p -> p > change).toList();
        assertEquals(2, before.size(), "in flight over the change");
        assertGapless(before, 1_000_000);
        assertEquals(3, after.size());
        assertGapless(after, 7_000_000);
        assertTrue(after.getFirst() - change <= 7_000_000, "the new grid's next slot");
        long offset = SlotOffset.micros("client1", ip.key(), 7_000_000);
        assertEquals(offset, after.getFirst() % 7_000_000);
    }

    @Test
    void ping_halvesOfAName_areApart() {
        Address name = Address.parse("a.example");
        PingedIp four = new PingedIp(name, Family.IPV4, null, SECOND);
        PingedIp six = new PingedIp(name, Family.IPV6, null, SECOND);
        four.locate(ip("192.0.2.7", SECOND).location());
        six.locate(new PingedIp.Location.Unknown("a.example has no IPv6 address"));
        timetable.ping(List.of(four, six));
        run(Duration.ofSeconds(5));
        decideAll();

        assertEquals(5, planned(four).size());
        assertEquals(5, planned(six).size());
        assertTrue(planned(four).getFirst() % 1_000_000 != planned(six).getFirst() % 1_000_000);
        for (Told ping : told) {
            boolean isSix = ping.ip().equals("a.example ipv6");
            assertEquals(isSix ? Outcome.RESOLVE_ERROR : Outcome.REPLY, ping.outcome());
        }
    }

    @Test
    void ping_anyChanges_everyIpKeepsItsSlotsWhileItIsThere() {
        Random random = new Random(5);
        List<PingedIp> all = new ArrayList<>();
        for (int i = 1; i <= 60; i++) {
            all.add(ip("192.0.2." + i, SECOND));
        }
        PingedIp always = all.getFirst();
        for (int i = 0; i < 2_000; i++) {
            List<PingedIp> some = new ArrayList<>(List.of(always));
            all.stream().skip(1).filter(_ -> random.nextInt(3) > 0).forEach(some::add);
            java.util.Collections.shuffle(some, random);
            timetable.ping(some);
            run(Duration.ofMillis(random.nextInt(60)));
            decideAll();
        }

        assertGapless(planned(always), 1_000_000);
        for (PingedIp ip : all) {
            List<Long> planned = planned(ip);
            assertTrue(planned.size() > 10);
            assertEquals(planned.stream().distinct().sorted().toList(), planned, "never twice");
            long offset = SlotOffset.micros("client1", ip.key(), 1_000_000);
            planned.forEach(p -> assertEquals(offset, p % 1_000_000));
        }
    }
}
