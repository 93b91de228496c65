package org.pingrecorder.recorder.history;

import java.util.Map;
import java.util.NavigableMap;

/**
 * A span without pings, by its client's own word.
 *
 * @param toMicros the end of time where it lasts
 * @param reason as the client gave it
 */
record Gap(long fromMicros, long toMicros, String reason) {

    /** What was to be there and is not here yet. */
    static final String NOT_DELIVERED = "not_delivered";

    /** No reason was told. */
    static final String UNKNOWN = "unknown";

    /**
     * Why a ping of that time is missing.
     *
     * @param gaps by their starts
     * @param deliveredMicros what was before it is delivered
     */
    static String reason(NavigableMap<Long, Gap> gaps, long atMicros, long deliveredMicros) {
        Map.Entry<Long, Gap> before = gaps.floorEntry(atMicros);
        if (before != null && before.getValue().toMicros() > atMicros) {
            return before.getValue().reason();
        }
        return atMicros >= deliveredMicros ? NOT_DELIVERED : UNKNOWN;
    }
}
