package org.pingrecorder.agent.batch;

import java.time.Instant;

/**
 * Times in ISO 8601, UTC, with six digits of a second, into one buffer: most of a batch's times are
 * of the same second. For one thread.
 */
final class UtcText {

    private static final int DIGITS = 6;
    private static final long MICROS = 1_000_000;

    private char[] text = new char[0];
    private long second = Long.MIN_VALUE;

    /** Where the next time stands: from index 0 on, {@link #length} characters of it. */
    char[] write(long epochMicros) {
        long epochSecond = Math.floorDiv(epochMicros, MICROS);
        if (epochSecond != second) {
            String whole = Instant.ofEpochSecond(epochSecond).toString(); // …:00Z
            text = new char[whole.length() + DIGITS + 1];
            whole.getChars(0, whole.length() - 1, text, 0);
            text[whole.length() - 1] = '.';
            text[text.length - 1] = 'Z';
            second = epochSecond;
        }
        long rest = Math.floorMod(epochMicros, MICROS);
        for (int at = text.length - 2; at >= text.length - 1 - DIGITS; at--) {
            text[at] = (char) ('0' + rest % 10);
            rest /= 10;
        }
        return text;
    }

    int length() {
        return text.length;
    }
}
