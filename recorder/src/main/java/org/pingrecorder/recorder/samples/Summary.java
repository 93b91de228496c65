package org.pingrecorder.recorder.samples;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.mapping.LogarithmicMapping;
import com.datadoghq.sketch.ddsketch.store.UnboundedSizeDenseStore;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.Outcome;

/**
 * What pings come to: counts by outcome, and the latencies of those that were received. Quantiles
 * are exact, or within 1 % by a DDSketch (C. Masson, J. E. Rim, H. K. Lee, PVLDB 12(12), 2019). Not
 * thread-safe.
 */
public final class Summary {

    private static final double RELATIVE_ACCURACY = 0.01;

    static final LogarithmicMapping MAPPING = new LogarithmicMapping(RELATIVE_ACCURACY);

    long received;
    long late;
    long timeouts;
    long unreachable;
    long sendErrors;
    long resolveErrors;
    long missed;
    long duplicates;

    /** Of timeouts and unreachable: those while the client judged itself cut off. */
    long cutOff;

    int minMicros = Integer.MAX_VALUE;
    int maxMicros;
    long sumMicros;

    /** Sum of the squared differences from the mean. */
    double squares;

    // One of the two: all latencies, or a sketch of them.
    private int @Nullable [] latencies;
    private int latencyCount;
    private @Nullable DDSketch sketch;

    private Summary() {}

    /** Of no pings yet; keeps four bytes a ping. */
    public static Summary exact() {
        Summary summary = new Summary();
        summary.latencies = new int[64];
        return summary;
    }

    /** Of no pings yet; stays small. */
    public static Summary sketched() {
        Summary summary = new Summary();
        summary.sketch = newSketch();
        return summary;
    }

    /** Of no pings yet; smallest, and without quantiles. */
    public static Summary withoutQuantiles() {
        return new Summary();
    }

    static DDSketch newSketch() {
        return new DDSketch(MAPPING, UnboundedSizeDenseStore::new);
    }

    /** Adds some pings, the last exclusive. */
    public void add(Samples samples, int from, int to) {
        long replies = 0;
        long sum = 0;
        for (int i = from; i < to; i++) {
            if (samples.outcome(i) == Outcome.REPLY) {
                int micros = samples.latencyMicros(i);
                replies++;
                sum += micros;
                minMicros = Math.min(minMicros, micros);
                maxMicros = Math.max(maxMicros, micros);
            } else {
                count(samples.outcome(i));
            }
        }
        if (replies > 0) {
            addReplies(samples, from, to, replies, sum);
        }
        if (samples.hasExtras()) {
            for (int i = from; i < to; i++) {
                add(samples.extra(i), samples.outcome(i));
            }
        }
    }

    private void count(Outcome outcome) {
        switch (outcome) {
            case REPLY -> received++;
            case LATE -> late++;
            case TIMEOUT -> timeouts++;
            case UNREACHABLE -> unreachable++;
            case SEND_ERROR -> sendErrors++;
            case RESOLVE_ERROR -> resolveErrors++;
            case MISSED -> missed++;
        }
    }

    private void add(Extra extra, Outcome outcome) {
        duplicates += extra.duplicates();
        if (extra.cutOff() && outcome.counts() == Outcome.Counts.LOST) {
            cutOff++;
        }
    }

    private void addReplies(Samples samples, int from, int to, long replies, long sum) {
        double mean = (double) sum / replies;
        double apart = 0;
        for (int i = from; i < to; i++) {
            if (samples.outcome(i) == Outcome.REPLY) {
                int micros = samples.latencyMicros(i);
                apart += (micros - mean) * (micros - mean);
                if (sketch != null) {
                    sketch.accept(micros);
                } else if (latencies != null) {
                    keep(latencies, micros);
                }
            }
        }
        addSquares(replies, sum, apart);
        received += replies;
        sumMicros += sum;
    }

    /**
     * Chan, Golub and LeVeque's way to merge variances (1979); counts and sums must follow.
     *
     * @param apart the sum of the others' squared differences from their mean
     */
    private void addSquares(long replies, long sum, double apart) {
        if (received > 0) {
            double means = (double) sum / replies - (double) sumMicros / received;
            squares += means * means * received * replies / (received + replies);
        }
        squares += apart;
    }

    private void keep(int[] kept, int micros) {
        int[] all = kept;
        if (latencyCount == all.length) {
            all = Arrays.copyOf(all, latencyCount * 2);
            latencies = all;
        }
        all[latencyCount++] = micros;
    }

    /** Adds all pings of another; exact only if both are. */
    public void add(Summary other) {
        if (other.received > 0) {
            addLatencies(other);
        }
        received += other.received;
        late += other.late;
        timeouts += other.timeouts;
        unreachable += other.unreachable;
        sendErrors += other.sendErrors;
        resolveErrors += other.resolveErrors;
        missed += other.missed;
        duplicates += other.duplicates;
        cutOff += other.cutOff;
    }

    private void addLatencies(Summary other) {
        addSquares(other.received, other.sumMicros, other.squares);
        sumMicros += other.sumMicros;
        minMicros = Math.min(minMicros, other.minMicros);
        maxMicros = Math.max(maxMicros, other.maxMicros);
        int[] kept = latencies;
        if (kept != null && other.latencies != null) {
            int[] both = Arrays.copyOf(kept, Math.max(64, latencyCount + other.latencyCount));
            System.arraycopy(other.latencies, 0, both, latencyCount, other.latencyCount);
            latencies = both;
            latencyCount += other.latencyCount;
        } else if (kept != null || sketch != null) {
            other.sketchInto(sketch());
        }
    }

    /** From here on a sketch. */
    DDSketch sketch() {
        DDSketch now = sketch;
        if (now == null) {
            now = newSketch();
            sketchInto(now);
            sketch = now;
            latencies = null;
            latencyCount = 0;
        }
        return now;
    }

    private void sketchInto(DDSketch into) {
        if (sketch != null) {
            into.mergeWith(sketch);
        } else if (latencies != null) {
            for (int i = 0; i < latencyCount; i++) {
                into.accept(latencies[i]);
            }
        }
    }

    void setSketch(DDSketch read) {
        sketch = read;
    }

    public long received() {
        return received;
    }

    public long late() {
        return late;
    }

    public long timeouts() {
        return timeouts;
    }

    public long unreachable() {
        return unreachable;
    }

    public long sendErrors() {
        return sendErrors;
    }

    public long resolveErrors() {
        return resolveErrors;
    }

    public long missed() {
        return missed;
    }

    public long duplicates() {
        return duplicates;
    }

    /** Without a reply while the client was cut off: they say nothing of the target. */
    public long cutOff() {
        return cutOff;
    }

    /** Without a reply, and the client was not cut off. */
    public long lost() {
        return timeouts + unreachable - cutOff;
    }

    public long notSent() {
        return sendErrors + resolveErrors + missed;
    }

    /** Received, late and lost together. */
    public long sent() {
        return received + late + lost();
    }

    /** Sent, cut off and not sent together. */
    public long pings() {
        return sent() + cutOff + notSent();
    }

    /** Whether quantiles are exact. */
    public boolean isExact() {
        return sketch == null;
    }

    /** Smallest latency in microseconds; -1 if none was received. */
    public int minMicros() {
        return received == 0 ? -1 : minMicros;
    }

    /** Largest latency in microseconds; -1 if none was received. */
    public int maxMicros() {
        return received == 0 ? -1 : maxMicros;
    }

    /** Mean latency in microseconds; NaN if none was received. */
    public double meanMicros() {
        return received == 0 ? Double.NaN : (double) sumMicros / received;
    }

    /** Standard deviation of the population, in microseconds; NaN if none was received. */
    public double stddevMicros() {
        return received == 0 ? Double.NaN : Math.sqrt(Math.max(0, squares) / received);
    }

    /**
     * The smallest latency that at least a part of all do not exceed (nearest rank), in
     * microseconds; NaN if none was received.
     *
     * @param part 0 to 1
     */
    public double quantileMicros(double part) {
        if (received == 0) {
            return Double.NaN;
        }
        DDSketch approximate = sketch;
        if (approximate == null) {
            int[] sorted = latencies;
            if (sorted == null) {
                throw new IllegalStateException("no quantiles were kept");
            }
            // In place: the order of latencies means nothing here, and sorting again is cheap.
            Arrays.sort(sorted, 0, latencyCount);
            return sorted[(int) rank(part, latencyCount) - 1];
        }
        // The library's rank is part × (count - 1), rounded down; half a rank more, so that what is
        // divided here and multiplied there is not rounded to the rank before.
        double rank = rank(part, received) - 0.5;
        double value =
                received == 1
                        ? minMicros
                        : approximate.getValueAtQuantile(Math.min(1, rank / (received - 1)));
        return Math.clamp(value, minMicros, maxMicros);
    }

    /** Nearest rank, from 1; less a little, because 0.07 × 100 is a little more than 7. */
    private static double rank(double part, long count) {
        return Math.max(1, Math.ceil(part * count - 1e-6));
    }
}
