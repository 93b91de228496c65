package org.pingrecorder.recorder.intake;

import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds how many bytes of deliveries' bodies are in memory at once, from their arrival until they
 * are answered. Thread-safe.
 */
@Singleton
final class BodyRoom {

    /** The longest bodies of four clients; those of usual clients take some kilobytes. */
    static final int MEGABYTES = 64;

    private static final long BYTES = (long) MEGABYTES << 20;

    private final AtomicLong taken = new AtomicLong();

    /** Takes room, if there is so much; else nothing. */
    boolean take(int bytes) {
        if (taken.addAndGet(bytes) <= BYTES) {
            return true;
        }
        giveBack(bytes);
        return false;
    }

    void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }
}
