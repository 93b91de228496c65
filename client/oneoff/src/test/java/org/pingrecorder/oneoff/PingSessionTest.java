package org.pingrecorder.oneoff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pingrecorder.icmp.EchoTarget;
import org.pingrecorder.icmp.EngineConfig;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.Outcome;

class PingSessionTest {

    private static final EchoTarget TARGET = EchoTarget.of(InetAddress.ofLiteral("192.0.2.1"));

    private final ManualClock clock = new ManualClock();
    private final long startNanos = clock.nanoTime();
    private final List<Long> sent = new ArrayList<>();

    private PingSession session(int hosts, long count, boolean untilAnswered) {
        List<PingHost> all =
                IntStream.range(0, hosts)
                        .mapToObj(i -> Address.parse("h" + i + ".example"))
                        .map(address -> new PingHost(address, null, null, false))
                        .toList();
        return new PingSession(
                new PingPlan(
                        all,
                        count,
                        untilAnswered,
                        Duration.ofMillis(100),
                        Duration.ofSeconds(1),
                        Duration.ZERO,
                        EngineConfig.DEFAULT),
                clock);
    }

    /** Asks for what is due; milliseconds from the start to the next question, or -1 for never. */
    private long ask(PingSession session) {
        long dueNanos =
                session.sendDue(
                        clock.nanoTime(), (handle, target, timeout, grace) -> sent.add(handle));
        return dueNanos == Long.MAX_VALUE ? -1 : (dueNanos - startNanos) / 1_000_000;
    }

    @Test
    void sendDue_resultsNotTaken_pausesAndCountsDuplicatesTogether() {
        PingSession session = session(1, 0, false);
        session.located(0, TARGET);
        ask(session);
        for (int i = 0; i < PingSession.MOST_WAITING + 7; i++) {
            session.duplicate(0);
        }
        clock.pass(Duration.ofMillis(100));
        int before = sent.size();
        assertEquals(110, ask(session));
        assertEquals(before, sent.size());
        assertEquals(PingSession.MOST_WAITING, events(session).size());

        ask(session);
        assertEquals(before + 1, sent.size());
        session.duplicate(0);
        PingEvent.Duplicate last = (PingEvent.Duplicate) events(session).getLast();
        assertEquals(8, last.copies());
    }

    private void reply(PingSession session, long handle) {
        session.decided(GivenDecision.reply(handle, TARGET, clock.nanoTime()));
    }

    private static List<PingEvent> events(PingSession session) {
        List<PingEvent> events = new ArrayList<>();
        session.events().drainTo(events);
        return events;
    }

    @Test
    void sendDue_hosts_areSpreadOverTheInterval() {
        PingSession session = session(4, 2, false);
        IntStream.range(0, 4).forEach(host -> session.located(host, TARGET));
        List<Long> dueMillis = new ArrayList<>();
        for (long next = ask(session); next >= 0; next = ask(session)) {
            dueMillis.add(next);
            clock.pass(Duration.ofNanos(startNanos + next * 1_000_000 - clock.nanoTime()));
        }

        assertEquals(List.of(25L, 50L, 75L, 100L, 125L, 150L, 175L), dueMillis);
        assertEquals(List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L), sent);
        assertEquals(List.of(), events(session));
    }

    @Test
    void decided_last_isTheEnd() {
        PingSession session = session(2, 1, false);
        session.located(0, TARGET);
        session.located(1, TARGET);
        ask(session);
        clock.pass(Duration.ofMillis(50));
        ask(session);
        reply(session, 1);
        assertEquals(1, events(session).size());

        reply(session, 0);

        List<PingEvent> events = events(session);
        assertEquals(2, events.size());
        assertNull(assertInstanceOf(PingEvent.End.class, events.get(1)).fault());
    }

    @Test
    void decided_slipAndPlannedTime_areOfTheSlot() {
        PingSession session = session(1, 5, false);
        session.located(0, TARGET);
        long startMicros = clock.epochMicros();
        ask(session);
        clock.pass(Duration.ofMillis(103));
        ask(session);

        reply(session, 1);

        PingEvent.Decided ping = (PingEvent.Decided) events(session).getFirst();
        assertEquals(1, ping.seq());
        assertEquals(3_000_000, ping.slipNanos());
        assertEquals(startMicros + 100_000, ping.plannedEpochMicros());
        assertEquals(1.5, ping.latencyMs());
    }

    @Test
    void located_afterItsSlot_beginsAtOnce() {
        PingSession session = session(2, 2, false);
        session.located(0, TARGET);
        ask(session);
        clock.pass(Duration.ofMillis(70));
        session.located(1, TARGET);

        assertEquals(100, ask(session));

        assertEquals(List.of(0L, 1L), sent);
        clock.pass(Duration.ofMillis(30));
        assertEquals(170, ask(session));
    }

    @Test
    void unresolved_isToldOnceAndTheOthersArePinged() {
        PingSession session = session(2, 1, false);
        session.unresolved(0, "h0.example does not resolve");
        session.located(1, TARGET);
        ask(session);
        clock.pass(Duration.ofMillis(50));
        ask(session);
        reply(session, sent.getFirst());

        List<PingEvent> events = events(session);
        assertEquals(3, events.size());
        PingEvent.Decided ping = (PingEvent.Decided) events.getFirst();
        assertEquals(Outcome.RESOLVE_ERROR, ping.outcome());
        assertInstanceOf(PingEvent.End.class, events.getLast());
    }

    @Test
    void untilAnswered_answer_endsAHost() {
        PingSession session = session(1, 5, true);
        session.located(0, TARGET);
        ask(session);
        reply(session, 0);
        clock.pass(Duration.ofMillis(100));

        assertEquals(-1, ask(session));

        assertEquals(List.of(0L), sent);
        assertInstanceOf(PingEvent.End.class, events(session).getLast());
    }

    @Test
    void sendDue_afterAStandstill_passedSlotsAreMissedAndTheRestIsOnTime() {
        PingSession session = session(1, 100, false);
        session.located(0, TARGET);
        long startMicros = clock.epochMicros();
        ask(session);
        clock.pass(Duration.ofMillis(1_050));

        assertEquals(1_100, ask(session));
        assertEquals(
                List.of(new PingEvent.Missed(0, 1, 9, startMicros + 100_000)), events(session));
        assertEquals(List.of(0L, 10L), sent);
    }

    @Test
    void sendDue_firstPingsHeldUp_leaveInPortionsAndNoneIsMissed() {
        PingSession session = session(600, 1, false);
        IntStream.range(0, 600).forEach(host -> session.located(host, TARGET));
        ask(session);
        clock.pass(Duration.ofMillis(900));

        ask(session);
        assertEquals(257, sent.size());
        ask(session);
        assertEquals(513, sent.size());
        assertEquals(-1, ask(session));

        assertEquals(600, sent.size());
        assertEquals(List.of(), events(session));
    }

    @Test
    void sendDue_standstillLongerThanTheRun_endsIt() {
        PingSession session = session(1, 3, false);
        session.located(0, TARGET);
        ask(session);
        reply(session, 0);
        events(session);
        clock.pass(Duration.ofHours(1));

        assertEquals(-1, ask(session));

        List<PingEvent> events = events(session);
        assertEquals(2, ((PingEvent.Missed) events.getFirst()).pings());
        assertInstanceOf(PingEvent.End.class, events.getLast());
    }
}
