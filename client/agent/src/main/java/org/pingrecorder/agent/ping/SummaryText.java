package org.pingrecorder.agent.ping;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.agent.table.TextTable;
import org.pingrecorder.oneoff.Tally;
import org.pingrecorder.wire.Outcome;
import org.pingrecorder.wire.SummaryLine;

/** A run in sum: a table with a row per host, why pings failed, and the totals. */
final class SummaryText {

    private SummaryText() {}

    /** All of it. */
    static String of(List<HostTally> hosts) {
        return table(hosts) + failures(hosts) + totals(hosts);
    }

    /** Without the rows of hosts of which every ping was answered in time. */
    static String ofFailures(List<HostTally> hosts) {
        List<HostTally> failed =
                hosts.stream().filter(h -> h.received() < h.decided() || !h.resolved()).toList();
        return (failed.isEmpty() ? "" : table(failed) + failures(failed)) + totals(hosts);
    }

    private static String table(List<HostTally> hosts) {
        boolean named = hosts.stream().anyMatch(h -> h.host().name() != null);
        List<String> heading = new ArrayList<>(List.of("host"));
        if (named) {
            heading.add("name");
        }
        heading.addAll(
                List.of(
                        "sent",
                        "received",
                        "late",
                        "lost",
                        "unsent",
                        "loss%",
                        "min ms",
                        "avg ms",
                        "max ms",
                        "stddev"));
        TextTable table = new TextTable(named ? 2 : 1, heading.toArray(String[]::new));
        for (HostTally host : hosts) {
            table.row(row(host, named).toArray(String[]::new));
        }
        return table.text() + "\n";
    }

    private static List<String> row(HostTally host, boolean named) {
        SummaryLine s = host.summary();
        List<String> row = new ArrayList<>(List.of(host.host().label()));
        if (named) {
            row.add(s.name() == null ? "" : s.name());
        }
        row.addAll(
                List.of(
                        String.valueOf(s.sent()),
                        String.valueOf(s.received()),
                        String.valueOf(s.late()),
                        String.valueOf(s.lost()),
                        String.valueOf(s.notSent()),
                        percent(s.lossPct()),
                        Millis.text(s.minMs()),
                        Millis.text(s.avgMs()),
                        Millis.text(s.maxMs()),
                        Millis.text(s.stddevMs())));
        return row;
    }

    private static String failures(List<HostTally> hosts) {
        TextTable table = new TextTable(2, "host", "why");
        boolean any = false;
        for (HostTally host : hosts) {
            for (Tally.CauseCount c : host.causes()) {
                boolean lost = c.cause().outcome().counts() == Outcome.Counts.LOST;
                table.row(
                        host.host().label(),
                        c.pings() + (lost ? " lost: " : " not sent: ") + c.cause().text());
                any = true;
            }
        }
        return any ? "\n" + table.text() + "\n" : "";
    }

    private static String totals(List<HostTally> hosts) {
        if (hosts.size() == 1) {
            return "";
        }
        Totals all = Totals.of(hosts);
        long untried = hosts.stream().filter(host -> host.decided() == 0).count();
        return String.format(
                Locale.ROOT,
                "%n%,d hosts: %,d answered, %,d did not%s%n"
                        + "%,d sent: %,d received, %,d late, %,d lost (%s %%); %,d not sent%n",
                hosts.size(),
                all.hostsAnswered(),
                hosts.size() - all.hostsAnswered() - untried,
                untried == 0 ? "" : String.format(Locale.ROOT, ", %,d have no result yet", untried),
                all.sent(),
                all.received(),
                all.late(),
                all.lost(),
                percent(all.lossPct()),
                all.notSent());
    }

    /** One digit after the point, or {@link Millis#NONE}. */
    static String percent(@Nullable Double percent) {
        return percent == null ? Millis.NONE : String.format(Locale.ROOT, "%.1f", percent);
    }
}
