package org.pingrecorder.agent.delivery;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The clocks that stamp this client's pings: one for each step of the wall clock, all running side
 * by side, a known time apart; and how far the recorder's is from them. Thread-safe.
 */
final class StampClock {

    private static final int REMEMBERED = 8;
    private static final long LONGEST_ROUND_TRIP_MICROS = 1_000_000;

    private final LongSupplier unsteppedMicros;
    private final long[] roundTripMicros = new long[REMEMBERED];
    private final long[] aheadMicros = new long[REMEMBERED];
    private long[] steppedMicros = {0};
    private int answers;
    private long firstEpoch = 1;

    /**
     * The clocks, of which there is one so far.
     *
     * @param unsteppedMicros what the first one shows
     */
    StampClock(LongSupplier unsteppedMicros) {
        this.unsteppedMicros = unsteppedMicros;
    }

    /** The epochs of the runs before this one end before that number. */
    synchronized void firstEpoch(long number) {
        firstEpoch = number;
    }

    /** The wall clock was stepped: pings planned from now on have a clock of their own. */
    synchronized void stepped(long movedMicros) {
        int steps = steppedMicros.length;
        steppedMicros = java.util.Arrays.copyOf(steppedMicros, steps + 1);
        steppedMicros[steps] = steppedMicros[steps - 1] + movedMicros;
    }

    /** How many steps there were. */
    synchronized int steps() {
        return steppedMicros.length - 1;
    }

    /** What the clock shows that came after so many steps. */
    synchronized long nowMicros(int steps) {
        return unsteppedMicros.getAsLong() + steppedMicros[steps];
    }

    /** The number of that clock among all that this client ever had. */
    synchronized long epoch(int steps) {
        return firstEpoch + steps;
    }

    /** The steps before the clock of a number, which must be one of this run. */
    synchronized int stepsOf(long epoch) {
        return (int) (epoch - firstEpoch);
    }

    /** What the first clock shows: for {@link #answered}. */
    long unsteppedMicros() {
        return unsteppedMicros.getAsLong();
    }

    /**
     * The recorder told its time.
     *
     * @param sentMicros what the first clock showed when it was asked
     * @param answeredMicros and when it had answered
     */
    synchronized void answered(long sentMicros, long answeredMicros, long recorderMicros) {
        int at = answers++ % REMEMBERED;
        roundTripMicros[at] = answeredMicros - sentMicros;
        aheadMicros[at] = recorderMicros - (sentMicros + (answeredMicros - sentMicros) / 2);
    }

    /**
     * The recorder's clock minus that one, by the shortest of the last answers; null where that is
     * too long to tell.
     */
    synchronized @Nullable Long offsetMicros(int steps) {
        if (answers == 0) {
            return null;
        }
        int best = 0;
        for (int i = 1; i < Math.min(answers, REMEMBERED); i++) {
            best = roundTripMicros[i] < roundTripMicros[best] ? i : best;
        }
        // It may be wrong by half of it, and beyond a second the recorder moves pings by it.
        return roundTripMicros[best] > LONGEST_ROUND_TRIP_MICROS
                ? null
                : aheadMicros[best] - steppedMicros[steps];
    }
}
