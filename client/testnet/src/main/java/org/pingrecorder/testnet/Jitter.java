package org.pingrecorder.testnet;

import java.time.Duration;

/** What chance adds to a delay; see {@link Behaviour#with}. */
@FunctionalInterface
public interface Jitter {

    /** What to add to the delays of the answers to one request; may be negative. */
    long nanos(Request request);

    /** Evenly distributed between minus and plus so much. */
    static Jitter uniform(Duration spread, long seed) {
        long spreadNanos = spread.toNanos();
        return request -> Math.round((2 * request.random(seed) - 1) * spreadNanos);
    }

    /** Normally distributed around zero. */
    static Jitter normal(Duration deviation, long seed) {
        long deviationNanos = deviation.toNanos();
        return request -> {
            // Box and Muller, 1958.
            double radius = Math.sqrt(-2 * Math.log(1 - request.random(seed)));
            double angle = 2 * Math.PI * request.random(~seed);
            return Math.round(radius * Math.cos(angle) * deviationNanos);
        };
    }
}
