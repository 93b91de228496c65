package org.pingrecorder.agent.ping;

import java.util.List;
import org.pingrecorder.oneoff.PingEvent;
import org.pingrecorder.oneoff.PingHost;
import org.pingrecorder.wire.Outcome;

/** A line a ping and an aligned table at the end, for people. */
final class TextPingReport implements PingReport {

    private final Output out;
    private final boolean quiet;

    TextPingReport(Output out, boolean quiet) {
        this.out = out;
        this.quiet = quiet;
    }

    @Override
    public void ping(HostTally host, PingEvent.Decided ping) {
        if (!quiet) {
            out.line(text(host.host(), ping), TextPingReport::notice);
        }
    }

    @Override
    public void duplicate(HostTally host, PingEvent.Duplicate duplicate) {
        if (!quiet) {
            String line = begin(host.host(), duplicate.seq()).append("duplicate reply").toString();
            out.line(line, TextPingReport::notice);
        }
    }

    @Override
    public void leftOut(long results) {
        if (!quiet) {
            out.line(notice(results), TextPingReport::notice);
        }
    }

    @Override
    public void summary(List<HostTally> hosts) {
        out.text((quiet ? "" : "\n") + SummaryText.of(hosts), TextPingReport::notice);
    }

    /** The line of one ping. */
    static String text(PingHost host, PingEvent.Decided ping) {
        StringBuilder text = begin(host, ping.seq());
        if (ping.cause() != null) {
            text.append(ping.outcome());
            text.append(ping.outcome() == Outcome.TIMEOUT ? "" : ": " + ping.cause().words());
        } else {
            text.append("time=").append(Millis.text(ping.latencyMs())).append(" ms");
            text.append(ping.ttl() < 0 ? "" : " ttl=" + ping.ttl());
            text.append(ping.outcome() == Outcome.LATE ? " late" : "");
        }
        return text.toString();
    }

    private static StringBuilder begin(PingHost host, long seq) {
        StringBuilder text = new StringBuilder(host.given().text());
        if (host.name() != null) {
            text.append(" [").append(host.name()).append(']');
        }
        String address = host.addressText();
        if (address == null && host.tellingFamily() != null) {
            text.append(" (").append(host.tellingFamily().title()).append(')');
        } else if (address != null && !address.equals(host.given().text())) {
            text.append(" (").append(address).append(')');
        }
        return text.append(": seq=").append(seq).append(' ');
    }

    /** What stands where lines were left out. */
    static String notice(long lines) {
        return "(%,d results not shown: whoever reads this is slower than the pings; the summary counts them)"
                .formatted(lines);
    }
}
