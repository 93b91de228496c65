package org.pingrecorder.agent.ping;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.oneoff.PingPlan;
import org.pingrecorder.wire.Durations;
import org.pingrecorder.wire.Outcome;

/**
 * The table on a terminal: from the state of a run to the lines of a screen. Where there are more
 * hosts than lines the worst come first, else all in the order given.
 */
final class LiveView {

    /** Least number of lines for the legend to have one. */
    private static final int LEGEND_ABOVE_LINES = 14;

    private static final Comparator<HostTally> WORST_FIRST =
            Comparator.comparingInt(LiveView::badness)
                    .thenComparingDouble(h -> h.lossPct() == null ? 0 : h.lossPct())
                    .thenComparingLong(HostTally::notSent)
                    .thenComparingLong(HostTally::late)
                    .reversed();

    /**
     * One line of a screen.
     *
     * @param text no wider than the screen
     */
    record Line(String text, Style style) {}

    /** What a line is; never the only sign of it. */
    enum Style {
        PLAIN,
        HEADING,
        FAILING,
        LATE
    }

    private final PingPlan plan;
    private final Marks marks;

    LiveView(PingPlan plan, Marks marks) {
        this.plan = plan;
        this.marks = marks;
    }

    /**
     * A screen.
     *
     * @param packetsPerSecond sent lately
     * @param ownFaults what this program itself has done badly
     * @return at most {@code height} lines
     */
    List<Line> lines(
            RunState state, double packetsPerSecond, OwnFaults ownFaults, int width, int height) {
        List<Line> lines = new ArrayList<>();
        Totals totals = Totals.of(state.hosts());
        lines.add(plain(run(state, packetsPerSecond)));
        lines.add(plain(pings(totals)));
        lines.add(plain(hosts(state.hosts().size(), totals) + "   " + ownFaults.text()));
        LiveColumns columns = LiveColumns.of(state.hosts(), marks, width);
        lines.add(new Line(columns.heading(), Style.HEADING));
        boolean legend = height > LEGEND_ABOVE_LINES;
        addRows(lines, state.hosts(), columns, height - lines.size() - (legend ? 1 : 0));
        if (legend) {
            lines.add(plain(marks.legend()));
        }
        return lines.stream()
                .limit(height)
                .map(line -> new Line(Cells.cut(line.text(), width, marks.more()), line.style()))
                .toList();
    }

    private static Line plain(String text) {
        return new Line(text, Style.PLAIN);
    }

    private String run(RunState state, double packetsPerSecond) {
        long seconds = state.elapsedNanos() / 1_000_000_000L;
        String count = plan.count() == 0 ? "" : " x " + plan.count();
        return String.format(
                Locale.ROOT,
                "client ping   %,d %s%s every %s   %d:%02d:%02d   %,.0f pings/s   Ctrl-C ends",
                plan.hosts().size(),
                plan.hosts().size() == 1 ? "host" : "hosts",
                count,
                Durations.text(plan.interval()),
                seconds / 3_600,
                seconds / 60 % 60,
                seconds % 60,
                packetsPerSecond);
    }

    private static String pings(Totals t) {
        return String.format(
                Locale.ROOT,
                "%,d sent: %,d received, %,d late, %,d lost (%s); %,d not sent",
                t.sent(),
                t.received(),
                t.late(),
                t.lost(),
                t.lossPct() == null
                        ? Millis.NONE
                        : String.format(Locale.ROOT, "%.2f %%", t.lossPct()),
                t.notSent());
    }

    private static String hosts(int hosts, Totals t) {
        String answeringOrNot =
                String.format(
                        Locale.ROOT,
                        "%,d answering, %,d failing",
                        hosts - t.failing() - t.unmeasured(),
                        t.failing());
        return t.unmeasured() == 0
                ? answeringOrNot
                : answeringOrNot + String.format(Locale.ROOT, ", %,d not measured", t.unmeasured());
    }

    private void addRows(List<Line> lines, List<HostTally> hosts, LiveColumns columns, int room) {
        if (hosts.size() <= room) {
            hosts.forEach(host -> lines.add(row(host, columns)));
            return;
        }
        List<HostTally> worstFirst = hosts.stream().sorted(WORST_FIRST).toList();
        int shown = Math.max(0, room - 1);
        worstFirst.subList(0, shown).forEach(host -> lines.add(row(host, columns)));
        lines.add(plain(rest(worstFirst.subList(shown, hosts.size()))));
    }

    private static Line row(HostTally host, LiveColumns columns) {
        return new Line(columns.row(host), style(host.last()));
    }

    private static Style style(@Nullable Outcome last) {
        if (last == null || last == Outcome.REPLY || last == Outcome.MISSED) {
            return Style.PLAIN;
        }
        return last == Outcome.LATE ? Style.LATE : Style.FAILING;
    }

    private static int badness(HostTally host) {
        return switch (style(host.last())) {
            case FAILING -> 4;
            case LATE -> 3;
            case PLAIN, HEADING ->
                    host.last() == Outcome.MISSED ? 2 : host.received() < host.decided() ? 1 : 0;
        };
    }

    private String rest(List<HostTally> hosts) {
        Totals t = Totals.of(hosts);
        boolean allAnswer = t.failing() + t.unmeasured() == 0;
        String what = allAnswer ? ", all answering" : ": " + hosts(hosts.size(), t);
        return marks.more() + String.format(Locale.ROOT, " %,d more%s", hosts.size(), what);
    }
}
