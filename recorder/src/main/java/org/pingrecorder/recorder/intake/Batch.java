package org.pingrecorder.recorder.intake;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.Receipt;

/**
 * What is stored whole or not at all: a batch of a spool, or one posted ping. Its times are
 * corrected by its client's clock.
 *
 * @param spool it comes from; null for a posted ping, which is stored as often as it comes
 * @param number within the spool
 * @param clock of the spool after this batch
 * @param estimateMicros of the client's clock offset, as this batch tells it; null where unknown
 * @param refused what the receipt names
 * @param refusals what is listed
 * @param tally of its pings
 */
record Batch(
        SpoolClocks.@Nullable Spool spool,
        long number,
        SpoolClock clock,
        @Nullable Long estimateMicros,
        List<Series> series,
        List<Gap> gaps,
        List<Running> running,
        List<MetricSample> metrics,
        List<Receipt.Refused> refused,
        List<Refusal> refusals,
        Tally tally) {

    /**
     * How many pings came, and what becomes of them when it is stored: received = stored + refused
     * + quarantined.
     */
    record Tally(int received, int stored, int refused, int quarantined) {}

    /**
     * A span without pings.
     *
     * @param ip null for all of the client's
     * @param toMicros null where it lasts until the ip runs again
     */
    record Gap(@Nullable KnownIp ip, long fromMicros, @Nullable Long toMicros, String reason) {}

    /** From when on an ip was pinged. */
    record Running(KnownIp ip, long fromMicros, long intervalMicros) {}

    /** Of what is listed and the receipt does not name: extras, gaps, running and metrics. */
    int otherRefusals() {
        return (int) refusals.stream().filter(one -> one.kind() == Refusal.Kind.REFUSED).count()
                - refused.size();
    }

    /** One ping that was posted. */
    static Batch ofPing(Series series) {
        return new Batch(
                null,
                0,
                SpoolClock.UNKNOWN,
                null,
                List.of(series),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new Tally(1, 1, 0, 0));
    }

    /** Roughly what it takes of memory while it waits. */
    long bytes() {
        long bytes = 500 + 100L * (gaps.size() + running.size() + refused.size());
        for (Series one : series) {
            bytes += 100 + one.payload().length;
        }
        for (MetricSample sample : metrics) {
            bytes += 100 + 100L * sample.values().length;
        }
        for (Refusal refusal : refusals) {
            bytes += 200 + refusal.content().length();
        }
        return bytes;
    }
}
