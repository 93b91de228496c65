package org.pingrecorder.recorder.http;

import io.micronaut.http.HttpStatus;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Lets few calls at a time do what costs much; the others wait a little. Thread-safe. */
public final class Turns {

    private final Semaphore turns;
    private final Duration patience;
    private final String busy;

    /**
     * @param atOnce how many
     * @param patience how long a call waits
     * @param busy what it is told then
     */
    public Turns(int atOnce, Duration patience, String busy) {
        this.turns = new Semaphore(atOnce, true);
        this.patience = patience;
        this.busy = busy;
    }

    /**
     * Does it when there is room.
     *
     * @throws Fault 429 if there is none for too long
     */
    public <T> T take(Supplier<T> work) {
        try {
            if (!turns.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw Fault.of(HttpStatus.TOO_MANY_REQUESTS, busy);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Fault.of(HttpStatus.SERVICE_UNAVAILABLE, "The recorder is stopping.");
        }
        try {
            return work.get();
        } finally {
            turns.release();
        }
    }
}
