package org.pingrecorder.recorder.intake;

import io.micronaut.http.HttpStatus;
import io.micronaut.serde.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.pingrecorder.wire.Problem;

/**
 * Bounds how many bytes of bodies are in memory at once, from their arrival until they are
 * answered. Thread-safe.
 */
@Singleton
final class BodyRoom {

    /** The longest bodies of four clients; those of usual clients take some kilobytes. */
    static final int MEGABYTES = 64;

    /** Of one body, as application.yml bounds it; the server refuses a longer one by itself. */
    static final int LONGEST_BODY_MEGABYTES = 16;

    /** By then a body must be there: 16 MB come over 2.2 Mbit/s. */
    static final Duration LONGEST_WAY = Duration.ofSeconds(60);

    static final int RETRY_AFTER_SECONDS = 5;

    private static final long BYTES = (long) MEGABYTES << 20;

    private static final Problem FULL =
            new Problem(
                    HttpStatus.TOO_MANY_REQUESTS.getReason(),
                    HttpStatus.TOO_MANY_REQUESTS.getCode(),
                    MEGABYTES + " MB of other bodies are on their way; send the same again later.",
                    null);

    private static final Problem SLOW =
            new Problem(
                    HttpStatus.REQUEST_TIMEOUT.getReason(),
                    HttpStatus.REQUEST_TIMEOUT.getCode(),
                    "The body was not here after "
                            + LONGEST_WAY.toSeconds()
                            + " s; send it faster, or in smaller parts.",
                    null);

    private final AtomicLong taken = new AtomicLong();
    private final byte[] full;
    private final byte[] slow;

    BodyRoom(ObjectMapper mapper) throws IOException {
        full = mapper.writeValueAsBytes(FULL);
        slow = mapper.writeValueAsBytes(SLOW);
    }

    /** Takes room, if there is so much; else nothing. */
    boolean take(long bytes) {
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
    byte[] full() {
        return full.clone();
    }

    /** What a body is told that takes too long. */
    byte[] slow() {
        return slow.clone();
    }
}
