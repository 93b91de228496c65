package org.pingrecorder.agent.timetable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pingrecorder.icmp.EchoTarget;
import org.pingrecorder.icmp.PingSource.Sender;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.Outcome;

class TimetableTest {

    private static final Pace SECOND =
            new Pace(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3));

    private record Sent(long handle, EchoTarget target, long nanos) {}

    private record Told(
            String ip, long epochMicros, Outcome outcome, long slipNanos, long micros) {}

    private final ManualClock clock = new ManualClock();
    private final List<Sent> sent = new ArrayList<>();
    private final List<Told> told = new ArrayList<>();
    private final List<Long> moved = new ArrayList<>();
    private final List<Long> stopped = new ArrayList<>();
    private final List<String> duplicates = new ArrayList<>();

    private final PingSink sink =
            new PingSink() {
                @Override
                public void decided(PingResult r) {
                    told.add(
                            new Told(
                                    r.ip().address().text(),
                                    r.plannedEpochMicros(),
                                    r.outcome(),
                                    r.slipNanos(),
                                    r.latencyMicros()));
                }

                @Override
                public void duplicate(PingedIp ip, long plannedEpochMicros) {
                    duplicates.add(ip.address().text());
                }
            };

    private final TimetableEvents events =
            new TimetableEvents() {
                @Override
                public void clockMoved(long movedMicros) {
                    moved.add(movedMicros);
                }

                @Override
                public void stopped(long heldUpNanos) {
                    stopped.add(heldUpNanos);
                }

                @Override
                public void failed(Throwable cause) {
                    throw new AssertionError(cause);
                }
            };

    private final Timetable timetable = new Timetable("client1", clock, sink, events);
    private final Sender sender =
            (handle, target, _, _) -> sent.add(new Sent(handle, target, clock.nanoTime()));

    private static PingedIp ip(String address, Pace pace) {
        PingedIp ip = new PingedIp(Address.parse(address), null, pace);
        ip.locate(new PingedIp.Location.Found(EchoTarget.of(InetAddress.ofLiteral(address))));
        return ip;
    }

    private long ask() {
        return timetable.sendDue(clock.nanoTime(), sender);
    }

    /** Lets time pass like the engine does: waits until the time it is told, exactly. */
    private void run(Duration duration) {
        long endNanos = clock.nanoTime() + duration.toNanos();
        long wake = ask();
        while (wake != Long.MAX_VALUE && wake - endNanos < 0) {
            clock.pass(Duration.ofNanos(wake - clock.nanoTime()));
            wake = ask();
        }
        clock.pass(Duration.ofNanos(endNanos - clock.nanoTime()));
        ask();
    }

    private void decideAll() {
        for (Sent ping : List.copyOf(sent)) {
            timetable.decided(
                    new FakeDecision(
                            ping.handle(),
                            ping.target(),
                            org.pingrecorder.icmp.Outcome.REPLY,
                            ping.nanos(),
                            20_113_400));
        }
        sent.clear();
    }

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
        assertTrue(sent.size() < 10_050, "more than the next millisecond's were sent again");
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
        assertTrue(perMillisecond.values().stream().allMatch(n -> n < 35), "a burst");
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
    void sendDue_clockSteppedBack_goesOnAtTheNextSlotOfTheNewTime() {
        timetable.ping(List.of(ip("192.0.2.7", SECOND)));
        run(Duration.ofSeconds(3));

        clock.step(Duration.ofMillis(-3_600_500));
        run(Duration.ofSeconds(3));
        decideAll();

        assertEquals(List.of(-3_600_500_000L), moved);
        long offset = SlotOffset.micros("client1", "192.0.2.7", 1_000_000);
        assertTrue(told.stream().allMatch(t -> t.epochMicros() % 1_000_000 == offset));
        assertTrue(told.stream().allMatch(t -> t.outcome() == Outcome.REPLY));
        assertTrue(told.size() == 5 || told.size() == 6, "about one a second: " + told.size());
        assertTrue(told.getLast().epochMicros() <= clock.epochMicros());
        assertTrue(told.getLast().epochMicros() > clock.epochMicros() - 1_000_001);
    }

    @Test
    void sendDue_afterASuspend_missesNothing() {
        timetable.ping(List.of(ip("192.0.2.7", SECOND)));
        run(Duration.ofSeconds(3));

        clock.step(Duration.ofHours(8));
        run(Duration.ofSeconds(3));
        decideAll();

        assertEquals(1, moved.size());
        assertTrue(told.stream().allMatch(t -> t.outcome() == Outcome.REPLY));
        assertTrue(told.getLast().epochMicros() > clock.epochMicros() - 1_000_001);
    }

    @Test
    void sendDue_smallClockAdjustment_movesNothing() {
        timetable.ping(List.of(ip("192.0.2.7", SECOND)));
        run(Duration.ofSeconds(3));
        clock.step(Duration.ofMillis(900));
        run(Duration.ofSeconds(3));

        assertEquals(List.of(), moved);
        assertEquals(6, sent.size());
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
        PingedIp name = new PingedIp(Address.parse("a.example"), null, SECOND);
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
    void offset_sameForTheSame_otherForOtherClients() {
        long offset = SlotOffset.micros("client1", "192.0.2.7", 10_000_000);

        assertEquals(offset, SlotOffset.micros("client1", "192.0.2.7", 10_000_000));
        assertFalse(offset == SlotOffset.micros("client2", "192.0.2.7", 10_000_000));
        assertFalse(offset == SlotOffset.micros("client1", "192.0.2.8", 10_000_000));
    }
}
