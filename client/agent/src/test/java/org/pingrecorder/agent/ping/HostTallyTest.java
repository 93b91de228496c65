package org.pingrecorder.agent.ping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.pingrecorder.icmp.EchoTarget;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.Outcome;
import org.pingrecorder.wire.SummaryLine;

class HostTallyTest {

    private final HostTally tally =
            new HostTally(
                    new PingHost(
                            Address.parse("a.example"),
                            EchoTarget.of(InetAddress.ofLiteral("2001:db8:0:0::7")),
                            ""));

    @Test
    void summary_everyOutcome_isCountedOnce() {
        tally.add(Outcome.REPLY, 1.0);
        tally.add(Outcome.REPLY, 2.0);
        tally.add(Outcome.LATE, 6.0);
        tally.add(Outcome.TIMEOUT, null);
        tally.add(Outcome.UNREACHABLE, null);
        tally.add(Outcome.SEND_ERROR, null);
        tally.add(Outcome.MISSED, null);
        tally.addDuplicate();

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
                        2,
                        1,
                        40.0,
                        1.0,
                        3.0,
                        6.0,
                        2.16),
                tally.summary());
        assertTrue(tally.answered());
    }

    @Test
    void summary_nothing_hasNoNumbers() {
        assertNull(tally.summary().lossPct());
        assertNull(tally.summary().avgMs());
        assertFalse(tally.answered());
    }
}
