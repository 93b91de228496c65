package org.pingrecorder.recorder.live;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a client as a whole.
 *
 * @param client its name
 * @param at when
 * @param planRevision that it acknowledged; null for any other change
 */
public record ClientEvent(String client, Change change, Instant at, @Nullable Long planRevision) {

    /** Kinds of it. */
    public enum Change {
        CONNECTED,
        /** It said that it stops. */
        STOPPED,
        /** Its connection ended without a word. */
        LOST,
        PLAN_ACKNOWLEDGED;

        /** As it is told: {@code plan_acknowledged}. */
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
