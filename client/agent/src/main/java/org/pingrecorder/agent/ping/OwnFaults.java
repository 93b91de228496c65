package org.pingrecorder.agent.ping;

import java.util.Locale;
import org.pingrecorder.oneoff.PingLines;
import org.pingrecorder.wire.Outcome;

/** What this program itself did badly: pings it sent late or not at all. For one thread. */
final class OwnFaults {

    private long slipped;
    private long maxSlipNanos;
    private long missed;

    void add(Outcome outcome, long slipNanos, long pings) {
        if (outcome == Outcome.MISSED) {
            missed += pings;
        }
        maxSlipNanos = Math.max(maxSlipNanos, slipNanos);
        slipped += slipNanos > PingLines.SLIP_FLOOR_NANOS ? 1 : 0;
    }

    /** Such as {@code own faults: 0 missed, 3 slipped (4.213 ms)}. */
    String text() {
        String most =
                slipped == 0
                        ? ""
                        : " (" + Millis.shortText(PingLines.millis(maxSlipNanos)) + " ms)";
        return String.format(
                Locale.ROOT, "own faults: %,d missed, %,d slipped%s", missed, slipped, most);
    }
}
