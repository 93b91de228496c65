package org.pingrecorder.recorder.outages;

import org.jspecify.annotations.Nullable;

/**
 * Three or more consecutive lost pings of one ip.
 *
 * @param startedMicros time of the first of them, in microseconds since the Unix epoch
 * @param endedMicros time of the reply that ended it, or of its last lost ping where a gap did;
 *     null while it lasts
 * @param lost how many pings were lost
 * @param cause what the first of them met: {@code timeout}, or {@code unreachable} with what is
 *     known of it
 * @param byGap whether a gap in the pings ended it, not a reply
 */
public record Outage(
        long startedMicros, @Nullable Long endedMicros, int lost, String cause, boolean byGap) {

    /** How long it was; 0 while it lasts. */
    public long endedDurationMicros() {
        return endedMicros == null ? 0 : endedMicros - startedMicros;
    }
}
