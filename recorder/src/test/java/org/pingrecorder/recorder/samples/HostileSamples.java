package org.pingrecorder.recorder.samples;

import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.Outcome;

/** Series as no client should send them: whatever {@link Samples} takes. */
final class HostileSamples {

    private static final int MOST_RUNS = 10;
    private static final int LONGEST_RUN = 500;
    private static final Outcome[] OUTCOMES = Outcome.values();

    private HostileSamples() {}

    /** Consecutive pings; {@code odd} of them, 0 to 1, are out of the ordinary in some way. */
    private record Run(long start, long interval, int count, double odd, long seed) {}

    /** 0 to 5,000 pings in any order. */
    static Arbitrary<Samples> any() {
        return runs().list().ofMaxSize(MOST_RUNS).map(HostileSamples::samples);
    }

    /** One after the other, which is slow and cannot be wrong. */
    static void addAll(Samples into, Samples from) {
        for (int i = 0; i < from.size(); i++) {
            into.addFrom(from, i);
        }
    }

    private static Arbitrary<Run> runs() {
        Arbitrary<Long> starts =
                Arbitraries.frequencyOf(
                        Tuple.of(
                                4,
                                Arbitraries.longs()
                                        .between(1_763_704_800_000_000L, 1_763_704_810_000_000L)),
                        Tuple.of(1, Arbitraries.longs()));
        Arbitrary<Long> intervals =
                Arbitraries.frequencyOf(
                        Tuple.of(4, Arbitraries.of(0L, 1L, 1_000_000L, 10_000_000L)),
                        Tuple.of(1, Arbitraries.longs()));
        return Combinators.combine(
                        starts,
                        intervals,
                        Arbitraries.integers().between(1, LONGEST_RUN),
                        Arbitraries.of(0.0, 0.01, 0.3, 1.0),
                        Arbitraries.longs())
                .as(Run::new);
    }

    private static Samples samples(List<Run> runs) {
        Samples samples = new Samples();
        for (Run run : runs) {
            Random random = new Random(run.seed());
            int usual = random.nextInt(100_000);
            for (int i = 0; i < run.count(); i++) {
                if (random.nextDouble() < run.odd()) {
                    addOdd(samples, run.start() + i * run.interval(), run.interval(), random);
                } else {
                    samples.add(
                            run.start() + i * run.interval(),
                            run.interval(),
                            Outcome.REPLY,
                            usual + random.nextInt(1_000));
                }
            }
        }
        return samples;
    }

    private static void addOdd(Samples samples, long at, long interval, Random random) {
        Outcome outcome = OUTCOMES[random.nextInt(OUTCOMES.length)];
        int latency = outcome.hasLatency() ? extreme(random) : -1;
        boolean offTheTimetable = random.nextInt(4) == 0;
        int index =
                samples.add(
                        offTheTimetable ? at + random.nextLong(1_000_000_000) - 500_000_000 : at,
                        offTheTimetable ? 0 : interval,
                        outcome,
                        latency);
        samples.setTtl(index, random.nextInt(-1, 256));
        if (random.nextBoolean()) {
            samples.setOffsetMicros(index, random.nextBoolean() ? random.nextLong() : 3_000_000);
        }
        samples.setAddress(index, text(random));
        samples.setExtra(
                index,
                new Extra(
                        random.nextBoolean() ? 0 : extreme(random),
                        random.nextBoolean() ? 0 : random.nextInt(),
                        random.nextBoolean(),
                        random.nextBoolean() ? null : cause(random)));
    }

    /** Latencies and counts from 0 to the largest. */
    private static int extreme(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> Integer.MAX_VALUE;
            case 2 -> random.nextInt(Integer.MAX_VALUE);
            default -> random.nextInt(100);
        };
    }

    private static Cause cause(Random random) {
        return new Cause(
                random.nextInt(-1, 256), random.nextInt(-1, 256), text(random), text(random));
    }

    /** Also what is no Unicode, such as halves of surrogate pairs. */
    private static @Nullable String text(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> null;
            case 1 -> "192.0.2." + random.nextInt(5);
            case 2 -> "";
            default ->
                    random.ints(random.nextInt(1, 200), 0, 0x1_0000)
                            .collect(
                                    StringBuilder::new,
                                    (text, c) -> text.append((char) c),
                                    StringBuilder::append)
                            .toString();
        };
    }
}
