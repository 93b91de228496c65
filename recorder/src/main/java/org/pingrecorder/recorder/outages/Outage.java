package org.pingrecorder.recorder.outages;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Three or more consecutive lost pings of one ip; or a time in which its client was cut off from
 * the network and lost pings of it, if only one, which may lie within the former.
 *
 * @param startedMicros time of the first of them, in microseconds since the Unix epoch
 * @param endedMicros time of the reply that ended it, or of its last lost ping where a gap did;
 *     null while it lasts. Being cut off is ended by any ping that says something of the ip
 * @param lost how many pings were lost
 * @param cause what the first of them met: {@code timeout}, or {@code unreachable} with what is
 *     known of it; or {@link #CUT_OFF}
 * @param byGap whether a gap in the pings ended it, not a reply
 */
public record Outage(
        long startedMicros, @Nullable Long endedMicros, int lost, String cause, boolean byGap) {

    /** By time; of two that begin together, the one of the client comes last. */
    public static final Comparator<Outage> IN_ORDER =
            Comparator.comparingLong(Outage::startedMicros).thenComparing(Outage::isCutOff);

    /** The cause of those in which the client was cut off. */
    public static final String CUT_OFF = "cut_off";

    /** Whether the client was cut off, so that nothing is known of the ip. */
    public boolean isCutOff() {
        return cause.equals(CUT_OFF);
    }

    /** How long the ip was disconnected; 0 while that lasts, and where the client was cut off. */
    public long endedDurationMicros() {
        return endedMicros == null || isCutOff() ? 0 : endedMicros - startedMicros;
    }
}
