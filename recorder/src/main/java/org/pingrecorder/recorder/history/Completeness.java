package org.pingrecorder.recorder.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.samples.Summary;

/**
 * What one ip's timetable had in a window, against what is stored of it. The window is divided
 * where a reason begins or ends; of each part, the slots without a ping have its reason.
 */
final class Completeness {

    private final Timetable timetable;
    private final NavigableMap<Long, Gap> gaps;
    private final long deliveredMicros;

    /**
     * Of one ip.
     *
     * @param gaps that concern it, by their starts
     * @param deliveredMicros what was before it is delivered
     */
    Completeness(Timetable timetable, NavigableMap<Long, Gap> gaps, long deliveredMicros) {
        this.timetable = timetable;
        this.gaps = gaps;
        this.deliveredMicros = deliveredMicros;
    }

    /** The parts of a window that each have one reason. */
    Buckets parts(long startMicros, long endMicros) {
        TreeSet<Long> edges = new TreeSet<>();
        edges.add(startMicros);
        edges.add(endMicros);
        List<Long> inner = new ArrayList<>(List.of(deliveredMicros));
        gaps.values().forEach(gap -> inner.addAll(List.of(gap.fromMicros(), gap.toMicros())));
        for (long edge : inner) {
            if (edge > startMicros && edge < endMicros) {
                edges.add(edge);
            }
        }
        return new Buckets(edges.stream().mapToLong(Long::longValue).toArray());
    }

    /**
     * The answer.
     *
     * @param sums what is stored in each of the {@link #parts}; null where nothing is
     */
    CompletenessRow row(Target target, Buckets parts, @Nullable Summary[] sums) {
        long expected = 0;
        long stored = 0;
        long missing = 0;
        long missed = 0;
        Map<String, Long> reasons = new HashMap<>();
        for (int i = 0; i < parts.count(); i++) {
            Summary sum = sums[i];
            long storedHere = sum == null ? 0 : sum.pings() - sum.missed();
            long missedHere = sum == null ? 0 : sum.missed();
            long slots = timetable.slots(parts.startMicros(i), parts.endMicros(i));
            long missingHere = Math.max(0, slots - storedHere);
            expected += slots;
            stored += storedHere;
            missing += missingHere;
            missed += Math.min(missedHere, missingHere);
            reasons.merge(
                    Gap.reason(gaps, parts.startMicros(i), deliveredMicros),
                    Math.max(0, missingHere - missedHere),
                    Long::sum);
        }
        boolean isKnown = timetable.isBefore(parts.endMicros());
        return new CompletenessRow(
                target.client(),
                target.ip(),
                target.family(),
                target.name(),
                isKnown ? expected : null,
                stored,
                isKnown ? missing : null,
                isKnown ? missed : null,
                isKnown ? reasons.getOrDefault("dropped", 0L) : null,
                isKnown ? reasons.getOrDefault("not_running", 0L) : null,
                isKnown ? reasons.getOrDefault("stopped", 0L) : null,
                isKnown ? reasons.getOrDefault("paused", 0L) : null,
                isKnown ? reasons.getOrDefault(Gap.NOT_DELIVERED, 0L) : null,
                isKnown ? reasons.getOrDefault(Gap.UNKNOWN, 0L) : null);
    }
}
