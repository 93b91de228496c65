package org.pingrecorder.agent.ping;

import java.util.Locale;
import org.pingrecorder.wire.Outcome;

/** What this program itself did badly: pings it sent late or not at all. For one thread. */
final class OwnFaults {

    private static final long SLIP_FLOOR_NANOS = 1_000_000;

    private long slipped;
    private long maxSlipNanos;
    private long missed;

    void add(Outcome outcome, long slipNanos, long pings) {
        if (outcome == Outcome.MISSED) {
            missed += pings;
        }
        maxSlipNanos = Math.max(maxSlipNanos, slipNanos);
        slipped += slipNanos > SLIP_FLOOR_NANOS ? 1 : 0;
    }

    /** Such as {@code our own: 0 missed, 3 sent over 1 ms late (at most 4.2 ms)}. */
    String text() {
        String late =
                slipped == 0
                        ? "none sent late"
                        : String.format(
                                Locale.ROOT,
                                "%,d sent over 1 ms late (at most %s ms)",
                                slipped,
                                Millis.shortText(Millis.ofNanos(maxSlipNanos)));
        return String.format(Locale.ROOT, "our own: %,d missed, %s", missed, late);
    }
}
