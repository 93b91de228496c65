package org.pingrecorder.recorder.samples;

import org.jspecify.annotations.Nullable;

/** An ip's hour. */
record Place(long ipId, long hourMicros) {

    private boolean isBefore(Place other) {
        return ipId != other.ipId ? ipId < other.ipId : hourMicros < other.hourMicros;
    }

    /** The earlier of two, either of which may be none. */
    static @Nullable Place first(@Nullable Place one, @Nullable Place other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return other.isBefore(one) ? other : one;
    }
}
