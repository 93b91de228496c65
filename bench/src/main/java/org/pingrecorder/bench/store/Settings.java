package org.pingrecorder.bench.store;

import java.util.Optional;

/** What the environment may change about a run. */
public final class Settings {

    /** Seconds that no run takes. */
    static final double NO_LIMIT = 1e6;

    private Settings() {}

    /** {@code BENCH_SECONDS}. */
    public static double seconds(double otherwise) {
        return number("BENCH_SECONDS").orElse(otherwise);
    }

    /** {@code BENCH_RATE}: pings a second; 0 for as fast as it goes. */
    static double rate() {
        return number("BENCH_RATE").orElse(0.0);
    }

    private static Optional<Double> number(String name) {
        return Optional.ofNullable(System.getenv(name)).map(Double::valueOf);
    }
}
