package org.pingrecorder.recorder.history;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.Family;

/**
 * An ip of a client's, as the registry has it.
 *
 * @param pausedAt since when its client pings nothing, by a plan; null while it pings
 * @param isListed whether it is on the list; one that was taken off keeps its history
 */
record Target(
        String client,
        long ipId,
        String ip,
        @Nullable Family family,
        @Nullable String name,
        @Nullable Instant pausedAt,
        boolean isListed) {}
