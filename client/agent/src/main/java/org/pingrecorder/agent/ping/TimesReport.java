package org.pingrecorder.agent.ping;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import org.pingrecorder.oneoff.PingEvent;

/**
 * A line a ping, and at the end a line a host with the time of each of its pings in the order they
 * were sent, in milliseconds: {@code -} for one that was lost, {@code !} for one that was not sent,
 * {@code ?} for one not decided, and an {@code L} after the time of a late one.
 */
final class TimesReport implements PingReport {

    private static final int UNDECIDED = -1;
    private static final int LOST = -2;
    private static final int NOT_SENT = -3;

    private final PingReport lines;
    private final Output out;
    private final int count;

    /** Per ping one of the above, or twice its latency in microseconds, plus one if late. */
    private final IdentityHashMap<HostTally, int[]> times = new IdentityHashMap<>();

    /**
     * A report of so many pings per host.
     *
     * @param lines tells each ping as it comes
     */
    TimesReport(Output out, PingReport lines, int count) {
        this.out = out;
        this.lines = lines;
        this.count = count;
    }

    @Override
    public void ping(HostTally host, PingEvent.Decided ping) {
        int[] ofHost = times.computeIfAbsent(host, _ -> undecided());
        ofHost[(int) ping.seq()] =
                switch (ping.outcome()) {
                    case REPLY -> (int) Math.round(ping.latencyNanos() / 1e3) * 2;
                    case LATE -> (int) Math.round(ping.latencyNanos() / 1e3) * 2 + 1;
                    case TIMEOUT, UNREACHABLE -> LOST;
                    case SEND_ERROR, RESOLVE_ERROR, MISSED -> NOT_SENT;
                };
        lines.ping(host, ping);
    }

    private int[] undecided() {
        int[] none = new int[count];
        Arrays.fill(none, UNDECIDED);
        return none;
    }

    @Override
    public void duplicate(HostTally host, PingEvent.Duplicate duplicate) {
        lines.duplicate(host, duplicate);
    }

    @Override
    public void summary(List<HostTally> hosts) {
        int width = hosts.stream().mapToInt(h -> h.host().label().length()).max().orElse(1);
        for (HostTally host : hosts) {
            StringBuilder line = new StringBuilder(host.host().label());
            line.repeat(' ', width - line.length()).append(" :");
            for (int time : times.getOrDefault(host, new int[0])) {
                line.append(' ').append(text(time));
            }
            out.text(line.append('\n').toString(), TextPingReport::notice);
        }
    }

    private static String text(int time) {
        return switch (time) {
            case UNDECIDED -> "?";
            case LOST -> "-";
            case NOT_SENT -> "!";
            default ->
                    String.format(Locale.ROOT, "%.3f", (time >> 1) / 1_000.0)
                            + (time % 2 == 1 ? "L" : "");
        };
    }
}
