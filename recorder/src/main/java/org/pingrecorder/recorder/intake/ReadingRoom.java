package org.pingrecorder.recorder.intake;

import io.micronaut.http.HttpStatus;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.pingrecorder.recorder.http.Fault;

/**
 * Bounds how much text of deliveries is read at once: what is read of it takes about as much
 * memory, and a few hostile bodies would fill all of it. Thread-safe.
 */
@Singleton
final class ReadingRoom {

    /** The longest body fits, alone. */
    static final int MEGABYTES = BatchBody.LONGEST_UNPACKED_MEGABYTES;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Semaphore megabytes = new Semaphore(MEGABYTES, true);
    private final Duration patience;

    @Inject
    ReadingRoom() {
        this(PATIENCE);
    }

    /** A room that lets wait for so long. */
    ReadingRoom(Duration patience) {
        this.patience = patience;
    }

    /**
     * Takes a megabyte, waiting for one to be free.
     *
     * @throws Fault 429 if none is for too long
     */
    void take() {
        try {
            if (megabytes.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw Fault.of(
                HttpStatus.TOO_MANY_REQUESTS,
                MEGABYTES + " MB of other deliveries are being read; send the same again later.");
    }

    void giveBack(int taken) {
        megabytes.release(taken);
    }
}
