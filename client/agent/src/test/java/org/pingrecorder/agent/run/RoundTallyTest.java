package org.pingrecorder.agent.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pingrecorder.agent.timetable.ManualClock;
import org.pingrecorder.agent.timetable.Pace;
import org.pingrecorder.agent.timetable.PingedIp;
import org.pingrecorder.agent.timetable.SlipHistogram;
import org.pingrecorder.agent.timetable.Timetable;
import org.pingrecorder.icmp.Decision;
import org.pingrecorder.icmp.EchoTarget;
import org.pingrecorder.icmp.Outcome;
import org.pingrecorder.wire.Address;

class RoundTallyTest {

    private static final List<Outcome> OUTCOMES = List.of(Outcome.values());

    private final ManualClock clock = new ManualClock();
    private static final SlipHistogram.Summary NO_SLIP = new SlipHistogram.Summary(0, 0, 0, 0);

    private final RoundTally tally = new RoundTally();
    private final Timetable timetable = new Timetable("c", clock, tally, new UnexpectedEvents());

    private record Decided(
            long handle, EchoTarget target, Outcome outcome, @Nullable String errorFrom)
            implements Decision {

        @Override
        public long sentAtNanos() {
            return 0;
        }

        @Override
        public long rttNanos() {
            return outcome == Outcome.REPLY || outcome == Outcome.LATE ? 1_000 : -1;
        }

        @Override
        public int ttl() {
            return -1;
        }

        @Override
        public int replyBytes() {
            return -1;
        }

        @Override
        public int errorType() {
            return -1;
        }

        @Override
        public int errorCode() {
            return -1;
        }

        @Override
        public @Nullable String cause() {
            return outcome == Outcome.SEND_ERROR ? "ENETUNREACH" : null;
        }
    }

    /** One round in which each outcome happens once. */
    private void round(List<Outcome> outcomes) {
        Pace pace = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ZERO);
        List<PingedIp> ips =
                outcomes.stream()
                        .map(
                                o -> {
                                    String text = "192.0.2." + (1 + OUTCOMES.indexOf(o));
                                    PingedIp ip =
                                            new PingedIp(Address.parse(text), null, null, pace);
                                    ip.locate(
                                            new PingedIp.Location.Found(
                                                    EchoTarget.of(InetAddress.ofLiteral(text))));
                                    return ip;
                                })
                        .toList();
        timetable.ping(ips);
        for (int i = 0; i < 1_001; i++) {
            timetable.sendDue(
                    clock.nanoTime(),
                    (handle, target, _, _) -> {
                        byte[] address = target.address().getAddress();
                        Outcome outcome = OUTCOMES.get(address[3] - 1);
                        String from = outcome == Outcome.UNREACHABLE ? "192.0.2.99" : null;
                        timetable.decided(new Decided(handle, target, outcome, from));
                    });
            clock.pass(Duration.ofMillis(1));
        }
    }

    @Test
    void end_allKinds_areCountedAndNamed() {
        round(List.of(Outcome.REPLY, Outcome.LATE, Outcome.TIMEOUT));
        assertEquals(
                "sent 3, received 1, late 1, lost 1 (192.0.2.3 timeout), queued 7",
                tally.end(7, 0, NO_SLIP));

        round(List.of(Outcome.UNREACHABLE));
        assertEquals(
                "sent 1, received 0, late 0, lost 1 (192.0.2.4 unreachable from 192.0.2.99), queued"
                        + " 0",
                tally.end(0, 0, NO_SLIP));

        round(List.of(Outcome.SEND_ERROR));
        assertEquals(
                "sent 0, received 0, late 0, lost 0, not sent 1 (192.0.2.5 send_error"
                        + " ENETUNREACH), queued 0",
                tally.end(0, 0, NO_SLIP));
        assertEquals(
                "sent 0, received 0, late 0, lost 0, queued 9 (4 held back)",
                tally.end(9, 4, NO_SLIP));
    }

    @Test
    void end_pingsThatSlipped_saysByHowMuch() {
        var usual = new SlipHistogram.Summary(9, 400, 2_000, 20_000);
        var most = new SlipHistogram.Summary(9, 400, 900, 20_050);
        var many = new SlipHistogram.Summary(9, 1_400, 2_001, 2_200);

        assertEquals("sent 0, received 0, late 0, lost 0, queued 0", tally.end(0, 0, usual));
        assertEquals(
                "sent 0, received 0, late 0, lost 0, queued 0, slip p50 0.4 ms, p99 0.9 ms, max"
                        + " 20.1 ms",
                tally.end(0, 0, most));
        assertEquals(
                "sent 0, received 0, late 0, lost 0, queued 0, slip p50 1.4 ms, p99 2.0 ms, max"
                        + " 2.2 ms",
                tally.end(0, 0, many));
    }
}
