package org.pingrecorder.agent.batch;

import java.util.Arrays;
import java.util.LongSummaryStatistics;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.agent.timetable.PingResult;
import org.pingrecorder.agent.timetable.PingedIp;
import org.pingrecorder.icmp.EchoTarget;
import org.pingrecorder.wire.Outcome;

/**
 * Decided pings in the order of their decisions: a row each over growing arrays, about 50 bytes and
 * no object a ping. For one thread at a time.
 */
public final class PingRows {

    private static final int FIRST_CAPACITY = 256;

    /** A ping that leaves within this of its slot leaves in it. */
    private static final long SLIP_NANOS = 1_000_000;

    /** A duplicate follows its ping closely, and a flood of them must not hold pings up. */
    private static final int MOST_SEARCHED = 1_000;

    private int size;
    @Nullable PingedIp[] ips = new @Nullable PingedIp[FIRST_CAPACITY];
    @Nullable EchoTarget[] targets = new @Nullable EchoTarget[FIRST_CAPACITY];
    long[] epochMicros = new long[FIRST_CAPACITY];
    int[] clockSteps = new int[FIRST_CAPACITY];
    int[] latencyMicros = new int[FIRST_CAPACITY];
    Outcome[] outcomes = new Outcome[FIRST_CAPACITY];
    short[] ttl = new short[FIRST_CAPACITY];
    short[] errorType = new short[FIRST_CAPACITY];
    short[] errorCode = new short[FIRST_CAPACITY];
    @Nullable String[] detail = new @Nullable String[FIRST_CAPACITY];
    int[] duplicates = new int[FIRST_CAPACITY];
    int[] slipMicros = new int[FIRST_CAPACITY];
    boolean[] cutOff = new boolean[FIRST_CAPACITY];

    public int size() {
        return size;
    }

    /** Forgets all rows, and keeps the room. */
    public void clear() {
        Arrays.fill(ips, 0, size, null);
        Arrays.fill(targets, 0, size, null);
        Arrays.fill(detail, 0, size, null);
        size = 0;
    }

    /** Adds a row that is not lost because this client was cut off. */
    public void add(PingResult ping) {
        add(ping, false);
    }

    /**
     * Adds a row.
     *
     * @param isCutOff whether it is lost because this client was cut off
     */
    public void add(PingResult ping, boolean isCutOff) {
        if (size == epochMicros.length) {
            grow();
        }
        int row = size++;
        ips[row] = ping.ip();
        targets[row] = ping.target();
        epochMicros[row] = ping.plannedEpochMicros();
        clockSteps[row] = ping.clockSteps();
        latencyMicros[row] = (int) ping.latencyMicros();
        outcomes[row] = ping.outcome();
        ttl[row] = (short) ping.ttl();
        errorType[row] = (short) ping.errorType();
        errorCode[row] = (short) ping.errorCode();
        detail[row] = ping.outcome() == Outcome.UNREACHABLE ? ping.errorFrom() : ping.cause();
        duplicates[row] = 0;
        slipMicros[row] = ping.slipNanos() > SLIP_NANOS ? (int) (ping.slipNanos() / 1_000) : 0;
        cutOff[row] = isCutOff;
    }

    /**
     * Adds a row of another's.
     *
     * @param isCutOff whether it is lost because this client was cut off
     */
    public void add(PingRows other, int from, boolean isCutOff) {
        if (size == epochMicros.length) {
            grow();
        }
        int row = size++;
        ips[row] = other.ips[from];
        targets[row] = other.targets[from];
        epochMicros[row] = other.epochMicros[from];
        clockSteps[row] = other.clockSteps[from];
        latencyMicros[row] = other.latencyMicros[from];
        outcomes[row] = other.outcomes[from];
        ttl[row] = other.ttl[from];
        errorType[row] = other.errorType[from];
        errorCode[row] = other.errorCode[from];
        detail[row] = other.detail[from];
        duplicates[row] = other.duplicates[from];
        slipMicros[row] = other.slipMicros[from];
        cutOff[row] = isCutOff;
    }

    /** After how many steps of the clock a ping was planned. */
    public int clockSteps(int row) {
        return clockSteps[row];
    }

    /** The fewest steps of the clock that came before any of these pings was planned. */
    public int fewestClockSteps(int most) {
        int fewest = most;
        for (int row = 0; row < size; row++) {
            fewest = Math.min(fewest, clockSteps[row]);
        }
        return fewest;
    }

    /** How many of these rows were planned after so many steps of the clock. */
    public int count(int steps, int from, int to) {
        return (int) rows(from, to).filter(row -> clockSteps[row] == steps).count();
    }

    private static IntStream rows(int from, int to) {
        return IntStream.range(from, to);
    }

    /** The time of all pings, as one in which they were dropped; there must be some. */
    public Gap asGap() {
        return asGap(rows(0, size));
    }

    /** The same of those that {@link #count} counts. */
    public Gap asGap(int steps, int from, int to) {
        return asGap(rows(from, to).filter(row -> clockSteps[row] == steps));
    }

    private Gap asGap(IntStream rows) {
        LongSummaryStatistics micros = rows.mapToLong(row -> epochMicros[row]).summaryStatistics();
        return Gap.ofAll(micros.getMin(), micros.getMax() + 1, Gap.Reason.DROPPED);
    }

    /**
     * Counts a duplicate on its ping.
     *
     * @return false if that is not among the newest thousand
     */
    public boolean duplicate(PingedIp ip, long plannedEpochMicros) {
        for (int row = size - 1; row >= Math.max(0, size - MOST_SEARCHED); row--) {
            if (epochMicros[row] == plannedEpochMicros && ip.equals(ips[row])) {
                duplicates[row]++;
                return true;
            }
        }
        return false;
    }

    private void grow() {
        int more = size * 2;
        ips = Arrays.copyOf(ips, more);
        targets = Arrays.copyOf(targets, more);
        epochMicros = Arrays.copyOf(epochMicros, more);
        clockSteps = Arrays.copyOf(clockSteps, more);
        latencyMicros = Arrays.copyOf(latencyMicros, more);
        outcomes = Arrays.copyOf(outcomes, more);
        ttl = Arrays.copyOf(ttl, more);
        errorType = Arrays.copyOf(errorType, more);
        errorCode = Arrays.copyOf(errorCode, more);
        detail = Arrays.copyOf(detail, more);
        duplicates = Arrays.copyOf(duplicates, more);
        slipMicros = Arrays.copyOf(slipMicros, more);
        cutOff = Arrays.copyOf(cutOff, more);
    }
}
