package org.pingrecorder.agent.cutoff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pingrecorder.agent.timetable.GivenDecision;
import org.pingrecorder.agent.timetable.ManualClock;
import org.pingrecorder.icmp.Decision;
import org.pingrecorder.icmp.EchoTarget;
import org.pingrecorder.icmp.Outcome;
import org.pingrecorder.icmp.PingListener;
import org.pingrecorder.icmp.PingSource;

class ReferencePingsTest {

    private static final EchoTarget HERE = EchoTarget.of(InetAddress.ofLiteral("192.0.2.1"));

    private record Sent(long afterMillis, boolean isOwn, EchoTarget target) {}

    private final ManualClock clock = new ManualClock();
    private final long startNanos = clock.nanoTime();
    private final List<Sent> sent = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final List<Long> decided = new ArrayList<>();
    private final CutOff judge = new CutOff(2, new Told());
    private final ReferencePings pings = new ReferencePings(new Others(), new Others(), 2, judge);

    /** Pings once every 700 ms, with handle 7. */
    private final class Others implements PingSource, PingListener {
        private long dueNanos = startNanos;

        @Override
        public long sendDue(long nowNanos, Sender sender) {
            while (nowNanos - dueNanos >= 0) {
                sender.ping(7, HERE, 1, 1);
                dueNanos += 700_000_000;
            }
            return dueNanos;
        }

        @Override
        public void decided(Decision decision) {
            decided.add(decision.handle());
        }

        @Override
        public void failed(Throwable cause) {
            told.add("failed");
        }
    }

    private final class Told implements CutOff.Listener {
        @Override
        public void connected() {
            told.add("connected");
        }

        @Override
        public void cutOff(long sinceNanos) {
            told.add("cut off since " + (sinceNanos - startNanos) / 1_000_000);
        }

        @Override
        public void back(int reference) {
            told.add("back by " + reference);
        }
    }

    private final List<Long> own = new ArrayList<>();

    private void run(Duration time) {
        long endNanos = clock.nanoTime() + time.toNanos();
        while (clock.nanoTime() - endNanos < 0) {
            long next =
                    pings.sendDue(
                            clock.nanoTime(),
                            (handle, target, timeout, grace) -> {
                                long after = (clock.nanoTime() - startNanos) / 1_000_000;
                                sent.add(new Sent(after, handle < 0, target));
                                own.add(handle);
                            });
            long wait = Math.min(next - clock.nanoTime(), endNanos - clock.nanoTime());
            assertTrue(wait > 0, "asks for ever");
            clock.pass(Duration.ofNanos(wait));
        }
    }

    private void decide(long handle, Outcome outcome) {
        pings.decided(
                new GivenDecision(handle, HERE, outcome, clock.nanoTime(), 1, -1, -1, null, null));
    }

    @Test
    void sendDue_pingsEachReferenceOnceASecondBesideTheOthers() {
        pings.locate(List.of(Optional.of(HERE), Optional.of(HERE)));
        run(Duration.ofMillis(2_200));
        assertEquals(
                List.of(0L, 500L, 1_000L, 1_500L, 2_000L),
                sent.stream().filter(Sent::isOwn).map(Sent::afterMillis).toList());
        assertEquals(
                List.of(0L, 700L, 1_400L, 2_100L),
                sent.stream().filter(one -> !one.isOwn()).map(Sent::afterMillis).toList());
    }

    @Test
    void sendDue_afterAStall_makesUpForNothing() {
        pings.locate(List.of(Optional.of(HERE), Optional.of(HERE)));
        run(Duration.ofMillis(10));
        clock.pass(Duration.ofMinutes(2));
        sent.clear();
        run(Duration.ofMillis(900));
        assertEquals(2, sent.stream().filter(Sent::isOwn).count());
    }

    @Test
    void sendDue_referenceNotFound_fails() {
        pings.locate(List.of(Optional.empty(), Optional.empty()));
        run(Duration.ofMillis(2_600));
        assertEquals(List.of("cut off since 0"), told);
    }

    @Test
    void decided_ownPings_areJudgedAndOthersHandedOn() {
        pings.locate(List.of(Optional.of(HERE), Optional.of(HERE)));
        run(Duration.ofMillis(600));
        long first = own.stream().filter(handle -> handle < 0).findFirst().orElseThrow();
        decide(7, Outcome.TIMEOUT);
        decide(first, Outcome.REPLY);
        assertEquals(List.of(7L), decided);
        assertEquals(List.of("connected"), told);

        run(Duration.ofSeconds(1));
        for (int i = 0; i < 3; i++) {
            decide(first, Outcome.MISSED);
            decide(first + 1, Outcome.MISSED);
        }
        assertEquals(1, told.size(), "missed is no fault of the network's");
        decide(first, Outcome.TIMEOUT);
        decide(first + 1, Outcome.UNREACHABLE);
        decide(first, Outcome.SEND_ERROR);
        decide(first + 1, Outcome.TIMEOUT);
        decide(first, Outcome.TIMEOUT);
        assertEquals(1, told.size());
        decide(first + 1, Outcome.TIMEOUT);
        assertEquals("cut off since 1000", told.getLast());
        decide(first + 1, Outcome.REPLY);
        assertEquals("back by 1", told.getLast());
    }
}
