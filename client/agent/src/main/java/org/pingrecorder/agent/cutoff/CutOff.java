package org.pingrecorder.agent.cutoff;

import java.util.Arrays;

/**
 * Judges by the pings of some references whether this client is cut off: when the last {@value
 * #FAILED_IN_A_ROW} pings of every reference have failed, until any reference answers. It is cut
 * off from the planned time of the first reference ping after the last answer on.
 *
 * <p>A lost ping belongs to that time if any of the time between its sending and its decision does:
 * its reply could not have come. What is decided when it is not known yet what the references make
 * of it is held until they do: until one answers, so that nothing is cut off, or until it is
 * judged. With references asked every second and given up after one that takes four seconds at
 * most.
 *
 * <p>All times are monotonic nanoseconds, of which only differences mean something. For the
 * engine's thread.
 */
final class CutOff {

    /** So many failed pings of each reference make it. */
    static final int FAILED_IN_A_ROW = 3;

    /** What a lost ping is. */
    enum Verdict {
        /** Lost by its target, or on the way there. */
        COUNTS,
        /** Lost for this client was cut off. */
        CUT_OFF,
        /** Not known yet. */
        HELD
    }

    /** Learns of the judgement. */
    interface Listener {

        /** A reference has answered before this client was judged cut off, if it is in doubt. */
        void connected();

        /**
         * It is judged cut off.
         *
         * @param sinceNanos from when on it is
         */
        void cutOff(long sinceNanos);

        /** A reference answers again. */
        void back(int reference);
    }

    private final Listener listener;
    private final int[] failed;

    // Since a reference was pinged after the last answer.
    private boolean isInDoubt;
    private long doubtNanos;

    private boolean isCutOff;

    // When it was cut off last, if ever: pings sent before that were sent into the void.
    private boolean wasCutOff;
    private long backNanos;

    /**
     * Not cut off.
     *
     * @param references how many there are; without any it never is
     */
    CutOff(int references, Listener listener) {
        this.failed = new int[references];
        this.listener = listener;
    }

    /** A reference is pinged, or was to be where it cannot be found. */
    void pinged(long plannedNanos) {
        if (!isInDoubt) {
            isInDoubt = true;
            doubtNanos = plannedNanos;
        }
    }

    /**
     * A reference has answered in time.
     *
     * @param sentNanos the ping that it answered: from then on there is a way
     */
    void answered(int reference, long sentNanos) {
        failed[reference] = 0;
        isInDoubt = false;
        if (isCutOff) {
            isCutOff = false;
            wasCutOff = true;
            backNanos = sentNanos;
            listener.back(reference);
        } else {
            listener.connected();
        }
    }

    /** A reference has not answered in time, or could not be asked. */
    void failed(int reference) {
        failed[reference] = Math.min(failed[reference] + 1, FAILED_IN_A_ROW);
        if (!isCutOff && Arrays.stream(failed).allMatch(times -> times == FAILED_IN_A_ROW)) {
            isCutOff = true;
            listener.cutOff(doubtNanos);
        }
    }

    /** What a ping is that is decided lost now. */
    Verdict verdict(long sentNanos) {
        if (isCutOff || (wasCutOff && sentNanos - backNanos < 0)) {
            return Verdict.CUT_OFF;
        }
        return isInDoubt ? Verdict.HELD : Verdict.COUNTS;
    }
}
