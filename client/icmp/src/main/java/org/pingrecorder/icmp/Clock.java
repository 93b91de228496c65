package org.pingrecorder.icmp;

import java.time.Instant;

/**
 * The two times a ping needs: wall time to label it and monotonic time to measure it. Everything in
 * the client takes its time from one injected clock. Implementations are thread-safe.
 */
public interface Clock {

    /** Monotonic time in nanoseconds; only differences mean something. Never steps. */
    long nanoTime();

    /** Wall time in microseconds since the Unix epoch. May step. */
    long epochMicros();

    /** Wall time in nanoseconds since the Unix epoch, as fine as the clock has it. May step. */
    default long epochNanos() {
        return epochMicros() * 1_000L;
    }

    /** The machine's clocks: {@code CLOCK_MONOTONIC} and {@code CLOCK_REALTIME}. */
    static Clock system() {
        return SystemClock.INSTANCE;
    }

    /** The machine's clocks. */
    enum SystemClock implements Clock {
        INSTANCE;

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public long epochMicros() {
            Instant now = Instant.now();
            return now.getEpochSecond() * 1_000_000L + now.getNano() / 1_000;
        }

        @Override
        public long epochNanos() {
            Instant now = Instant.now();
            return now.getEpochSecond() * 1_000_000_000L + now.getNano();
        }
    }
}
