package org.pingrecorder.recorder.intake;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the clock that stamped a spool's pings. Within an epoch the first estimate is
 * kept until it is wrong by more than 100 ms, so that the jitter of the network moves no times.
 *
 * @param epoch counts the client's clock steps and starts; null before the first that was told
 * @param offsetMicros recorder's clock minus the client's; null where nothing was ever estimated
 */
record SpoolClock(@Nullable Long epoch, @Nullable Long offsetMicros) {

    static final SpoolClock UNKNOWN = new SpoolClock(null, null);

    private static final long STICKS_MICROS = TimeUnit.MILLISECONDS.toMicros(100);

    /** Less is not worth a correction: the estimate itself may be as wrong. */
    private static final long TOLERATED_MICROS = TimeUnit.SECONDS.toMicros(1);

    /**
     * The clock after one more batch.
     *
     * @param toldEpoch of the batch; null where its client cannot know
     * @param estimateMicros of the offset; null where there is none
     */
    SpoolClock after(@Nullable Long toldEpoch, @Nullable Long estimateMicros) {
        if (toldEpoch == null) {
            return this;
        }
        if (!toldEpoch.equals(epoch)) {
            return new SpoolClock(toldEpoch, estimateMicros);
        }
        boolean sticks =
                estimateMicros == null
                        || (offsetMicros != null
                                && Math.abs(estimateMicros - offsetMicros) <= STICKS_MICROS);
        return sticks ? this : new SpoolClock(epoch, estimateMicros);
    }

    /** By how much times are corrected. */
    long correctionMicros() {
        return offsetMicros == null || Math.abs(offsetMicros) <= TOLERATED_MICROS
                ? 0
                : offsetMicros;
    }
}
