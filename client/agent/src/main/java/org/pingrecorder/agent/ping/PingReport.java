package org.pingrecorder.agent.ping;

import java.io.PrintWriter;
import java.util.List;
import org.pingrecorder.wire.PingLine;
import org.pingrecorder.wire.SummaryLine;

/** How a run is told: line by line as results come, then a summary per host. */
interface PingReport {

    void ping(PingLine line);

    void summary(List<SummaryLine> summaries);

    /** Whether nobody reads this any more: the other end of the pipe is closed. */
    boolean isUnread();

    /** The report a person or a program asked for. */
    static PingReport of(PrintWriter out, boolean json, boolean quiet) {
        return json ? new JsonPingReport(out, quiet) : new TextPingReport(out, quiet);
    }
}
