package org.pingrecorder.recorder.intake;

import java.time.Duration;
import java.time.LocalDate;
import java.util.concurrent.TimeUnit;
import org.pingrecorder.recorder.http.Query;
import org.pingrecorder.recorder.samples.Hours;

/** Times as clients write them, and the bounds within which a ping's time is taken. */
final class Times {

    /** Nobody pinged for us before: whose clock is older does not know the time. */
    static final long EARLIEST_MICROS = LocalDate.of(2000, 1, 1).toEpochDay() * Hours.DAY_MICROS;

    /** From here on times have five digits for the year, which few programs read. */
    static final long END_MICROS = LocalDate.of(10_000, 1, 1).toEpochDay() * Hours.DAY_MICROS;

    /** A clock that is further ahead than this, after correction, is not believed. */
    static final Duration FURTHEST_AHEAD = Duration.ofMinutes(10);

    private static final int SECONDS_CHARS = "2026-11-21T06:00:00".length();
    private static final int MICROS_DIGITS = 6;
    private static final long SECOND_MICROS = TimeUnit.SECONDS.toMicros(1);

    private Times() {}

    /**
     * Reads ISO-8601 with an offset; UTC, as clients of ours write it, fast.
     *
     * @return microseconds since the Unix epoch; what is finer is cut off
     * @throws IllegalArgumentException with a message for the caller
     */
    static long micros(String text) {
        long fast = utcMicros(text);
        return fast >= 0 ? fast : Hours.micros(Query.instant(text));
    }

    /** -1 if it is written in any other way. */
    private static long utcMicros(String text) {
        int last = text.length() - 1;
        if (last < SECONDS_CHARS
                || text.charAt(last) != 'Z'
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':') {
            return -1;
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        // The 29th to 31st are for the calendar to judge.
        if (year < 1970 || month < 1 || month > 12 || day < 1 || day > 28) {
            return -1;
        }
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
            return -1;
        }
        long fraction = fractionMicros(text, last);
        if (fraction < 0) {
            return -1;
        }
        long seconds = ((epochDay(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
        return seconds * SECOND_MICROS + fraction;
    }

    private static long fractionMicros(String text, int end) {
        if (end == SECONDS_CHARS) {
            return 0;
        }
        int digits = end - SECONDS_CHARS - 1;
        if (text.charAt(SECONDS_CHARS) != '.' || digits < 1 || digits > MICROS_DIGITS) {
            return -1;
        }
        long fraction = number(text, SECONDS_CHARS + 1, end);
        for (int i = digits; i < MICROS_DIGITS; i++) {
            fraction *= 10;
        }
        return fraction;
    }

    /** -1 if there is anything but digits. */
    private static int number(String text, int start, int end) {
        int number = 0;
        for (int i = start; i < end; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /** Days since 1970-01-01 (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms"). */
    private static long epochDay(int year, int month, int day) {
        int fromMarch = month > 2 ? year : year - 1;
        int era = fromMarch / 400;
        int yearOfEra = fromMarch - era * 400;
        int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097L + dayOfEra - 719_468;
    }
}
