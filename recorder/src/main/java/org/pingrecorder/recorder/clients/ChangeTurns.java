package org.pingrecorder.recorder.clients;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Supplier;
import org.pingrecorder.recorder.http.Turns;

/**
 * Lets one call at a time change plans or tags: they would wait for each other in the database
 * anyway, each on a connection that pings need. Thread-safe.
 */
@Singleton
public final class ChangeTurns {

    /** More than a change of the largest size takes. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Turns turns =
            new Turns(
                    1,
                    PATIENCE,
                    "Other changes of plans or tags are being stored; send the same again later.");

    /**
     * Makes a change when it is its turn.
     *
     * @throws org.pingrecorder.recorder.http.Fault 429 if that is not soon
     */
    public <T> T take(Supplier<T> change) {
        return turns.take(change);
    }
}
