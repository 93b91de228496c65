package org.pingrecorder.oneoff;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.Family;
import org.pingrecorder.wire.Outcome;
import org.pingrecorder.wire.SummaryLine;

/**
 * Counts, latencies and causes of the decided pings of one host: sent is received, late and lost
 * together. For one thread.
 */
public class Tally {

    /** Different causes kept apart; any router may send errors, so there must be a bound. */
    private static final int MAX_CAUSES = 8;

    /** A cause and how often it was. */
    public record CauseCount(FailureCause cause, long pings) {}

    private long received;
    private long late;
    private long lost;
    private long notSent;
    private long duplicates;
    private long latencies;
    private double minMs = Double.POSITIVE_INFINITY;
    private double maxMs;
    private double meanMs;
    private double squaresMs;
    private List<CauseCount> causes = List.of();

    /** Counts so many pings that had the same end. */
    public void add(
            Outcome outcome, @Nullable Double latencyMs, @Nullable FailureCause cause, long pings) {
        switch (outcome.counts()) {
            case RECEIVED -> received += pings;
            case LATE -> late += pings;
            case LOST -> lost += pings;
            case NOT_SENT -> notSent += pings;
        }
        if (latencyMs != null) {
            addLatency(latencyMs);
        }
        if (cause != null) {
            count(cause, pings);
        }
    }

    private void addLatency(double latencyMs) {
        latencies++;
        minMs = Math.min(minMs, latencyMs);
        maxMs = Math.max(maxMs, latencyMs);
        // Welford's method: sums of squares lose every digit that matters here.
        double fromOldMean = latencyMs - meanMs;
        meanMs += fromOldMean / latencies;
        squaresMs += fromOldMean * (latencyMs - meanMs);
    }

    private void count(FailureCause cause, long pings) {
        if (causes.isEmpty()) {
            causes = new ArrayList<>(1);
        }
        boolean known = causes.stream().anyMatch(c -> c.cause.equals(cause));
        FailureCause counted =
                known || causes.size() < MAX_CAUSES ? cause : FailureCause.other(cause.outcome());
        for (int i = 0; i < causes.size(); i++) {
            CauseCount c = causes.get(i);
            if (c.cause.equals(counted)) {
                causes.set(i, new CauseCount(counted, c.pings + pings));
                return;
            }
        }
        causes.add(new CauseCount(counted, pings));
    }

    public void addDuplicates(long copies) {
        duplicates += copies;
    }

    public boolean answered() {
        return received + late > 0;
    }

    public long sent() {
        return received + late + lost;
    }

    public long received() {
        return received;
    }

    public long late() {
        return late;
    }

    public long lost() {
        return lost;
    }

    public long notSent() {
        return notSent;
    }

    public long duplicates() {
        return duplicates;
    }

    public long decided() {
        return sent() + notSent;
    }

    /** 100 × lost / sent; null when nothing was sent. */
    public @Nullable Double lossPct() {
        return sent() == 0 ? null : rounded(100.0 * lost / sent());
    }

    public @Nullable Double minMs() {
        return latencies == 0 ? null : minMs;
    }

    public @Nullable Double avgMs() {
        return latencies == 0 ? null : rounded(meanMs);
    }

    public @Nullable Double maxMs() {
        return latencies == 0 ? null : maxMs;
    }

    /** Why pings were lost or not sent, the most frequent cause first. */
    public List<CauseCount> causes() {
        return causes.stream()
                .sorted(Comparator.comparingLong(CauseCount::pings).reversed())
                .toList();
    }

    /**
     * The closing line.
     *
     * @param client who pinged; null where it is not told
     * @param target as it was asked for
     * @param address really pinged; null when the name did not resolve
     * @param name what people call the target
     * @param family where it tells this host from another of the same name
     */
    public SummaryLine summary(
            @Nullable String client,
            String target,
            @Nullable String address,
            @Nullable String name,
            @Nullable Family family) {
        return new SummaryLine(
                SummaryLine.TYPE,
                client,
                target,
                address,
                sent(),
                received,
                late,
                lost,
                notSent,
                duplicates,
                lossPct(),
                minMs(),
                avgMs(),
                maxMs(),
                latencies == 0 ? null : rounded(Math.sqrt(squaresMs / latencies)),
                name,
                family,
                causes.isEmpty() ? null : causes().stream().map(Tally::line).toList());
    }

    private static SummaryLine.Cause line(CauseCount counted) {
        FailureCause cause = counted.cause;
        return new SummaryLine.Cause(
                cause.outcome().text(),
                counted.pings,
                cause.errorType() < 0 ? null : cause.errorType(),
                cause.errorCode() < 0 ? null : cause.errorCode(),
                cause.errorFrom(),
                cause.words());
    }

    private static double rounded(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }
}
