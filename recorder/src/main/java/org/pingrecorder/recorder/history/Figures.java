package org.pingrecorder.recorder.history;

import org.jspecify.annotations.Nullable;

/** Numbers as answers have them. */
final class Figures {

    private Figures() {}

    /** Milliseconds with microsecond digits; null for NaN. */
    static @Nullable Double ms(double micros) {
        return Double.isNaN(micros) ? null : Math.round(micros) / 1_000.0;
    }

    /** A latency of which -1 is none. */
    static @Nullable Double ms(int micros) {
        return micros < 0 ? null : micros / 1_000.0;
    }

    /** With three digits after the point; null of nothing. */
    static @Nullable Double percent(long part, long whole) {
        return whole == 0 ? null : Math.round(100_000.0 * part / whole) / 1_000.0;
    }
}
