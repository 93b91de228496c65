package org.pingrecorder.agent.ping;

import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.Outcome;
import org.pingrecorder.wire.SummaryLine;

/** Counts and latencies of one host's decided pings: sent is received, late and lost together. */
final class HostTally {

    private final PingHost host;
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

    HostTally(PingHost host) {
        this.host = host;
    }

    void add(Outcome outcome, @Nullable Double latencyMs) {
        switch (outcome.counts()) {
            case RECEIVED -> received++;
            case LATE -> late++;
            case LOST -> lost++;
            case NOT_SENT -> notSent++;
        }
        if (latencyMs != null) {
            latencies++;
            minMs = Math.min(minMs, latencyMs);
            maxMs = Math.max(maxMs, latencyMs);
            // Welford's method: sums of squares lose every digit that matters here.
            double fromOldMean = latencyMs - meanMs;
            meanMs += fromOldMean / latencies;
            squaresMs += fromOldMean * (latencyMs - meanMs);
        }
    }

    void addDuplicate() {
        duplicates++;
    }

    boolean answered() {
        return received + late > 0;
    }

    boolean resolved() {
        return host.target() != null;
    }

    SummaryLine summary() {
        long sent = received + late + lost;
        boolean timed = latencies > 0;
        return new SummaryLine(
                SummaryLine.TYPE,
                null,
                host.given().text(),
                host.addressText(),
                sent,
                received,
                late,
                lost,
                notSent,
                duplicates,
                sent == 0 ? null : rounded(100.0 * lost / sent),
                timed ? minMs : null,
                timed ? rounded(meanMs) : null,
                timed ? maxMs : null,
                timed ? rounded(Math.sqrt(squaresMs / latencies)) : null);
    }

    private static double rounded(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }
}
