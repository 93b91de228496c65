package org.pingrecorder.agent.timetable;

import org.pingrecorder.icmp.Clock;

/**
 * A moment known on both clocks. Planned times are wall times of it plus monotonic time, so that a
 * step of the wall clock moves no slot until the timetable takes a new anchor.
 *
 * @param nanos monotonic time
 * @param epochMicros wall time
 * @param steps how many steps of the wall clock came before it
 * @param steppedMicros by how much they moved the wall clock in all
 */
record Anchor(long nanos, long epochMicros, int steps, long steppedMicros) {

    /** Nearer than this, the clocks agree: they are read one after the other, in whole µs. */
    private static final long AGREE_MICROS = 10;

    static Anchor now(Clock clock) {
        return new Anchor(clock.nanoTime(), clock.epochMicros(), 0, 0);
    }

    /** Wall time of a monotonic time, in microseconds since the epoch. */
    long epochMicrosAt(long atNanos) {
        return epochMicros + Math.floorDiv(atNanos - nanos, 1_000);
    }

    /** Monotonic time of a wall time. */
    long nanosAt(long atEpochMicros) {
        return nanos + (atEpochMicros - epochMicros) * 1_000;
    }

    /**
     * By how much the wall clock is ahead of this anchor, or behind where negative; 0 where it is
     * less than what is known for sure.
     */
    long movedMicros(Clock clock) {
        long beforeNanos = clock.nanoTime();
        long wallMicros = clock.epochMicros();
        long tookNanos = clock.nanoTime() - beforeNanos;
        long movedMicros = wallMicros - epochMicrosAt(beforeNanos + tookNanos / 2);
        // Held up between the two, they tell nothing finer than the delay.
        return Math.abs(movedMicros) > AGREE_MICROS + tookNanos / 1_000 ? movedMicros : 0;
    }

    /** The anchor after the wall clock was found to be so much ahead. */
    Anchor moved(long byMicros, long nowNanos) {
        return new Anchor(nowNanos, epochMicrosAt(nowNanos) + byMicros, steps, steppedMicros);
    }

    /** The same where that was a step. */
    Anchor stepped(long byMicros, long nowNanos) {
        return new Anchor(
                nowNanos, epochMicrosAt(nowNanos) + byMicros, steps + 1, steppedMicros + byMicros);
    }

    /** Wall time as it would be had it never been stepped. */
    long unsteppedMicrosAt(long atNanos) {
        return epochMicrosAt(atNanos) - steppedMicros;
    }
}
