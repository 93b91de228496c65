package org.pingrecorder.recorder.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.samples.SampleCodec;
import org.pingrecorder.recorder.samples.Samples;
import org.pingrecorder.wire.Family;
import org.pingrecorder.wire.Receipt;

/** One batch while it is read. Its times are the client's until {@link #finish} corrects them. */
final class BatchDraft {

    private static final long LONGEST_WAY_MICROS = TimeUnit.MINUTES.toMicros(1);

    private static final int MOST_SHOWN_PINGS = 200;

    @Nullable String spool;
    @Nullable Long number;
    @Nullable Long epoch;
    @Nullable Long nowMicros;
    @Nullable Long offsetMicros;
    boolean hasSeries;
    int seriesCount;
    int received;

    private final List<Series> series = new ArrayList<>();
    private final List<Batch.Gap> gaps = new ArrayList<>();
    private final List<Batch.Running> running = new ArrayList<>();
    private final List<MetricSample> metrics = new ArrayList<>();
    private final List<Receipt.Refused> refused = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();
    private int refusedPings;
    private int quarantined;

    void add(Series one) {
        series.add(one);
    }

    void add(Batch.Gap gap) {
        gaps.add(gap);
    }

    void add(Batch.Running one) {
        running.add(one);
    }

    void add(MetricSample sample) {
        metrics.add(sample);
    }

    /** How many entries a receipt or a list will have. */
    int refusals() {
        return refusals.size();
    }

    void refusePing(int number, int index, String reason, String content) {
        refuse(number, index, 1, reason, content);
    }

    void refuseSeries(int number, int pings, String reason, String content) {
        refuse(number, null, pings, reason, content);
    }

    private void refuse(
            int number, @Nullable Integer index, int pings, String reason, String content) {
        Refusal refusal = new Refusal(Refusal.Kind.REFUSED, number, index, reason, content);
        refused.add(new Receipt.Refused(number, index, refusal.reason()));
        refusals.add(refusal);
        refusedPings += pings;
    }

    /** What no receipt can name, because it is no ping. */
    void refuseOther(@Nullable Integer number, String reason, String content) {
        refusals.add(new Refusal(Refusal.Kind.REFUSED, number, null, reason, content));
    }

    /** By how much the recorder's clock is ahead of the client's, if the batch tells. */
    @Nullable Long estimateMicros(long receivedMicros) {
        if (offsetMicros != null) {
            return offsetMicros;
        }
        if (nowMicros == null) {
            return null;
        }
        long estimate = receivedMicros - nowMicros;
        // The time that the batch was on its way is in it: a slow link would move all its pings.
        return estimate > 0 && estimate <= LONGEST_WAY_MICROS ? null : estimate;
    }

    /** The batch, with its times by the recorder's clock. */
    Batch finish(
            SpoolClocks.Spool of,
            long batchNumber,
            SpoolClock clock,
            @Nullable Long estimateMicros,
            Bounds bounds,
            IntConsumer checkRefusals) {
        long correction = clock.correctionMicros();
        List<Series> kept = new ArrayList<>(series.size());
        int stored = 0;
        for (Series one : series) {
            Series timely =
                    correction == 0 && bounds.contain(one.firstMicros(), one.lastMicros())
                            ? one
                            : corrected(one, correction, bounds);
            checkRefusals.accept(refusals.size());
            if (timely != null) {
                kept.add(timely);
                stored += timely.pings();
            }
        }
        List<Batch.Gap> keptGaps = new ArrayList<>(gaps.size());
        for (Batch.Gap gap : gaps) {
            Batch.Gap moved = corrected(gap, correction);
            Long to = moved.toMicros();
            if (isWritable(moved.fromMicros()) && (to == null || isWritable(to))) {
                keptGaps.add(moved);
            } else {
                refuseMoved("gaps", content(gap), correction);
                checkRefusals.accept(refusals.size());
            }
        }
        List<Batch.Running> keptRunning = new ArrayList<>(running.size());
        for (Batch.Running one : running) {
            Batch.Running moved = corrected(one, correction);
            if (isWritable(moved.fromMicros())) {
                keptRunning.add(moved);
            } else {
                refuseMoved("running", content(one), correction);
                checkRefusals.accept(refusals.size());
            }
        }
        return new Batch(
                of,
                batchNumber,
                clock,
                estimateMicros,
                kept,
                keptGaps,
                keptRunning,
                keptMetrics(correction, bounds, checkRefusals),
                refused,
                refusals,
                new Batch.Tally(received, stored, refusedPings, quarantined));
    }

    /** The pings that are neither too early nor too far ahead; null if all are. */
    private @Nullable Series corrected(Series one, long correction, Bounds bounds) {
        Samples given = SampleCodec.decode(one.payload());
        Samples kept = new Samples();
        List<Integer> ahead = new ArrayList<>();
        List<Integer> early = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            long at = given.atMicros(i) + correction;
            if (at < bounds.earliestMicros()) {
                early.add(i);
            } else if (at > bounds.latestMicros()) {
                ahead.add(i);
            } else {
                int index =
                        kept.add(
                                at,
                                given.intervalMicros(i),
                                given.outcome(i),
                                given.latencyMicros(i));
                kept.setTtl(index, given.ttl(i));
                kept.setAddress(index, given.address(i));
                kept.setExtra(index, given.extra(i));
                kept.setOffsetMicros(index, correction);
            }
        }
        quarantine(one, given, ahead);
        refuseEarly(one, given, early, bounds);
        return kept.isEmpty()
                ? null
                : Series.of(
                        one.number(),
                        one.ip(),
                        one.name(),
                        one.startMicros() + correction,
                        one.intervalMicros(),
                        kept);
    }

    private void quarantine(Series one, Samples given, List<Integer> ahead) {
        if (ahead.isEmpty()) {
            return;
        }
        quarantined += ahead.size();
        refusals.add(
                new Refusal(
                        Refusal.Kind.QUARANTINED,
                        one.number(),
                        one.index(given.atMicros(ahead.getFirst())),
                        (ahead.size() == 1
                                        ? "this ping is"
                                        : ahead.size() + " pings from here on are")
                                + " more than 10 minutes ahead of the recorder's clock; set the"
                                + " client's clock right",
                        Contents.series(one, given, ahead, MOST_SHOWN_PINGS)));
    }

    private void refuseEarly(Series one, Samples given, List<Integer> early, Bounds bounds) {
        String reason = "its time " + bounds.earlyReason();
        if (early.size() == given.size()) {
            refuseSeries(
                    one.number(),
                    early.size(),
                    reason,
                    Contents.series(one, given, early, MOST_SHOWN_PINGS));
            return;
        }
        if (!early.isEmpty()) {
            refuse(
                    one.number(),
                    one.index(given.atMicros(early.getFirst())),
                    early.size(),
                    early.size() == 1
                            ? reason
                            : reason + "; so is that of the next " + (early.size() - 1),
                    Contents.series(one, given, early, MOST_SHOWN_PINGS));
        }
    }

    private List<MetricSample> keptMetrics(
            long correction, Bounds bounds, IntConsumer checkRefusals) {
        List<MetricSample> kept = new ArrayList<>(metrics.size());
        for (MetricSample sample : metrics) {
            MetricSample moved = sample.movedBy(correction);
            if (!isWritable(moved.atMicros())) {
                refuseMoved("metrics", Contents.metrics(sample), correction);
            } else if (moved.atMicros() > bounds.latestMicros()) {
                refuseOther(
                        null,
                        "metrics: its time is more than 10 minutes ahead of the recorder's clock;"
                                + " set the client's clock right",
                        Contents.metrics(sample));
            } else {
                kept.add(moved);
            }
            checkRefusals.accept(refusals.size());
        }
        return kept;
    }

    private static boolean isWritable(long atMicros) {
        return atMicros >= Times.EARLIEST_MICROS && atMicros < Times.END_MICROS;
    }

    private static String content(Batch.Gap gap) {
        KnownIp ip = gap.ip();
        Family family = ip == null ? null : ip.family();
        return Contents.span(
                ip == null ? null : ip.address().text(),
                family == null ? null : family.text(),
                gap.fromMicros(),
                gap.toMicros(),
                gap.reason(),
                0);
    }

    private static String content(Batch.Running one) {
        Family family = one.ip().family();
        return Contents.span(
                one.ip().address().text(),
                family == null ? null : family.text(),
                one.fromMicros(),
                null,
                null,
                one.intervalMicros());
    }

    private void refuseMoved(String field, String content, long correction) {
        refuseOther(
                null,
                field
                        + ": its time is not from the year 2000 to 9999 by the recorder's clock,"
                        + " which is "
                        + correction
                        + " µs ahead of the client's; set the client's clock right",
                content);
    }

    private static Batch.Gap corrected(Batch.Gap gap, long correction) {
        Long to = gap.toMicros();
        return new Batch.Gap(
                gap.ip(),
                gap.fromMicros() + correction,
                to == null ? null : Long.valueOf(to + correction),
                gap.reason());
    }

    private static Batch.Running corrected(Batch.Running one, long correction) {
        return new Batch.Running(one.ip(), one.fromMicros() + correction, one.intervalMicros());
    }
}
