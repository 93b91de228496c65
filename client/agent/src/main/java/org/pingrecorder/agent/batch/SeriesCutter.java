package org.pingrecorder.agent.batch;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.agent.timetable.PingedIp;
import org.pingrecorder.icmp.EchoTarget;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.Outcome;

/**
 * Cuts rows into series: the consecutive slots of one ip at one address. A slot that is not among
 * the rows ends its series; nothing waits for it. For one thread.
 */
public final class SeriesCutter {

    /** An ip seen before, so that nothing has to be made anew for each of its pings. */
    private static final class Known {
        private final BatchIp ip;
        private final boolean named;
        private int order;
        private @Nullable EchoTarget target;
        private @Nullable String address;

        Known(PingedIp pinged, int order) {
            this.ip = BatchIp.of(pinged);
            this.named = pinged.address().kind() == Address.Kind.NAME;
            this.order = order;
        }

        /** The address really used; an ip that is an address says it already. */
        @Nullable String address(@Nullable EchoTarget used) {
            if (!named || used == null) {
                return null;
            }
            if (!used.equals(target)) {
                target = used;
                address = used.toString();
            }
            return address;
        }
    }

    private final Map<PingedIp, Known> known = new HashMap<>();
    private final Series series = new Series();
    private long[] order = new long[0];

    /** Takes the series one by one. */
    @FunctionalInterface
    public interface Taker {
        /** Takes one, which is valid during the call only. */
        void take(Series series);
    }

    /**
     * Cuts some rows.
     *
     * @param from the first row
     * @param to after the last row
     * @param clockSteps only rows planned after so many steps of the clock
     */
    public void cut(PingRows rows, int from, int to, int clockSteps, Taker taker) {
        int count = sort(rows, from, to, clockSteps);
        @Nullable Known whose = null;
        long nextMicros = 0;
        for (int i = 0; i < count; i++) {
            int row = (int) order[i];
            Known ip = known(rows, row);
            @Nullable String address = ip.address(rows.targets[row]);
            boolean goesOn =
                    ip.equals(whose)
                            && rows.epochMicros[row] == nextMicros
                            && (rows.targets[row] == null
                                    || Objects.equals(address, series.address));
            if (!goesOn) {
                if (whose != null) {
                    taker.take(series);
                }
                series.start(ip.ip, address, rows.epochMicros[row]);
                whose = ip;
            }
            add(rows, row);
            nextMicros = rows.epochMicros[row] + ip.ip.intervalMicros();
        }
        if (whose != null) {
            taker.take(series);
        }
    }

    private void add(PingRows rows, int row) {
        int index = series.add(rows.outcomes[row], rows.latencyMicros[row]);
        series.ttl[index] = rows.ttl[row];
        series.errorType[index] = rows.errorType[row];
        series.errorCode[index] = rows.errorCode[row];
        series.detail[index] = rows.detail[row];
        series.duplicates[index] = rows.duplicates[row];
        series.slipMicros[index] = rows.slipMicros[row];
        series.cutOff[index] = rows.cutOff[row];
    }

    /** By ip, and of each ip by time: returns how many rows are in order now. */
    private int sort(PingRows rows, int from, int to, int clockSteps) {
        if (order.length < to - from) {
            order = new long[to - from];
        }
        forgetStrangers(to - from);
        int count = 0;
        for (int row = from; row < to; row++) {
            if (rows.clockSteps[row] == clockSteps) {
                order[count++] = (long) known(rows, row).order << 32 | row;
            }
        }
        Arrays.sort(order, 0, count);
        // Rows of one ip are nearly in order: a lost ping is decided after later ones.
        for (int i = 1; i < count; i++) {
            long moved = order[i];
            int at = i;
            while (at > 0
                    && order[at - 1] >>> 32 == moved >>> 32
                    && rows.epochMicros[(int) order[at - 1]] > rows.epochMicros[(int) moved]) {
                order[at] = order[at - 1];
                at--;
            }
            order[at] = moved;
        }
        return count;
    }

    private Known known(PingRows rows, int row) {
        PingedIp pinged = Objects.requireNonNull(rows.ips[row]);
        Known found = known.get(pinged);
        if (found == null) {
            found = new Known(pinged, known.size());
            known.put(pinged, found);
        }
        return found;
    }

    /** Targets come and go. */
    private void forgetStrangers(int rows) {
        if (known.size() > MOST_KNOWN + 2 * rows) {
            known.clear();
        }
    }

    private static final int MOST_KNOWN = 100_000;

    /** What a single ping on no timetable is. */
    public static Series single(BatchIp ip, long epochMicros, Outcome outcome, int latencyMicros) {
        Series series = new Series();
        series.start(ip, null, epochMicros);
        series.add(outcome, latencyMicros);
        return series;
    }
}
