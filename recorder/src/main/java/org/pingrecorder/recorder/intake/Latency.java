package org.pingrecorder.recorder.intake;

import java.time.Duration;

/** Latencies as callers write them, milliseconds, and as they are kept, whole microseconds. */
final class Latency {

    static final long LONGEST_MILLIS = Duration.ofMinutes(10).toMillis();

    /** What {@link #micros} answers for anything that is no latency. */
    static final int INVALID = -2;

    private static final int LONGEST_MICROS = (int) (LONGEST_MILLIS * 1_000);
    private static final int KEPT_DIGITS = 3;

    private Latency() {}

    /** In microseconds, or {@link #INVALID} unless it is from 0 to {@link #LONGEST_MILLIS}. */
    static int micros(double millis) {
        if (!(millis >= 0 && millis <= LONGEST_MILLIS)) {
            return INVALID;
        }
        int micros = (int) Math.round(millis * 1_000);
        // Only a caller that counts whole milliseconds means 0; less than 1 µs is still a time.
        return micros == 0 && millis > 0 ? 1 : micros;
    }

    /** The same of a number as JSON writes it; most have at most three digits after the point. */
    static int micros(char[] text, int start, int length) {
        long value = 0;
        int fraction = -1;
        for (int i = start; i < start + length; i++) {
            char c = text[i];
            if (c >= '0' && c <= '9' && value <= LONGEST_MICROS && fraction < KEPT_DIGITS) {
                value = value * 10 + c - '0';
                fraction += fraction < 0 ? 0 : 1;
            } else if (c == '.' && fraction < 0) {
                fraction = 0;
            } else {
                return micros(Double.parseDouble(new String(text, start, length)));
            }
        }
        for (int digits = Math.max(0, fraction); digits < KEPT_DIGITS; digits++) {
            value *= 10;
        }
        return value <= LONGEST_MICROS ? (int) value : INVALID;
    }
}
