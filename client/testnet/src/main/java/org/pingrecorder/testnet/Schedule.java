package org.pingrecorder.testnet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Periods of time relative to a start, such as outages; see {@link Behaviour#during}.
 *
 * @param startNanos monotonic time of the start
 * @param periods they may be in any order, and overlap
 */
public record Schedule(long startNanos, List<Period> periods) {

    /** From inclusive, to exclusive. */
    public record Period(Duration from, Duration to) {}

    public Schedule {
        periods = List.copyOf(periods);
    }

    /** A schedule without a period, which starts at this {@link System#nanoTime}. */
    public static Schedule startingAt(long nanoTime) {
        return new Schedule(nanoTime, List.of());
    }

    /** The same with one more period. */
    public Schedule with(Duration from, Duration to) {
        List<Period> more = new ArrayList<>(periods);
        more.add(new Period(from, to));
        return new Schedule(startNanos, more);
    }

    boolean covers(long nanoTime) {
        long sinceStart = nanoTime - startNanos;
        for (Period period : periods) {
            if (period.from().toNanos() <= sinceStart && sinceStart < period.to().toNanos()) {
                return true;
            }
        }
        return false;
    }
}
