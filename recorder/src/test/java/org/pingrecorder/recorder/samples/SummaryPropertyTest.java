package org.pingrecorder.recorder.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.pingrecorder.wire.Outcome;

class SummaryPropertyTest {

    private static final double[] PARTS = {0, 0.07, 0.5, 0.9, 0.95, 0.99, 1};

    @Provide
    Arbitrary<Samples> hostile() {
        return HostileSamples.any();
    }

    @Property(tries = 300)
    void exact_whateverPings_isWhatCountingSays(@ForAll("hostile") Samples given) {
        Summary summary = summary(Summary.exact(), given);
        int[] latencies = latencies(given);

        assertTrue(summary.isExact());
        assertCounts(given, summary);
        assertEquals(latencies.length == 0 ? -1 : latencies[0], summary.minMicros());
        assertEquals(
                latencies.length == 0 ? -1 : latencies[latencies.length - 1], summary.maxMicros());
        for (double part : PARTS) {
            assertEquals(nearestRank(latencies, part), summary.quantileMicros(part));
        }
        double mean = Arrays.stream(latencies).average().orElse(Double.NaN);
        assertClose(mean, summary.meanMicros(), 1e-12);
        double squares = Arrays.stream(latencies).mapToDouble(l -> (l - mean) * (l - mean)).sum();
        assertClose(
                latencies.length == 0 ? Double.NaN : Math.sqrt(squares / latencies.length),
                summary.stddevMicros(),
                1e-6);
    }

    @Property(tries = 300)
    void sketched_whateverPings_hasQuantilesWithinOnePercent(@ForAll("hostile") Samples given) {
        Summary summary = summary(Summary.sketched(), given);
        int[] latencies = latencies(given);

        assertFalse(summary.isExact());
        for (double part : PARTS) {
            assertClose(nearestRank(latencies, part), summary.quantileMicros(part), 0.01001);
        }
    }

    @Property(tries = 300)
    void add_inAnyGrouping_isWhatAllOfThemAre(
            @ForAll("hostile") Samples a,
            @ForAll("hostile") Samples b,
            @ForAll("hostile") Samples c,
            @ForAll boolean sketchA,
            @ForAll boolean sketchB,
            @ForAll boolean sketchC) {
        Summary left = summary(kind(sketchA), a);
        left.add(summary(kind(sketchB), b));
        left.add(summary(kind(sketchC), c));
        Summary bc = summary(kind(sketchB), b);
        bc.add(summary(kind(sketchC), c));
        Summary right = summary(kind(sketchA), a);
        right.add(bc);
        Samples all = new Samples();
        for (Samples part : new Samples[] {a, b, c}) {
            HostileSamples.addAll(all, part);
        }

        for (Summary merged : new Summary[] {left, right}) {
            assertCounts(all, merged);
            Summary atOnce = summary(Summary.exact(), all);
            assertEquals(atOnce.minMicros(), merged.minMicros());
            assertEquals(atOnce.maxMicros(), merged.maxMicros());
            assertClose(atOnce.meanMicros(), merged.meanMicros(), 1e-12);
            assertClose(atOnce.stddevMicros(), merged.stddevMicros(), 1e-6);
            for (double part : PARTS) {
                double exact = nearestRank(latencies(all), part);
                double within = merged.isExact() ? 0 : 0.01001;
                assertClose(exact, merged.quantileMicros(part), within);
            }
        }
    }

    @Property(tries = 300)
    void decode_whateverWasEncoded_isTheSame(
            @ForAll("hostile") Samples first, @ForAll("hostile") Samples last) {
        SortedMap<Integer, Summary> hours = new TreeMap<>();
        hours.put(0, summary(Summary.exact(), first));
        hours.put(23, summary(Summary.sketched(), last));

        SortedMap<Integer, Summary> decoded = SummaryCodec.decode(SummaryCodec.encode(hours));

        assertEquals(hours.keySet(), decoded.keySet());
        hours.forEach(
                (hour, expected) -> {
                    Summary actual = Objects.requireNonNull(decoded.get(hour));
                    assertEquals(expected.pings(), actual.pings());
                    assertCounts(hour == 0 ? first : last, actual);
                    assertEquals(expected.minMicros(), actual.minMicros());
                    assertEquals(expected.maxMicros(), actual.maxMicros());
                    assertEquals(expected.meanMicros(), actual.meanMicros());
                    assertClose(expected.stddevMicros(), actual.stddevMicros(), 1e-6);
                    for (double part : PARTS) {
                        assertEquals(expected.quantileMicros(part), actual.quantileMicros(part));
                    }
                });
    }

    @Property(tries = 2_000)
    void decode_damagedBytes_isRefusedOrSomeSummaries(
            @ForAll("hostile") Samples given, @ForAll Random random) {
        SortedMap<Integer, Summary> hours = new TreeMap<>();
        hours.put(7, summary(Summary.sketched(), given));
        byte[] bytes = SummaryCodec.encode(hours);
        for (int damages = 1 + random.nextInt(3); damages > 0; damages--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        decodesOrRefuses(Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length)));
        decodesOrRefuses(bytes);
    }

    @Property(tries = 2_000)
    void decode_randomBytes_isRefusedOrSomeSummaries(@ForAll @Size(max = 200) byte[] bytes) {
        if (bytes.length > 0) {
            bytes[0] = 1;
        }
        decodesOrRefuses(bytes);
    }

    private static void decodesOrRefuses(byte[] bytes) {
        try {
            for (Summary summary : SummaryCodec.decode(bytes).values()) {
                for (double part : PARTS) {
                    summary.quantileMicros(part);
                }
            }
        } catch (IllegalArgumentException refused) {
            assertFalse(String.valueOf(refused.getMessage()).isBlank());
        }
    }

    private static Summary kind(boolean sketched) {
        return sketched ? Summary.sketched() : Summary.exact();
    }

    private static Summary summary(Summary empty, Samples samples) {
        for (int i = 0; i < samples.size(); i++) {
            empty.add(samples, i, i + 1);
        }
        return empty;
    }

    private static void assertCounts(Samples given, Summary summary) {
        Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
        long duplicates = 0;
        long cutOff = 0;
        for (int i = 0; i < given.size(); i++) {
            Outcome outcome = given.outcome(i);
            counts.merge(outcome, 1, Integer::sum);
            duplicates += given.extra(i).duplicates();
            boolean lost = outcome == Outcome.TIMEOUT || outcome == Outcome.UNREACHABLE;
            cutOff += lost && given.extra(i).cutOff() ? 1 : 0;
        }
        assertEquals(counts.getOrDefault(Outcome.REPLY, 0), (int) summary.received());
        assertEquals(counts.getOrDefault(Outcome.LATE, 0), (int) summary.late());
        assertEquals(counts.getOrDefault(Outcome.TIMEOUT, 0), (int) summary.timeouts());
        assertEquals(counts.getOrDefault(Outcome.UNREACHABLE, 0), (int) summary.unreachable());
        assertEquals(counts.getOrDefault(Outcome.SEND_ERROR, 0), (int) summary.sendErrors());
        assertEquals(counts.getOrDefault(Outcome.RESOLVE_ERROR, 0), (int) summary.resolveErrors());
        assertEquals(counts.getOrDefault(Outcome.MISSED, 0), (int) summary.missed());
        assertEquals(duplicates, summary.duplicates());
        assertEquals(cutOff, summary.cutOff());
        assertEquals(given.size(), summary.pings());
        assertEquals(summary.timeouts() + summary.unreachable(), summary.lost() + summary.cutOff());
        assertEquals(summary.pings(), summary.sent() + summary.cutOff() + summary.notSent());
    }

    /** Sorted. */
    private static int[] latencies(Samples samples) {
        int[] latencies = new int[samples.size()];
        int count = 0;
        for (int i = 0; i < samples.size(); i++) {
            if (samples.outcome(i) == Outcome.REPLY) {
                latencies[count++] = samples.latencyMicros(i);
            }
        }
        int[] sorted = Arrays.copyOf(latencies, count);
        Arrays.sort(sorted);
        return sorted;
    }

    private static double nearestRank(int[] sorted, double part) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int rank =
                BigDecimal.valueOf(part)
                        .multiply(BigDecimal.valueOf(sorted.length))
                        .setScale(0, RoundingMode.CEILING)
                        .intValueExact();
        return sorted[Math.max(1, rank) - 1];
    }

    private static void assertClose(double expected, double actual, double relative) {
        if (Double.isNaN(expected)) {
            assertEquals(expected, actual);
        } else {
            assertEquals(expected, actual, Math.abs(expected) * relative + 1e-9);
        }
    }
}
