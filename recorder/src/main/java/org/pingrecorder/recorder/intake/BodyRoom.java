package org.pingrecorder.recorder.intake;

import io.micronaut.http.HttpStatus;
import io.micronaut.serde.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.pingrecorder.wire.Problem;

/**
 * Bounds how many bytes of deliveries' bodies are in memory at once, from their arrival until they
 * are answered. Thread-safe.
 */
@Singleton
final class BodyRoom {

    /** The longest bodies of four clients; those of usual clients take some kilobytes. */
    static final int MEGABYTES = 64;

    static final int RETRY_AFTER_SECONDS = 5;

    private static final long BYTES = (long) MEGABYTES << 20;

    private static final Problem FULL =
            new Problem(
                    HttpStatus.SERVICE_UNAVAILABLE.getReason(),
                    HttpStatus.SERVICE_UNAVAILABLE.getCode(),
                    MEGABYTES
                            + " MB of other deliveries are on their way; send the same again"
                            + " later.",
                    null);

    private final AtomicLong taken = new AtomicLong();
    private final byte[] problem;

    BodyRoom(ObjectMapper mapper) throws IOException {
        problem = mapper.writeValueAsBytes(FULL);
    }

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

    /** What a body is told that finds no room. */
    byte[] problem() {
        return problem.clone();
    }
}
