package org.pingrecorder.agent.ping;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.Outcome;
import org.pingrecorder.wire.SummaryLine;

/**
 * Counts, latencies and causes of one host's decided pings: sent is received, late and lost
 * together. For one thread.
 */
final class HostTally {

    /** Different causes kept apart; any router may send errors, so there must be a bound. */
    private static final int MAX_CAUSES = 8;

    /** A cause and how often it was. */
    static final class CauseCount {
        final FailureCause cause;
        long pings;

        private CauseCount(FailureCause cause, long pings) {
            this.cause = cause;
            this.pings = pings;
        }
    }

    private final PingHost host;
    private final @Nullable RecentPings recent;
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
    private @Nullable Outcome last;
    private @Nullable Double lastMs;
    private @Nullable FailureCause lastCause;
    private List<CauseCount> causes = List.of();

    /**
     * A tally of nothing yet.
     *
     * @param keepsRecent whether {@link #recent} is wanted
     */
    HostTally(PingHost host, boolean keepsRecent) {
        this.host = host;
        this.recent = keepsRecent ? new RecentPings() : null;
    }

    /** Counts so many pings that had the same end. */
    void add(
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
            lastCause = cause;
            count(cause, pings);
        }
        last = outcome;
        lastMs = latencyMs;
        if (recent != null) {
            recent.add(outcome, latencyMs == null ? 0 : latencyMs, pings);
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
        for (CauseCount c : causes) {
            if (c.cause.equals(counted)) {
                c.pings += pings;
                return;
            }
        }
        causes.add(new CauseCount(counted, pings));
    }

    void addDuplicates(long copies) {
        duplicates += copies;
    }

    PingHost host() {
        return host;
    }

    boolean answered() {
        return received + late > 0;
    }

    boolean resolved() {
        return host.target() != null;
    }

    long sent() {
        return received + late + lost;
    }

    long received() {
        return received;
    }

    long late() {
        return late;
    }

    long lost() {
        return lost;
    }

    long notSent() {
        return notSent;
    }

    long decided() {
        return sent() + notSent;
    }

    /** 100 × lost / sent; null when nothing was sent. */
    @Nullable Double lossPct() {
        return sent() == 0 ? null : rounded(100.0 * lost / sent());
    }

    @Nullable Double minMs() {
        return latencies == 0 ? null : minMs;
    }

    @Nullable Double avgMs() {
        return latencies == 0 ? null : rounded(meanMs);
    }

    @Nullable Double maxMs() {
        return latencies == 0 ? null : maxMs;
    }

    /** What became of the ping decided last; null before the first. */
    @Nullable Outcome last() {
        return last;
    }

    /** Latency of the ping decided last. */
    @Nullable Double lastMs() {
        return lastMs;
    }

    /** Why the last ping that failed did. */
    @Nullable FailureCause lastCause() {
        return lastCause;
    }

    /** The last few pings, if they are kept. */
    @Nullable RecentPings recent() {
        return recent;
    }

    /** Why pings were lost or not sent, the most frequent cause first. */
    List<CauseCount> causes() {
        return causes.stream()
                .sorted(Comparator.comparingLong((CauseCount c) -> c.pings).reversed())
                .toList();
    }

    SummaryLine summary() {
        return new SummaryLine(
                SummaryLine.TYPE,
                null,
                host.given().text(),
                host.addressText(),
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
                host.name(),
                host.tellingFamily(),
                causes.isEmpty() ? null : causes().stream().map(HostTally::line).toList());
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
