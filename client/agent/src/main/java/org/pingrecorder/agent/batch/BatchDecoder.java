package org.pingrecorder.agent.batch;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.Outcome;

/**
 * Reads what {@link BatchEncoder} wrote: the header at once, then all series, gaps, ips that begin
 * to be pinged, and measurements, in that order, each until there are no more. For one thread.
 */
public final class BatchDecoder {

    private static final int MOST_LATENCY = Integer.MAX_VALUE - 1;
    private static final int MOST_ICMP = 255;

    private final ByteReader in;
    private final ReadDictionary dictionary;
    private final BatchHeader header;
    private final Series series = new Series();
    private int seriesLeft;
    private int gapsLeft;
    private int runningLeft;
    private int measuredLeft;
    private int ipNumber;
    private int unknown;

    /**
     * Reads the header and the new entries of the dictionary.
     *
     * @param bytes from index 0 on
     * @param dictionary as left by the batches before in the same segment
     */
    public BatchDecoder(byte[] bytes, int length, ReadDictionary dictionary)
            throws CorruptException {
        this.in = new ByteReader(bytes, length);
        this.dictionary = dictionary;
        long number = in.unsigned();
        long sealedMicros = in.signed();
        long epoch = in.unsigned();
        Long offsetMicros = in.octet() == 0 ? null : in.signed();
        int pings = in.count();
        this.header =
                new BatchHeader(
                        number,
                        sealedMicros,
                        epoch,
                        offsetMicros,
                        pings,
                        sealedMicros + in.signed(),
                        sealedMicros + in.signed());
        dictionary.readNew(in);
        seriesLeft = in.count();
    }

    public BatchHeader header() {
        return header;
    }

    /** Pings left out so far because the batch that named their ip could not be read. */
    public int unknown() {
        return unknown;
    }

    /** The next series, valid until this is called again; null after the last. */
    public @Nullable Series nextSeries() throws CorruptException {
        while (seriesLeft > 0) {
            seriesLeft--;
            if (read()) {
                return series;
            }
            unknown += series.count;
        }
        if (seriesLeft == 0) {
            seriesLeft = -1;
            gapsLeft = in.count();
        }
        return null;
    }

    /** Reads one; returns false if its ip is not known. */
    private boolean read() throws CorruptException {
        ipNumber += (int) in.signed();
        int flags = in.octet();
        long startMicros = header.sealedMicros() + in.signed();
        int count = (flags & BatchEncoder.MANY) == 0 ? 1 : in.count();
        String address =
                (flags & BatchEncoder.ADDRESS) == 0
                        ? null
                        : dictionary.textOrNone(in.bounded(Integer.MAX_VALUE));
        BatchIp ip = ipNumber < 0 ? null : dictionary.ip(ipNumber);
        series.start(ip == null ? NOBODY : ip, address, startMicros);
        for (int i = 0; i < count; i++) {
            int latencyMicros = in.bounded(MOST_LATENCY) - 1;
            series.add(Series.usual(latencyMicros), latencyMicros);
        }
        if ((flags & BatchEncoder.OUTCOMES) != 0) {
            readOutcomes();
        }
        if ((flags & BatchEncoder.TTL) != 0) {
            readTtl(in.octet(), (flags & BatchEncoder.TTL_CHANGES) != 0);
        }
        if ((flags & BatchEncoder.DUPLICATES) != 0) {
            readNumbers(series.duplicates);
        }
        if ((flags & BatchEncoder.SLIPS) != 0) {
            readNumbers(series.slipMicros);
        }
        if ((flags & BatchEncoder.CUT_OFF) != 0) {
            for (int left = in.count(); left > 0; left--) {
                series.cutOff[in.bounded(series.count - 1L)] = true;
            }
        }
        return ip != null;
    }

    private <T> T code(List<T> codes) throws CorruptException {
        return codes.get(in.bounded(codes.size() - 1L));
    }

    private static final BatchIp NOBODY = new BatchIp("", null, null, 0);

    private void readOutcomes() throws CorruptException {
        for (int left = in.count(); left > 0; left--) {
            int i = in.bounded(series.count - 1L);
            series.outcomes[i] = code(BatchEncoder.OUTCOME_CODES);
            if (series.outcomes[i] == Outcome.UNREACHABLE) {
                series.errorType[i] = in.bounded(MOST_ICMP + 1L) - 1;
                series.errorCode[i] = in.bounded(MOST_ICMP + 1L) - 1;
            }
            series.detail[i] = dictionary.textOrNone(in.bounded(Integer.MAX_VALUE));
        }
    }

    /** Known of replies only; between two changes they are all the same. */
    private void readTtl(int first, boolean changes) throws CorruptException {
        int ttl = first;
        int from = 0;
        for (int left = changes ? in.count() : 0; left > 0; left--) {
            int to = in.bounded(series.count - 1L);
            fillTtl(from, to, ttl);
            from = to;
            ttl = in.octet();
        }
        fillTtl(from, series.count, ttl);
    }

    private void fillTtl(int from, int to, int ttl) {
        for (int i = from; i < to; i++) {
            series.ttl[i] = series.latencyMicros[i] < 0 ? Series.NONE : ttl;
        }
    }

    private void readNumbers(int[] numbers) throws CorruptException {
        for (int left = in.count(); left > 0; left--) {
            int i = in.bounded(series.count - 1L);
            numbers[i] = in.bounded(Integer.MAX_VALUE);
        }
    }

    /** The next gap; null after the last. */
    public @Nullable Gap nextGap() throws CorruptException {
        while (gapsLeft > 0) {
            gapsLeft--;
            int number = in.bounded(Integer.MAX_VALUE);
            BatchIp ip = number == 0 ? null : dictionary.ip(number - 1);
            long fromMicros = in.signed();
            long toMicros = in.signed();
            Gap.Reason reason = code(BatchEncoder.REASON_CODES);
            if (number == 0 || ip != null) {
                return new Gap(ip, fromMicros, toMicros, reason);
            }
        }
        if (gapsLeft == 0) {
            gapsLeft = -1;
            runningLeft = in.count();
        }
        return null;
    }

    /** The next ip that begins to be pinged; null after the last. */
    public @Nullable Running nextRunning() throws CorruptException {
        while (runningLeft > 0) {
            runningLeft--;
            BatchIp ip = dictionary.ip(in.bounded(Integer.MAX_VALUE));
            long fromMicros = in.signed();
            if (ip != null) {
                return new Running(ip, fromMicros);
            }
        }
        if (runningLeft == 0) {
            runningLeft = -1;
            // Versions before wrote none.
            measuredLeft = in.isAtEnd() ? 0 : in.count();
        }
        return null;
    }

    /** The next measurement; null after the last. Values whose names are lost are left out. */
    public @Nullable Measurement nextMeasurement() throws CorruptException {
        if (measuredLeft == 0) {
            return null;
        }
        measuredLeft--;
        long atMicros = header.sealedMicros() + in.signed();
        long intervalMillis = in.unsigned();
        int count = in.count();
        String[] names = new String[count];
        double[] values = new double[count];
        int known = 0;
        for (int i = 0; i < count; i++) {
            String name = dictionary.textOrNone(in.bounded(Integer.MAX_VALUE));
            double value = Double.longBitsToDouble(Long.reverse(in.unsigned()));
            if (name != null && Double.isFinite(value)) {
                names[known] = name;
                values[known++] = value;
            }
        }
        return new Measurement(
                atMicros,
                intervalMillis,
                Arrays.copyOf(names, known),
                Arrays.copyOf(values, known));
    }
}
