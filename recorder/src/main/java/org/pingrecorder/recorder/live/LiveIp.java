package org.pingrecorder.recorder.live;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.Family;

/**
 * An ip as listeners know it.
 *
 * @param tags its own and its client's
 */
record LiveIp(
        long id,
        String client,
        String ip,
        @Nullable Family family,
        @Nullable String name,
        Set<String> tags) {}
