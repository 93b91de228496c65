package org.pingrecorder.agent.ping;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.oneoff.FailureCause;
import org.pingrecorder.oneoff.PingHost;

/**
 * The columns of the live view for one width of the terminal. What a narrow one has no room for is
 * left out; how a host does and why its last ping failed then share a column.
 */
final class LiveColumns {

    private static final int WIDE = 112;
    private static final int VERY_WIDE = 140;
    private static final int LAST_CELLS = 7;
    private static final int COUNT_CELLS = 6;
    private static final int MIN_HOST_CELLS = 9;

    /** What the last column needs to be of use. */
    private static final int MIN_WHY_CELLS = 25;

    /** Three times with their separators. */
    private static final int TIMES_CELLS = 23;

    private final Marks marks;
    private final String gap;
    private final boolean wide;
    private final boolean veryWide;
    private final int recentCells;
    private final int hostCells;
    private final int whyCells;

    private LiveColumns(Marks marks, int longestHost, int width) {
        this.marks = marks;
        this.wide = width >= WIDE;
        this.gap = wide ? "  " : " ";
        this.veryWide = width >= VERY_WIDE;
        this.recentCells = veryWide ? RecentPings.MAX : wide ? 16 : 10;
        int fixed =
                gap.length() * (wide ? 7 : 5)
                        + LAST_CELLS
                        + recentCells
                        + COUNT_CELLS * (wide ? 4 : 2)
                        + (veryWide ? gap.length() + TIMES_CELLS : 0);
        this.hostCells =
                Math.clamp(
                        width - fixed - MIN_WHY_CELLS,
                        MIN_HOST_CELLS,
                        Math.max(MIN_HOST_CELLS, longestHost));
        this.whyCells = Math.max(0, width - fixed - hostCells);
    }

    /** Those for these hosts on a terminal of that width. */
    static LiveColumns of(List<HostTally> hosts, Marks marks, int width) {
        int longest = hosts.stream().mapToInt(h -> Cells.width(title(h.host()))).max().orElse(0);
        return new LiveColumns(marks, longest, width);
    }

    private static String title(PingHost host) {
        return host.name() == null ? host.label() : host.label() + " " + host.name();
    }

    String heading() {
        return line(
                "HOST",
                "LAST ms",
                "RECENT",
                "SENT",
                "RECV",
                "LATE",
                "LOST %",
                "MIN/AVG/MAX ms",
                veryWide ? "WHY THE LAST FAILED" : "MIN/AVG/MAX ms, or WHY");
    }

    String row(HostTally host) {
        FailureCause cause = host.lastCause();
        boolean failing = host.last() != null && !host.last().hasLatency();
        String why = cause == null ? "" : wide ? cause.words() : cause.briefWords();
        String times = times(host);
        RecentPings recent = host.recent();
        return line(
                title(host.host()),
                Millis.shortText(host.lastMs()),
                recent == null ? "" : recent.marks(recentCells, best(host.minMs()), marks),
                String.valueOf(host.sent()),
                String.valueOf(host.received()),
                String.valueOf(host.late()),
                SummaryText.percent(host.lossPct()),
                times,
                veryWide || failing ? why : times);
    }

    private static double best(@Nullable Double minMs) {
        return minMs == null ? 1 : minMs;
    }

    private static String times(HostTally host) {
        return host.minMs() == null
                ? Millis.NONE
                : Millis.shortText(host.minMs())
                        + "/"
                        + Millis.shortText(host.avgMs())
                        + "/"
                        + Millis.shortText(host.maxMs());
    }

    private String line(
            String host,
            String last,
            String recent,
            String sent,
            String received,
            String late,
            String lossPct,
            String times,
            String why) {
        String more = marks.more();
        StringBuilder line = new StringBuilder(Cells.left(host, hostCells, more));
        line.append(gap).append(Cells.right(last, LAST_CELLS, more));
        line.append(gap).append(Cells.right(recent, recentCells, more));
        line.append(gap).append(Cells.right(sent, COUNT_CELLS, more));
        if (wide) {
            line.append(gap).append(Cells.right(received, COUNT_CELLS, more));
            line.append(gap).append(Cells.right(late, COUNT_CELLS, more));
        }
        line.append(gap).append(Cells.right(lossPct, COUNT_CELLS, more));
        if (veryWide) {
            line.append(gap).append(Cells.left(times, TIMES_CELLS, more));
        }
        return line.append(gap).append(Cells.cut(why, whyCells, more)).toString().stripTrailing();
    }
}
