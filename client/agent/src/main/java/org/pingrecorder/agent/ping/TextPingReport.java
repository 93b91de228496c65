package org.pingrecorder.agent.ping;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.agent.table.TextTable;
import org.pingrecorder.wire.Outcome;
import org.pingrecorder.wire.PingLine;
import org.pingrecorder.wire.SummaryLine;

/** A line a ping and an aligned table at the end, for people. */
final class TextPingReport implements PingReport {

    private final PrintWriter out;
    private final boolean quiet;

    TextPingReport(PrintWriter out, boolean quiet) {
        this.out = out;
        this.quiet = quiet;
    }

    @Override
    public void ping(PingLine line) {
        if (!quiet) {
            out.println(text(line));
            out.flush();
        }
    }

    static String text(PingLine line) {
        StringBuilder text = new StringBuilder(line.target());
        if (line.address() != null && !line.address().equals(line.target())) {
            text.append(" (").append(line.address()).append(')');
        }
        text.append(": seq=").append(line.seq()).append(' ');
        if (line.duplicate()) {
            return text.append("duplicate reply").toString();
        }
        if (line.latencyMs() == null) {
            text.append(line.outcome());
        } else {
            text.append("time=").append(ms(line.latencyMs())).append(" ms");
            text.append(line.ttl() == null ? "" : " ttl=" + line.ttl());
            text.append(line.outcome().equals(Outcome.LATE.text()) ? " late" : "");
        }
        if (line.errorType() != null) {
            text.append(" type ").append(line.errorType()).append(" code ");
            text.append(line.errorCode()).append(" from ").append(line.errorFrom());
        }
        return text.append(line.cause() == null ? "" : ": " + line.cause()).toString();
    }

    @Override
    public boolean isUnread() {
        return out.checkError();
    }

    @Override
    public void summary(List<SummaryLine> summaries) {
        TextTable table =
                new TextTable(
                        1,
                        "host",
                        "sent",
                        "received",
                        "late",
                        "lost",
                        "not sent",
                        "loss %",
                        "min ms",
                        "avg ms",
                        "max ms",
                        "stddev ms");
        for (SummaryLine s : summaries) {
            table.row(
                    s.target(),
                    String.valueOf(s.sent()),
                    String.valueOf(s.received()),
                    String.valueOf(s.late()),
                    String.valueOf(s.lost()),
                    String.valueOf(s.notSent()),
                    s.lossPct() == null ? "-" : String.format(Locale.ROOT, "%.1f", s.lossPct()),
                    ms(s.minMs()),
                    ms(s.avgMs()),
                    ms(s.maxMs()),
                    ms(s.stddevMs()));
        }
        if (!quiet) {
            out.println();
        }
        out.println(table.text());
        out.flush();
    }

    private static String ms(@Nullable Double ms) {
        return ms == null ? "-" : String.format(Locale.ROOT, "%.3f", ms);
    }
}
