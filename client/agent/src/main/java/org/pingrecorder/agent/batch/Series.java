package org.pingrecorder.agent.batch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.Outcome;

/**
 * Consecutive pings of one ip, an interval apart. One object is filled again and again. For one
 * thread.
 */
public final class Series {

    /** A number that is not known. */
    static final int NONE = -1;

    private static final int FIRST_CAPACITY = 16;

    @Nullable BatchIp ip;
    @Nullable String address;
    long startMicros;
    int count;
    int[] latencyMicros = new int[FIRST_CAPACITY];
    Outcome[] outcomes = new Outcome[FIRST_CAPACITY];
    int[] ttl = new int[FIRST_CAPACITY];
    int[] errorType = new int[FIRST_CAPACITY];
    int[] errorCode = new int[FIRST_CAPACITY];

    /** Who reported an unreachable, or why a ping was not sent. */
    @Nullable String[] detail = new @Nullable String[FIRST_CAPACITY];

    int[] duplicates = new int[FIRST_CAPACITY];

    /** 0 where the ping left in its slot. */
    int[] slipMicros = new int[FIRST_CAPACITY];

    /** Whether it is lost because the client was cut off. */
    boolean[] cutOff = new boolean[FIRST_CAPACITY];

    /** A series of no pings yet. */
    public void start(BatchIp whose, @Nullable String usedAddress, long fromMicros) {
        ip = whose;
        address = usedAddress;
        startMicros = fromMicros;
        count = 0;
    }

    /** Adds a ping of which nothing else is known; returns its index. */
    public int add(Outcome outcome, int latency) {
        if (count == latencyMicros.length) {
            grow();
        }
        latencyMicros[count] = latency;
        outcomes[count] = outcome;
        ttl[count] = NONE;
        errorType[count] = NONE;
        errorCode[count] = NONE;
        detail[count] = null;
        duplicates[count] = 0;
        slipMicros[count] = 0;
        cutOff[count] = false;
        return count++;
    }

    private void grow() {
        int more = count * 2;
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

    /** Whose pings. */
    public BatchIp ip() {
        if (ip == null) {
            throw new IllegalStateException("read before it was started");
        }
        return ip;
    }

    public int count() {
        return count;
    }

    /** Planned time of a ping, in microseconds since the Unix epoch. */
    public long epochMicros(int index) {
        return startMicros + index * ip().intervalMicros();
    }

    public Outcome outcome(int index) {
        return outcomes[index];
    }

    /** -1 unless there was a reply. */
    public int latencyMicros(int index) {
        return latencyMicros[index];
    }

    /** Whether the outcome is the one that the latency alone stands for. */
    boolean isUsual(int index) {
        return outcomes[index] == usual(latencyMicros[index]);
    }

    static Outcome usual(int latencyMicros) {
        return latencyMicros < 0 ? Outcome.TIMEOUT : Outcome.REPLY;
    }
}
