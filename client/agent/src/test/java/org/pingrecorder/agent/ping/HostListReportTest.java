package org.pingrecorder.agent.ping;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pingrecorder.icmp.EchoTarget;
import org.pingrecorder.oneoff.FailureCause;
import org.pingrecorder.oneoff.PingEvent;
import org.pingrecorder.oneoff.PingHost;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.Outcome;

class HostListReportTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private void report(boolean alive, String address, List<Outcome> outcomes) throws Exception {
        PingHost host = new PingHost(Address.parse(address), null, null, false);
        host.locate(EchoTarget.of(InetAddress.ofLiteral(address)));
        HostTally tally = new HostTally(host, false);
        Output output = new Output(new PrintWriter(out));
        HostListReport report =
                new HostListReport(output, new PrintWriter(err, true), alive, outcomes.size());
        for (Outcome outcome : outcomes) {
            Double ms = outcome.hasLatency() ? 1.0 : null;
            FailureCause cause =
                    outcome == Outcome.MISSED ? FailureCause.HELD_UP : FailureCause.NO_REPLY;
            tally.add(outcome, ms, ms == null ? cause : null, 1);
            report.ping(
                    tally,
                    new PingEvent.Decided(
                            0, 0, 0, 0, outcome, 1_000_000, 64, 64, ms == null ? cause : null));
        }
        output.close();
    }

    @Test
    void unreachable_hostThatLostAll_isListed() throws Exception {
        report(false, "192.0.2.1", List.of(Outcome.TIMEOUT, Outcome.MISSED));
        report(false, "192.0.2.2", List.of(Outcome.TIMEOUT, Outcome.LATE));

        assertEquals("192.0.2.1\n", out.toString());
        assertEquals("", err.toString());
    }

    @Test
    void unreachable_hostThatWeOnlyMissed_isNotCalledSo() throws Exception {
        report(false, "192.0.2.1", List.of(Outcome.MISSED, Outcome.MISSED));

        assertEquals("", out.toString());
        assertEquals("192.0.2.1: seq=0 missed: the client was held up\n", err.toString());
    }

    @Test
    void alive_hostThatAnswersOften_isListedOnce() throws Exception {
        report(true, "192.0.2.1", List.of(Outcome.TIMEOUT, Outcome.LATE, Outcome.REPLY));
        report(true, "192.0.2.2", List.of(Outcome.TIMEOUT, Outcome.TIMEOUT));

        assertEquals("192.0.2.1\n", out.toString());
    }
}
