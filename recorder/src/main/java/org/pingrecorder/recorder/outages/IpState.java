package org.pingrecorder.recorder.outages;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.samples.Cause;
import org.pingrecorder.recorder.samples.Hours;
import org.pingrecorder.recorder.samples.Samples;
import org.pingrecorder.wire.Outcome;

/**
 * Where one ip stands after a ping, and the rule that takes it from there to the next one. An
 * outage begins at the time of the first of three consecutive lost pings and ends at the next reply
 * or late reply. Pings that were not sent, and those lost while the client was cut off, neither
 * extend nor break the run; more than ten intervals without any ping end it at its last lost one.
 * The latter are a run of their own, which any other ping that was sent ends. Not thread-safe.
 */
public final class IpState {

    /** So many consecutive lost pings are an outage. */
    public static final int LOST_IN_A_ROW = 3;

    private static final int LONGEST_GAP_INTERVALS = 10;

    /** What counts as the interval of a ping on no timetable. */
    private static final long NO_TIMETABLE_MICROS = TimeUnit.SECONDS.toMicros(60);

    private static final int SILENT_INTERVALS = 3;
    private static final long SHORTEST_SILENCE_MICROS = TimeUnit.SECONDS.toMicros(10);

    /** The client's default timeout and grace; what it really uses is not told. */
    private static final long UNDECIDED_MICROS = TimeUnit.SECONDS.toMicros(5);

    private boolean empty = true;
    private long lastMicros;
    private Outcome lastOutcome = Outcome.MISSED;
    private int lastLatencyMicros = -1;
    private long intervalMicros;

    private int lostRun;
    private long lostSinceMicros;
    private long lostUntilMicros;
    private String lostCause = "";

    private int cutOffRun;
    private long cutOffSinceMicros;
    private long cutOffUntilMicros;

    private State state = State.UNKNOWN;
    private long stateSinceMicros;
    private @Nullable Long decidedMicros;

    /** Before the first ping. */
    public IpState() {}

    /** As a row of {@code ip_total} has it. */
    public static IpState read(ResultSet row) throws SQLException {
        IpState read = new IpState();
        read.empty = false;
        read.lastMicros = Hours.column(row, "last_at");
        read.lastOutcome = Outcome.ofText(row.getString("last_outcome")).orElseThrow();
        int latency = row.getInt("last_latency_us");
        read.lastLatencyMicros = row.wasNull() ? -1 : latency;
        read.intervalMicros = row.getLong("interval_us");
        read.lostRun = row.getInt("lost_run");
        if (read.lostRun > 0) {
            read.lostSinceMicros = Hours.column(row, "lost_since");
            read.lostUntilMicros = Hours.column(row, "lost_until");
            read.lostCause = row.getString("lost_cause");
        }
        read.cutOffRun = row.getInt("cut_off_run");
        if (read.cutOffRun > 0) {
            read.cutOffSinceMicros = Hours.column(row, "cut_off_since");
            read.cutOffUntilMicros = Hours.column(row, "cut_off_until");
        }
        read.state = State.ofText(row.getString("state"));
        read.stateSinceMicros = Hours.column(row, "state_since");
        read.decidedMicros =
                row.getObject("decided_at") == null ? null : Hours.column(row, "decided_at");
        return read;
    }

    /**
     * Takes the next ping, which must not be before the last one.
     *
     * @param ended takes the outages that it ends, if it does
     */
    public void add(Samples samples, int index, Consumer<Outage> ended) {
        long at = samples.atMicros(index);
        long interval = samples.intervalMicros(index);
        Outcome outcome = samples.outcome(index);
        endByGap(at, interval, ended);
        if (empty) {
            stateSinceMicros = at;
        }
        empty = false;
        lastMicros = at;
        lastOutcome = outcome;
        lastLatencyMicros = samples.latencyMicros(index);
        intervalMicros = interval;
        if (samples.isDecided(index)) {
            decidedMicros = at;
            endCutOff(at, false, ended);
            decide(samples, index, ended);
        } else if (samples.isCutOff(index)) {
            cutOffSinceMicros = cutOffRun == 0 ? at : cutOffSinceMicros;
            cutOffRun++;
            cutOffUntilMicros = at;
        }
    }

    private void decide(Samples samples, int index, Consumer<Outage> ended) {
        long at = samples.atMicros(index);
        Outcome outcome = samples.outcome(index);
        switch (outcome.counts()) {
            case RECEIVED, LATE -> {
                if (lostRun >= LOST_IN_A_ROW) {
                    ended.accept(new Outage(lostSinceMicros, at, lostRun, lostCause, false));
                }
                lostRun = 0;
                decide(outcome == Outcome.LATE ? State.LATE : State.UP, at);
            }
            case LOST -> {
                if (lostRun == 0) {
                    lostSinceMicros = at;
                    lostCause = cause(outcome, samples.extra(index).cause());
                }
                lostRun++;
                lostUntilMicros = at;
                if (lostRun < LOST_IN_A_ROW) {
                    decide(State.UP, at);
                } else {
                    decide(State.DOWN, lostSinceMicros);
                }
            }
            case NOT_SENT -> {}
        }
    }

    private void endByGap(long atMicros, long nextIntervalMicros, Consumer<Outage> ended) {
        if (lostRun + cutOffRun == 0
                || !isGap(lastMicros, intervalMicros, atMicros, nextIntervalMicros)) {
            return;
        }
        if (lostRun >= LOST_IN_A_ROW) {
            ended.accept(new Outage(lostSinceMicros, lostUntilMicros, lostRun, lostCause, true));
            decide(State.UP, atMicros);
        }
        lostRun = 0;
        endCutOff(cutOffUntilMicros, true, ended);
    }

    private void endCutOff(long endMicros, boolean byGap, Consumer<Outage> ended) {
        if (cutOffRun > 0) {
            ended.accept(
                    new Outage(cutOffSinceMicros, endMicros, cutOffRun, Outage.CUT_OFF, byGap));
            cutOffRun = 0;
        }
    }

    /**
     * Whether two pings, one after the other, have more than ten intervals between them: the longer
     * of both, so that a change of the interval is no gap.
     */
    public static boolean isGap(
            long atMicros, long intervalMicros, long nextAtMicros, long nextIntervalMicros) {
        long interval = Math.max(counted(intervalMicros), counted(nextIntervalMicros));
        return nextAtMicros - atMicros > LONGEST_GAP_INTERVALS * interval;
    }

    private static long counted(long intervalMicros) {
        return intervalMicros == 0 ? NO_TIMETABLE_MICROS : intervalMicros;
    }

    private void decide(State now, long sinceMicros) {
        if (state != now) {
            state = now;
            stateSinceMicros = sinceMicros;
        }
    }

    private static String cause(Outcome outcome, @Nullable Cause cause) {
        if (cause == null) {
            return outcome.text();
        }
        StringBuilder text = new StringBuilder(outcome.text());
        if (cause.type() >= 0) {
            text.append(" type ").append(cause.type());
        }
        if (cause.code() >= 0) {
            text.append(" code ").append(cause.code());
        }
        if (cause.from() != null) {
            text.append(" from ").append(cause.from());
        }
        if (cause.text() != null) {
            text.append(" (").append(cause.text()).append(')');
        }
        return text.toString();
    }

    /** The outage that it is in, and the one of its client being cut off, as far as there are. */
    public List<Outage> running() {
        List<Outage> running = new ArrayList<>(2);
        if (lostRun >= LOST_IN_A_ROW) {
            running.add(new Outage(lostSinceMicros, null, lostRun, lostCause, false));
        }
        if (cutOffRun > 0) {
            running.add(new Outage(cutOffSinceMicros, null, cutOffRun, Outage.CUT_OFF, false));
        }
        return running;
    }

    /** The same, if nothing follows any more: a gap ended each at its last lost ping. */
    public List<Outage> runningUntilGap() {
        return running().stream()
                .map(
                        one ->
                                new Outage(
                                        one.startedMicros(),
                                        one.isCutOff() ? cutOffUntilMicros : lostUntilMicros,
                                        one.lost(),
                                        one.cause(),
                                        true))
                .toList();
    }

    /** Whether no ping was added. */
    public boolean isEmpty() {
        return empty;
    }

    /** Time of the last ping. */
    public long lastMicros() {
        return lastMicros;
    }

    public Outcome lastOutcome() {
        return lastOutcome;
    }

    /** Latency of the last ping; -1 if it has none. */
    public int lastLatencyMicros() {
        return lastLatencyMicros;
    }

    /** Interval of the timetable at the last ping; 0 if it is on none. */
    public long intervalMicros() {
        return intervalMicros;
    }

    /** Consecutive lost pings up to now. */
    public int lostRun() {
        return lostRun;
    }

    /** Time of the first of the consecutive lost pings; null if there is none. */
    public @Nullable Long lostSinceMicros() {
        return lostRun == 0 ? null : lostSinceMicros;
    }

    /** Time of the last of the consecutive lost pings; null if there is none. */
    public @Nullable Long lostUntilMicros() {
        return lostRun == 0 ? null : lostUntilMicros;
    }

    /** What the first of the consecutive lost pings met; null if there is none. */
    public @Nullable String lostCause() {
        return lostRun == 0 ? null : lostCause;
    }

    /** Consecutive pings up to now that were lost while the client was cut off. */
    public int cutOffRun() {
        return cutOffRun;
    }

    /** Time of the first of those; null if there is none. */
    public @Nullable Long cutOffSinceMicros() {
        return cutOffRun == 0 ? null : cutOffSinceMicros;
    }

    /** Time of the last of those; null if there is none. */
    public @Nullable Long cutOffUntilMicros() {
        return cutOffRun == 0 ? null : cutOffUntilMicros;
    }

    /** The state at its last ping; unknown only if none was ever sent. */
    public State state() {
        return state;
    }

    /** Time of the ping that changed the state to what it is. */
    public long stateSinceMicros() {
        return stateSinceMicros;
    }

    /** Sets when the state became what it is, where that was before the pings that were added. */
    public void setStateSinceMicros(long sinceMicros) {
        stateSinceMicros = sinceMicros;
    }

    /** Time of the last ping that says something of the ip; null if there is none. */
    public @Nullable Long decidedMicros() {
        return decidedMicros;
    }

    /**
     * From when on the state is unknown, if no further ping is decided: three intervals, at least
     * 10 s, and the time it takes to decide a ping after the last one that was sent.
     */
    public long unknownFromMicros() {
        return decidedMicros == null
                ? Long.MIN_VALUE
                : decidedMicros
                        + Math.max(
                                SILENT_INTERVALS * counted(intervalMicros), SHORTEST_SILENCE_MICROS)
                        + UNDECIDED_MICROS;
    }

    /** The state at a time, by the pings that were added. */
    public State stateAt(long nowMicros) {
        return nowMicros >= unknownFromMicros() ? State.UNKNOWN : state;
    }
}
