package org.pingrecorder.recorder.packing;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.outages.IpState;
import org.pingrecorder.recorder.outages.Outage;
import org.pingrecorder.recorder.outages.State;
import org.pingrecorder.recorder.packing.PackedPings.TooManyException;
import org.pingrecorder.recorder.samples.Hours;
import org.pingrecorder.recorder.samples.Samples;

/**
 * Works outages out anew where pings came that lie before ones already packed: from a ping before
 * them at which no run of lost pings goes on, to the first reply after them, where none does
 * either. What lies before and after stays as it is.
 */
final class LatePings {

    private static final long FOR_EVER = Hours.micros(Instant.parse("9999-12-31T00:00:00Z"));

    /** Looking back, so much is read at a time: what comes before the last reply is not needed. */
    private static final long LONGEST_LOOK_MICROS = 4 * Hours.HOUR_MICROS;

    private final Connection connection;
    private final String client;
    private final IpTotal total;
    private final PackedPings pings;

    /** Of all outages of the span, these are the ones that have ended. */
    record Result(OutageRows.Span span, List<Outage> ended, boolean reachesTheEnd) {}

    /**
     * Makes it.
     *
     * @param total as it was before the pings of this transaction
     * @param pings with those of this transaction
     */
    LatePings(Connection connection, String client, IpTotal total, PackedPings pings) {
        this.connection = connection;
        this.client = client;
        this.total = total;
        this.pings = pings;
    }

    /**
     * Works them out, and sets the total's state if the span reaches to its end: then it includes
     * all pings of this transaction, else none that is not before the old last one.
     *
     * @param first time of the first ping that came late
     * @param last time of the last one
     * @param firstMicros time of the first ping of all
     * @param endMicros after the last ping of all
     * @throws TooManyException if too much would have to be read; nothing is changed then
     */
    Result workOut(long first, long last, long firstMicros, long endMicros)
            throws SQLException, TooManyException {
        long start = quietBefore(first, firstMicros);
        Pass pass = new Pass(last, total.state.lastMicros());
        pings.forEach(start, endMicros, pass);
        correctState(pass, start, firstMicros, endMicros);
        long to = pass.stopped ? pass.lastMicros : FOR_EVER;
        return new Result(new OutageRows.Span(total.ipId, start, to), pass.ended, !pass.stopped);
    }

    /**
     * The time of a ping before the given one (or the first ping) where no run of lost pings goes
     * on: a reply, or the first lost one of a run. Looks back slice by slice, then by a few hours,
     * but never beyond the beginning of a stored outage: before a reply there is none, so whoever
     * finds none is in that outage.
     */
    private long quietBefore(long beforeMicros, long firstMicros)
            throws SQLException, TooManyException {
        long end = beforeMicros;
        long width = Hours.SLICE_MICROS;
        long from = Math.max(firstMicros, Hours.floor(end, Hours.SLICE_MICROS));
        long earliest = firstMicros;
        for (boolean asked = false; end > firstMicros; ) {
            LastReply reply = new LastReply();
            pings.forEach(from, end, reply);
            if (reply.found) {
                return reply.atMicros;
            }
            if (!asked) {
                // One that lasts for weeks need not be read from before its start.
                OptionalLong start =
                        OutageRows.startBefore(connection, client, total.ipId, beforeMicros);
                earliest = Math.max(earliest, start.orElse(earliest));
                asked = true;
            }
            if (from <= earliest) {
                return earliest;
            }
            end = from;
            from = Math.max(earliest, from - width);
            width = Math.min(width * 2, LONGEST_LOOK_MICROS);
        }
        return firstMicros;
    }

    /** Finds the last reply of a span. */
    private static final class LastReply implements PackedPings.Visitor {
        private boolean found;
        private long atMicros;

        @Override
        public boolean visit(Samples samples, int index) {
            if (samples.outcome(index).hasLatency()) {
                found = true;
                atMicros = samples.atMicros(index);
            }
            return true;
        }
    }

    /** Runs the rule, until a reply after the late pings ends what they can touch. */
    private static final class Pass implements PackedPings.Visitor {

        private final long lateMicros;
        private final long oldLastMicros;
        private final IpState state = new IpState();
        private final List<Outage> ended = new ArrayList<>();
        private @Nullable Long firstDecidedMicros;
        private boolean mayStop;
        private boolean stopped;
        private long lastMicros;

        Pass(long lateMicros, long oldLastMicros) {
            this.lateMicros = lateMicros;
            this.oldLastMicros = oldLastMicros;
        }

        @Override
        public boolean visit(Samples samples, int index) {
            long at = samples.atMicros(index);
            if (mayStop && at > lastMicros) {
                stopped = true;
                return false;
            }
            state.add(samples, index, ended::add);
            if (firstDecidedMicros == null && samples.isDecided(index)) {
                firstDecidedMicros = at;
            }
            lastMicros = at;
            mayStop = samples.outcome(index).hasLatency() && at > lateMicros && at <= oldLastMicros;
            return true;
        }

        /** Whether it saw the state become what it is. */
        boolean knowsSince() {
            return state.state() == State.DOWN
                    || (firstDecidedMicros != null
                            && state.stateSinceMicros() > firstDecidedMicros);
        }
    }

    private void correctState(Pass pass, long start, long firstMicros, long endMicros)
            throws SQLException, TooManyException {
        IpState old = total.state;
        if (pass.stopped && old.stateSinceMicros() > pass.lastMicros) {
            return; // it changed after what was worked out anew
        }
        long since;
        if (pass.knowsSince() || start <= firstMicros) {
            since = pass.state.stateSinceMicros();
        } else if (old.stateSinceMicros() <= start && old.state() == pass.state.state()) {
            since = old.stateSinceMicros();
        } else {
            since = lookBack(start, firstMicros, pass.stopped ? pass.lastMicros + 1 : endMicros);
        }
        if (!pass.stopped) {
            total.state = pass.state;
        }
        total.state.setStateSinceMicros(since);
    }

    /** Since when the state is what it is before a time. Rare, and costs what it reads. */
    private long lookBack(long start, long firstMicros, long endMicros)
            throws SQLException, TooManyException {
        for (long width = Hours.HOUR_MICROS; ; width *= 2) {
            long from = Math.max(firstMicros, start - width);
            Pass pass = new Pass(Long.MAX_VALUE, 0);
            boolean whole = from == firstMicros;
            pings.forEach(
                    from,
                    endMicros,
                    (samples, index) -> {
                        // Before its first reply a run may go on that began before the span.
                        boolean begun =
                                whole
                                        || pass.firstDecidedMicros != null
                                        || samples.outcome(index).hasLatency();
                        return !begun || pass.visit(samples, index);
                    });
            if (whole || pass.knowsSince()) {
                return pass.state.stateSinceMicros();
            }
        }
    }
}
