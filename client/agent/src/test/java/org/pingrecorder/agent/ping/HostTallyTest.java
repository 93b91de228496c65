package org.pingrecorder.agent.ping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pingrecorder.icmp.EchoTarget;
import org.pingrecorder.oneoff.FailureCause;
import org.pingrecorder.oneoff.PingHost;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.Outcome;
import org.pingrecorder.wire.SummaryLine;

class HostTallyTest {

    private static final FailureCause NO_ROUTE = FailureCause.unresolved("a.example", "no route");

    private final PingHost host = new PingHost(Address.parse("a.example"), "web", null, false);
    private final HostTally tally = new HostTally(host, false);

    @Test
    void summary_everyOutcome_isCountedOnce() {
        host.locate(EchoTarget.of(InetAddress.ofLiteral("2001:db8:0:0::7")));
        tally.add(Outcome.REPLY, 1.0, null, 1);
        tally.add(Outcome.REPLY, 2.0, null, 1);
        tally.add(Outcome.LATE, 6.0, null, 1);
        tally.add(Outcome.TIMEOUT, null, FailureCause.NO_REPLY, 1);
        tally.add(Outcome.UNREACHABLE, null, FailureCause.NO_REPLY, 1);
        tally.add(Outcome.SEND_ERROR, null, NO_ROUTE, 1);
        tally.add(Outcome.MISSED, null, FailureCause.HELD_UP, 2);
        tally.addDuplicates(1);

        assertEquals(
                new SummaryLine(
                        "summary",
                        null,
                        "a.example",
                        "2001:db8::7",
                        5,
                        2,
                        1,
                        2,
                        3,
                        1,
                        40.0,
                        1.0,
                        3.0,
                        6.0,
                        2.16,
                        "web",
                        null,
                        List.of(
                                cause("timeout", 2, "no reply"),
                                cause("missed", 2, "the client was held up"),
                                cause("resolve_error", 1, "no route"))),
                tally.summary());
        assertTrue(tally.answered());
    }

    private static SummaryLine.Cause cause(String outcome, long count, String text) {
        return new SummaryLine.Cause(outcome, count, null, null, null, text);
    }

    @Test
    void summary_moreCausesThanAreKept_areCountedTogether() {
        for (int i = 0; i < 10; i++) {
            FailureCause cause = FailureCause.unresolved("a", "fault " + i);
            tally.add(cause.outcome(), null, cause, 1);
        }

        assertEquals(9, tally.causes().size());
        assertEquals("other causes", tally.causes().getFirst().cause().words());
        assertEquals(2, tally.causes().getFirst().pings());
        assertEquals(10, tally.causes().stream().mapToLong(c -> c.pings()).sum());
    }

    @Test
    void summary_nothing_hasNoNumbers() {
        assertNull(tally.summary().lossPct());
        assertNull(tally.summary().avgMs());
        assertFalse(tally.answered());
    }
}
