package org.pingrecorder.bench.store;

import java.util.Random;
import org.pingrecorder.recorder.samples.Samples;
import org.pingrecorder.wire.Outcome;

/** Kinds of series that packing meets; each makes its pings anew from a seed. */
enum PingSeries {
    JITTER("1 s, 20 ms ± 1 ms, 1 % lost", 1_000_000, 20_000, 1_000, 0.01),
    SLOW("10 s, 20 ms ± 1 ms, 1 % lost", 10_000_000, 20_000, 1_000, 0.01),
    LAN("1 s, 300 µs ± 30 µs, 0.01 % lost", 1_000_000, 300, 30, 0.0001),
    SHIFTS("1 s, 5 to 100 ms ± 1 ms, new every 10 min", 1_000_000, 20_000, 1_000, 0.01) {
        @Override
        int meanMicros(int index) {
            return 5_000 + new Random(index / 600).nextInt(95_000);
        }
    },
    LOSSY("1 s, 20 ms ± 1 ms, 30 % lost", 1_000_000, 20_000, 1_000, 0.3),
    POSTED("posts about every second, 20 ms ± 1 ms", 1_000_000, 20_000, 1_000, 0.01) {
        @Override
        void add(Samples samples, Random random, int index) {
            // Whoever posts pings on no timetable, milliseconds early or late.
            samples.add(
                    START_MICROS + index * intervalMicros + random.nextInt(20_000),
                    0,
                    Outcome.REPLY,
                    latencyMicros(random, index));
        }
    };

    /** Of all series: an hour begins. */
    static final long START_MICROS = 1_763_704_800_000_000L;

    private static final int TTL = 57;

    final String text;
    final long intervalMicros;
    private final int mean;
    private final int sigma;
    private final double lost;

    PingSeries(String text, long intervalMicros, int mean, int sigma, double lost) {
        this.text = text;
        this.intervalMicros = intervalMicros;
        this.mean = mean;
        this.sigma = sigma;
        this.lost = lost;
    }

    /** The first pings of a series. */
    Samples samples(int count, long seed) {
        Random random = new Random(seed);
        Samples samples = new Samples();
        for (int i = 0; i < count; i++) {
            add(samples, random, i);
        }
        return samples;
    }

    void add(Samples samples, Random random, int index) {
        long at = START_MICROS + 250_000 + index * intervalMicros;
        if (lost > 0 && random.nextDouble() < lost) {
            samples.add(at, intervalMicros, Outcome.TIMEOUT, -1);
        } else {
            int latency = latencyMicros(random, index);
            samples.setTtl(samples.add(at, intervalMicros, Outcome.REPLY, latency), TTL);
        }
    }

    /** A latency of the series, or -1 where the ping is lost. */
    int next(Random random) {
        return lost > 0 && random.nextDouble() < lost ? -1 : latencyMicros(random, 0);
    }

    int latencyMicros(Random random, int index) {
        return Math.max(1, (int) (meanMicros(index) + sigma * random.nextGaussian()));
    }

    int meanMicros(int index) {
        return mean;
    }
}
