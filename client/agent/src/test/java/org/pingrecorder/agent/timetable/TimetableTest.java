package org.pingrecorder.agent.timetable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.Durations;
import org.pingrecorder.wire.Outcome;

class TimetableTest extends TimetableFixture {

    @Test
    void sendDue_oneIp_keepsItsGridForEver() {
        timetable.ping(List.of(ip("192.0.2.7", SECOND)));

        run(Duration.ofSeconds(20));
        decideAll();

        assertEquals(20, told.size());
        long offset = SlotOffset.micros("client1", "192.0.2.7", 1_000_000);
        for (int i = 0; i < told.size(); i++) {
            assertEquals(offset, told.get(i).epochMicros() % 1_000_000);
            assertEquals(told.get(0).epochMicros() + i * 1_000_000L, told.get(i).epochMicros());
            assertEquals(Outcome.REPLY, told.get(i).outcome());
            assertEquals(20_113, told.get(i).micros());
            assertTrue(told.get(i).slipNanos() < Timetable.TOGETHER_NANOS);
        }
    }

    @Test
    void sendDue_tenThousandIps_areSpreadEvenlyAndSentOnceEach() {
        List<PingedIp> ips = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            ips.add(ip("10.1." + i / 250 + "." + (1 + i % 250), SECOND));
        }
        timetable.ping(ips);
        ask();
        long startNanos = clock.nanoTime();

        run(Duration.ofSeconds(1).plusNanos(Timetable.TOGETHER_NANOS));

        assertEquals(10_000, sent.stream().map(Sent::target).distinct().count());
        assertTrue(sent.size() < 10_100, "more than the next place's were sent again");
        int[] perTenth = new int[10];
        Map<Long, Integer> perMillisecond = new HashMap<>();
        for (Sent ping : sent) {
            long at = ping.nanos() - startNanos;
            perTenth[(int) Math.min(9, at / 100_000_000)]++;
            perMillisecond.merge(at / 1_000_000, 1, Integer::sum);
        }
        for (int count : perTenth) {
            assertTrue(count > 900 && count < 1_150, "a tenth of the interval has " + count);
        }
        assertTrue(perMillisecond.values().stream().allMatch(n -> n < 100), "a burst");
        decideAll();
        assertTrue(told.stream().allMatch(t -> t.slipNanos() <= Timetable.TOGETHER_NANOS));
    }

    @Test
    void sendDue_afterAStall_recordsMissesAndCatchesNothingUp() {
        timetable.ping(List.of(ip("192.0.2.7", SECOND)));
        run(Duration.ofSeconds(2));
        int before = sent.size();

        clock.pass(Duration.ofSeconds(10));
        ask();

        assertEquals(before + 1, sent.size(), "only the slot that is still in its time");
        assertEquals(9, told.size());
        assertTrue(told.stream().allMatch(t -> t.outcome() == Outcome.MISSED));
        run(Duration.ofSeconds(1));
        assertEquals(before + 2, sent.size());
    }

    @Test
    void sendDue_manyIpsAfterAStall_leaveInPortions() {
        List<PingedIp> ips = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            ips.add(ip("10.1." + i / 250 + "." + (1 + i % 250), SECOND));
        }
        timetable.ping(ips);
        run(Duration.ofSeconds(2));
        int before = sent.size();

        clock.pass(Duration.ofMillis(900));
        ask();

        assertEquals(Timetable.LEAST_AT_ONCE, sent.size() - before);
        run(Duration.ofMillis(5));
        assertTrue(sent.size() - before > 850, "the others follow within milliseconds");
    }

    @Test
    void sendDue_longInterval_isMissedWhenMoreThanASecondLate() {
        Pace minute = new Pace(Duration.ofMinutes(1), Duration.ofSeconds(2), Duration.ZERO);
        timetable.ping(List.of(ip("192.0.2.7", minute)));
        long due = dueAfterCoarseWakes();

        clock.pass(Duration.ofNanos(due - clock.nanoTime()).plusMillis(1_001));
        ask();

        assertEquals(List.of(), sent);
        assertEquals(Outcome.MISSED, told.get(0).outcome());
    }

    /** Passes time until the next wake is a slot and not a look at the clock. */
    private long dueAfterCoarseWakes() {
        long wake = ask();
        while (wake - clock.nanoTime() >= Timetable.COMPARE_NANOS) {
            clock.pass(Duration.ofNanos(wake - clock.nanoTime()));
            wake = ask();
        }
        return wake;
    }

    @Test
    void sendDue_afterALongStop_isAGap() {
        timetable.ping(List.of(ip("192.0.2.7", SECOND)));
        run(Duration.ofSeconds(2));

        clock.pass(Duration.ofMinutes(10));
        ask();

        assertEquals(List.of(), told);
        assertEquals(1, stopped.size());
        run(Duration.ofSeconds(3));
        decideAll();
        assertEquals(5, told.size());
    }

    @Test
    void sendDue_timeoutLongerThanInterval_hasSeveralInFlight() {
        timetable.ping(List.of(ip("192.0.2.7", SECOND)));

        run(Duration.ofSeconds(5));
        decideAll();

        assertEquals(5, told.stream().map(Told::epochMicros).distinct().count());
    }

    @Test
    void ping_addedAndRemoved_takeEffectAtTheNextSlot() {
        PingedIp first = ip("192.0.2.7", SECOND);
        PingedIp second = ip("192.0.2.8", SECOND);
        timetable.ping(List.of(first));
        run(Duration.ofSeconds(3));
        long before = sent.stream().filter(s -> at(s, first)).count();

        timetable.ping(List.of(first, second));
        run(Duration.ofSeconds(3));
        timetable.ping(List.of(second));
        run(Duration.ofSeconds(3));

        assertEquals(3, before);
        assertEquals(6, sent.stream().filter(s -> at(s, first)).count());
        assertEquals(6, sent.stream().filter(s -> at(s, second)).count());
        decideAll();
        assertEquals(12, told.size(), "pings in flight of a removed ip are decided too");
    }

    private static boolean at(Sent ping, PingedIp ip) {
        return ping.target().address().getHostAddress().equals(ip.address().text());
    }

    @Test
    void ping_changedInterval_startsAtTheNewGridsNextSlot() {
        timetable.ping(List.of(ip("192.0.2.7", SECOND)));
        run(Duration.ofSeconds(2));
        sent.clear();

        Pace tenth = new Pace(Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ZERO);
        timetable.ping(List.of(ip("192.0.2.7", tenth)));
        run(Duration.ofSeconds(1));
        decideAll();

        assertEquals(10, told.size());
        long offset = SlotOffset.micros("client1", "192.0.2.7", 100_000);
        assertTrue(told.stream().allMatch(t -> t.epochMicros() % 100_000 == offset));
    }

    @Test
    void ping_none_waitsForEver() {
        timetable.ping(List.of());

        assertEquals(Long.MAX_VALUE, ask());
    }

    @Test
    void sendDue_unknownHost_hasAResolveErrorASlot() {
        PingedIp name = new PingedIp(Address.parse("a.example"), null, null, SECOND);
        timetable.ping(List.of(name, ip("192.0.2.7", SECOND)));
        run(Duration.ofSeconds(2));
        assertEquals(List.of(), told, "its first lookup is under way");

        name.locate(new PingedIp.Location.Unknown("a.example does not resolve"));
        run(Duration.ofSeconds(3));

        assertEquals(3, told.size());
        assertTrue(told.stream().allMatch(t -> t.outcome() == Outcome.RESOLVE_ERROR));
        assertEquals(5, sent.size());
    }

    @Test
    void duplicate_belongsToItsPing_untilItsRecordIsUsedAgain() {
        timetable.ping(List.of(ip("192.0.2.7", SECOND)));
        run(Duration.ofSeconds(1));
        long handle = sent.getFirst().handle();
        decideAll();

        timetable.duplicate(handle);
        assertEquals(List.of("192.0.2.7"), duplicates);
        for (int i = 0; i < 100; i++) {
            run(Duration.ofSeconds(1));
            decideAll();
        }
        timetable.duplicate(handle);

        assertEquals(1, duplicates.size());
    }

    @Test
    void sendDue_mixedIntervals_sendsEverySlotOfEachOnce() {
        Map<PingedIp, Duration> ips = new LinkedHashMap<>();
        for (String interval : List.of("100ms", "130ms", "1s", "7s", "1m", "17m", "1h")) {
            Duration every = Durations.parse(interval);
            Pace pace = new Pace(every, Duration.ofSeconds(2), Duration.ZERO);
            ips.put(ip("192.0.2." + (1 + ips.size()), pace), every);
        }
        timetable.ping(List.copyOf(ips.keySet()));
        ask();
        long start = clock.epochMicros();

        for (int i = 0; i < 30; i++) {
            run(Duration.ofMinutes(5));
            decideAll();
        }

        long end = clock.epochMicros();
        ips.forEach(
                (ip, every) -> {
                    long interval = every.toNanos() / 1_000;
                    long offset = SlotOffset.micros("client1", ip.key(), interval);
                    List<Long> grid = new ArrayList<>();
                    for (long k = (start - offset) / interval + 1; ; k++) {
                        if (offset + k * interval > end) {
                            break;
                        }
                        grid.add(offset + k * interval);
                    }
                    // What comes due less than a millisecond before the end may not have left.
                    List<Long> told = planned(ip);
                    assertEquals(grid.subList(0, told.size()), told, every.toString());
                    assertTrue(grid.size() - told.size() <= 1);
                });
        assertTrue(told.stream().allMatch(t -> t.outcome() == Outcome.REPLY));
    }

    @Test
    void sendDue_afterARestart_goesOnInTheSameGrid() {
        PingedIp ip = ip("192.0.2.7", SECOND);
        timetable.ping(List.of(ip));
        run(Duration.ofSeconds(3));
        decideAll();
        clock.pass(Duration.ofMillis(123_456));

        Timetable restarted = new Timetable("client1", clock, sink, events);
        restarted.ping(List.of(ip("192.0.2.7", SECOND)));
        restarted.sendDue(clock.nanoTime(), sender);
        clock.pass(Duration.ofSeconds(1));
        restarted.sendDue(clock.nanoTime(), sender);
        Sent first = sent.getFirst();
        restarted.decided(
                GivenDecision.of(
                        first.handle(),
                        first.target(),
                        org.pingrecorder.icmp.Outcome.TIMEOUT,
                        first.nanos(),
                        -1));

        List<Long> planned = planned(ip);
        assertEquals(4, planned.size());
        assertEquals(0, (planned.get(3) - planned.get(0)) % 1_000_000);
    }

    @Test
    void sendDue_neverDecided_isNoResult() {
        timetable.ping(List.of(ip("192.0.2.7", SECOND)));
        run(Duration.ofSeconds(5));

        timetable.ping(List.of());
        run(Duration.ofSeconds(5));

        assertEquals(5, sent.size());
        assertEquals(List.of(), told, "undecided when the client stops: no sample, never lost");
    }

    @Test
    void slip_isTimeFromSlotToPacket_andKeptAsHistogram() {
        PingedIp ip = ip("192.0.2.7", SECOND);
        timetable.ping(List.of(ip));
        run(Duration.ofSeconds(3));
        decideAll();
        assertEquals(new SlipHistogram.Summary(3, 0, 0, 0), timetable.slips().take());

        long due = dueAfterCoarseWakes();
        clock.pass(Duration.ofNanos(due - clock.nanoTime()).plusMillis(5));
        ask();
        decideAll();

        assertEquals(5_000_000, told.getLast().slipNanos());
        assertEquals(new SlipHistogram.Summary(1, 5_000, 5_000, 5_000), timetable.slips().take());
    }

    @Test
    void slip_ofWhatWasNotSent_isNotCounted() {
        timetable.ping(List.of(ip("192.0.2.7", SECOND)));
        run(Duration.ofSeconds(1));
        Sent ping = sent.getFirst();
        timetable.decided(
                GivenDecision.of(
                        ping.handle(),
                        ping.target(),
                        org.pingrecorder.icmp.Outcome.SEND_ERROR,
                        ping.nanos() + 50_000_000,
                        -1));

        assertEquals(1, told.size());
        assertEquals(0, timetable.slips().take().count());
    }
}
