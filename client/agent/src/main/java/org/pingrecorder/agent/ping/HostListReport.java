package org.pingrecorder.agent.ping;

import java.io.PrintWriter;
import java.util.List;
import org.pingrecorder.oneoff.PingEvent;
import org.pingrecorder.wire.Outcome;

/**
 * The hosts that answer, or those that do not, one a line and nothing else, each as soon as it is
 * known. What does not resolve, and what this program could not measure, goes to standard error.
 */
final class HostListReport implements PingReport {

    private final Output out;
    private final PrintWriter err;
    private final boolean alive;
    private final long count;

    /**
     * A report of one of the two kinds.
     *
     * @param alive whether the hosts that answer are wanted
     * @param count pings per host, after which one without an answer is given up
     */
    HostListReport(Output out, PrintWriter err, boolean alive, long count) {
        this.out = out;
        this.err = err;
        this.alive = alive;
        this.count = count;
    }

    @Override
    public void ping(HostTally host, PingEvent.Decided ping) {
        boolean over = host.decided() == count || !host.resolved();
        boolean measured = host.answered() || host.lost() > 0 || host.last() != Outcome.MISSED;
        if (!host.resolved() || (over && !measured)) {
            err.println(TextPingReport.text(host.host(), ping));
        }
        boolean wanted =
                alive
                        ? ping.outcome().hasLatency() && host.received() + host.late() == 1
                        : over && measured && !host.answered();
        if (wanted) {
            out.text(host.host().label() + "\n", TextPingReport::notice);
        }
    }

    @Override
    public void summary(List<HostTally> hosts) {
        // Everything wanted has been told.
    }
}
