package org.pingrecorder.agent.batch;

import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.Outcome;

/**
 * Writes one batch as bytes: some nine a ping, where each is a series of its own, and three in long
 * series. In order: the header, new entries of the dictionary, series, gaps, ips that begin to be
 * pinged, and measurements, if there are any. Of a series: the ip's number, as the difference to
 * the one before; flags; its start, relative to the sealing; what the flags say; latencies in
 * microseconds, one more, 0 for none; and for each kind of exception how many there are and where.
 * For one thread, used again and again.
 */
public final class BatchEncoder {

    /** Their places are their codes on disk, which never change. */
    static final List<Outcome> OUTCOME_CODES =
            List.of(
                    Outcome.REPLY,
                    Outcome.LATE,
                    Outcome.TIMEOUT,
                    Outcome.UNREACHABLE,
                    Outcome.SEND_ERROR,
                    Outcome.RESOLVE_ERROR,
                    Outcome.MISSED);

    static final List<Gap.Reason> REASON_CODES =
            List.of(
                    Gap.Reason.DROPPED,
                    Gap.Reason.STOPPED,
                    Gap.Reason.NOT_RUNNING,
                    Gap.Reason.PAUSED,
                    Gap.Reason.WAS_STOPPED);

    static final int MANY = 1;
    static final int ADDRESS = 2;
    static final int OUTCOMES = 4;
    static final int TTL = 8;
    static final int TTL_CHANGES = 16;
    static final int DUPLICATES = 32;
    static final int SLIPS = 64;
    static final int CUT_OFF = 128;

    /** What the recorder takes of a cause. */
    private static final int MOST_CAUSE_CHARS = 200;

    private final ByteWriter body = new ByteWriter();
    private final ByteWriter series = new ByteWriter();
    private final ByteWriter gaps = new ByteWriter();
    private final ByteWriter running = new ByteWriter();
    private final ByteWriter measured = new ByteWriter();
    private WriteDictionary dictionary = new WriteDictionary();
    private long sealedMicros;
    private int seriesCount;
    private int gapCount;
    private int runningCount;
    private int measuredCount;
    private int lastIp;
    private int pings;
    private long firstMicros;
    private long lastMicros;

    /**
     * Begins a batch.
     *
     * @param of the segment that it goes to
     */
    public void begin(WriteDictionary of, long sealedAtMicros) {
        dictionary = of;
        sealedMicros = sealedAtMicros;
        series.clear();
        gaps.clear();
        running.clear();
        measured.clear();
        seriesCount = 0;
        gapCount = 0;
        runningCount = 0;
        measuredCount = 0;
        lastIp = 0;
        pings = 0;
        firstMicros = Long.MAX_VALUE;
        lastMicros = Long.MIN_VALUE;
    }

    /** Adds a series of at least one ping. */
    public void add(Series s) {
        int ttl = firstTtl(s);
        int flags =
                (s.count > 1 ? MANY : 0)
                        | (s.address != null ? ADDRESS : 0)
                        | (count(s, i -> !s.isUsual(i)) > 0 ? OUTCOMES : 0)
                        | (ttl >= 0 ? TTL : 0)
                        | (ttlChanges(s, ttl, false) > 0 ? TTL_CHANGES : 0)
                        | (count(s, i -> s.duplicates[i] > 0) > 0 ? DUPLICATES : 0)
                        | (count(s, i -> s.slipMicros[i] > 0) > 0 ? SLIPS : 0)
                        | (count(s, i -> s.cutOff[i]) > 0 ? CUT_OFF : 0);
        int ip = dictionary.ip(s.ip());
        series.signed(ip - lastIp);
        lastIp = ip;
        series.octet(flags);
        series.signed(s.startMicros - sealedMicros);
        if ((flags & MANY) != 0) {
            series.unsigned(s.count);
        }
        if ((flags & ADDRESS) != 0) {
            series.unsigned(dictionary.textOrNone(s.address));
        }
        for (int i = 0; i < s.count; i++) {
            series.unsigned(s.latencyMicros[i] + 1L);
        }
        if ((flags & OUTCOMES) != 0) {
            addOutcomes(s);
        }
        if ((flags & TTL) != 0) {
            series.octet(ttl);
        }
        if ((flags & TTL_CHANGES) != 0) {
            series.unsigned(ttlChanges(s, ttl, false));
            ttlChanges(s, ttl, true);
        }
        if ((flags & DUPLICATES) != 0) {
            addNumbers(s, s.duplicates);
        }
        if ((flags & SLIPS) != 0) {
            addNumbers(s, s.slipMicros);
        }
        if ((flags & CUT_OFF) != 0) {
            addCutOff(s);
        }
        seriesCount++;
        pings += s.count;
        firstMicros = Math.min(firstMicros, s.startMicros);
        lastMicros = Math.max(lastMicros, s.epochMicros(s.count - 1));
    }

    private static int count(Series s, IntPredicate which) {
        int found = 0;
        for (int i = 0; i < s.count; i++) {
            found += which.test(i) ? 1 : 0;
        }
        return found;
    }

    private static int firstTtl(Series s) {
        for (int i = 0; i < s.count; i++) {
            if (s.ttl[i] >= 0) {
                return s.ttl[i];
            }
        }
        return Series.NONE;
    }

    private int ttlChanges(Series s, int first, boolean write) {
        int ttl = first;
        int changes = 0;
        for (int i = 0; i < s.count; i++) {
            if (s.ttl[i] >= 0 && s.ttl[i] != ttl) {
                ttl = s.ttl[i];
                changes++;
                if (write) {
                    series.unsigned(i);
                    series.octet(ttl);
                }
            }
        }
        return changes;
    }

    private void addOutcomes(Series s) {
        series.unsigned(count(s, i -> !s.isUsual(i)));
        for (int i = 0; i < s.count; i++) {
            if (!s.isUsual(i)) {
                series.unsigned(i);
                series.octet(OUTCOME_CODES.indexOf(s.outcomes[i]));
                if (s.outcomes[i] == Outcome.UNREACHABLE) {
                    series.unsigned(s.errorType[i] + 1L);
                    series.unsigned(s.errorCode[i] + 1L);
                }
                series.unsigned(dictionary.textOrNone(cut(s.detail[i])));
            }
        }
    }

    private static @Nullable String cut(@Nullable String text) {
        return text == null || text.length() <= MOST_CAUSE_CHARS
                ? text
                : text.substring(0, MOST_CAUSE_CHARS);
    }

    private void addNumbers(Series s, int[] numbers) {
        series.unsigned(count(s, i -> numbers[i] > 0));
        for (int i = 0; i < s.count; i++) {
            if (numbers[i] > 0) {
                series.unsigned(i);
                series.unsigned(numbers[i]);
            }
        }
    }

    private void addCutOff(Series s) {
        series.unsigned(count(s, i -> s.cutOff[i]));
        for (int i = 0; i < s.count; i++) {
            if (s.cutOff[i]) {
                series.unsigned(i);
            }
        }
    }

    /** Adds a gap. */
    public void add(Gap gap) {
        gaps.unsigned(gap.ip() == null ? 0 : dictionary.ip(gap.ip()) + 1L);
        gaps.signed(gap.fromMicros());
        gaps.signed(gap.toMicros());
        gaps.octet(REASON_CODES.indexOf(gap.reason()));
        gapCount++;
    }

    /** Adds an ip that begins to be pinged. */
    public void add(Running begun) {
        running.unsigned(dictionary.ip(begun.ip()));
        running.signed(begun.fromMicros());
        runningCount++;
    }

    /**
     * Adds what was measured of the host; a value's bits are turned, so that round ones are short.
     */
    public void add(Measurement measurement) {
        measured.signed(measurement.atMicros() - sealedMicros);
        measured.unsigned(measurement.intervalMillis());
        measured.unsigned(measurement.count());
        for (int i = 0; i < measurement.count(); i++) {
            measured.unsigned(dictionary.textOrNone(measurement.name(i)));
            measured.unsigned(Long.reverse(Double.doubleToLongBits(measurement.value(i))));
        }
        measuredCount++;
    }

    /** Ends the batch and returns its header; {@link #bytes} has it until the next. */
    public BatchHeader end(long number, long epoch, @Nullable Long offsetMicros) {
        boolean empty = pings == 0;
        BatchHeader header =
                new BatchHeader(
                        number,
                        sealedMicros,
                        epoch,
                        offsetMicros,
                        pings,
                        empty ? sealedMicros : firstMicros,
                        empty ? sealedMicros : lastMicros);
        body.clear();
        body.unsigned(number);
        body.signed(sealedMicros);
        body.unsigned(epoch);
        body.octet(offsetMicros == null ? 0 : 1);
        if (offsetMicros != null) {
            body.signed(offsetMicros);
        }
        body.unsigned(pings);
        body.signed(header.firstMicros() - sealedMicros);
        body.signed(header.lastMicros() - sealedMicros);
        dictionary.writeNew(body);
        append(seriesCount, series);
        append(gapCount, gaps);
        append(runningCount, running);
        if (measuredCount > 0) {
            append(measuredCount, measured);
        }
        return header;
    }

    private void append(int count, ByteWriter part) {
        body.unsigned(count);
        body.raw(part.array(), part.size());
    }

    /** The batch that was ended, from index 0 on. */
    public byte[] bytes() {
        return body.array();
    }

    /** How many of {@link #bytes} are the batch. */
    public int size() {
        return body.size();
    }
}
