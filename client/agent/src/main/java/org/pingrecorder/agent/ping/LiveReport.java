package org.pingrecorder.agent.ping;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.pingrecorder.oneoff.PingEvent;
import org.pingrecorder.wire.Outcome;

/** A screen redrawn in place while the run goes on, and the summary when it is over. */
final class LiveReport implements PingReport {

    private static final long REDRAW_NANOS = 250_000_000;
    private static final long ASK_SIZE_NANOS = 1_000_000_000;

    /** Redraws over which the rate is taken. */
    private static final int RATE_REDRAWS = 12;

    private static final String HOME = "\033[H";
    private static final String CLEAR_LINE = "\033[K";
    private static final String CLEAR_BELOW = "\033[J";

    private final Output out;
    private final Terminal terminal;
    private final LiveView view;
    private final OwnFaults ownFaults = new OwnFaults();
    private final Deque<RunState> lately = new ArrayDeque<>();
    private Terminal.Size size;
    private long askedSizeNanos;
    private long drawnNanos;
    private volatile boolean entered;

    /**
     * The report of one run.
     *
     * @param view what a screen looks like
     */
    LiveReport(Output out, Terminal terminal, LiveView view) {
        this.out = out;
        this.terminal = terminal;
        this.view = view;
        this.size = terminal.size();
    }

    @Override
    public void ping(HostTally host, PingEvent.Decided ping) {
        ownFaults.add(ping.outcome(), ping.slipNanos(), 1);
    }

    @Override
    public void leftOut(long results) {
        ownFaults.add(Outcome.MISSED, 0, results);
    }

    @Override
    public void tick(RunState state) {
        if (!entered) {
            entered = true;
            askedSizeNanos = state.nowNanos();
            drawnNanos = state.nowNanos() - REDRAW_NANOS;
            out.text(Terminal.ENTER, _ -> "");
        }
        if (state.nowNanos() - askedSizeNanos >= ASK_SIZE_NANOS) {
            askedSizeNanos = state.nowNanos();
            size = terminal.size();
        }
        if (state.nowNanos() - drawnNanos >= REDRAW_NANOS && out.frame(frame(state))) {
            drawnNanos = state.nowNanos();
        }
    }

    private String frame(RunState state) {
        lately.addLast(state);
        if (lately.size() > RATE_REDRAWS) {
            lately.removeFirst();
        }
        StringBuilder frame = new StringBuilder(HOME);
        List<LiveView.Line> lines =
                view.lines(state, perSecond(), ownFaults, size.columns(), size.lines());
        for (int i = 0; i < lines.size(); i++) {
            // Cleared first: behind a full line the cursor still stands on its last character.
            frame.append(i == 0 ? "" : "\r\n").append(CLEAR_LINE).append(styled(lines.get(i)));
        }
        return lines.size() < size.lines()
                ? frame.append("\r\n").append(CLEAR_BELOW).toString()
                : frame.toString();
    }

    private double perSecond() {
        RunState first = lately.getFirst();
        RunState last = lately.getLast();
        double seconds = (last.nowNanos() - first.nowNanos()) / 1e9;
        return seconds == 0 ? 0 : (last.packetsSent() - first.packetsSent()) / seconds;
    }

    private String styled(LiveView.Line line) {
        String on =
                switch (line.style()) {
                    case PLAIN -> "";
                    case HEADING -> "\033[1m";
                    case FAILING -> "\033[31m";
                    case LATE -> "\033[33m";
                };
        return terminal.wantsColour() && !on.isEmpty() ? on + line.text() + "\033[0m" : line.text();
    }

    @Override
    public void restoreTerminal() {
        if (entered) {
            entered = false;
            out.text(Terminal.LEAVE, _ -> "");
        }
    }

    @Override
    public void summary(List<HostTally> hosts) {
        restoreTerminal();
        boolean fits = hosts.size() <= size.lines();
        out.text(fits ? SummaryText.of(hosts) : SummaryText.ofFailures(hosts), _ -> "");
    }
}
