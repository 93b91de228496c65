package org.pingrecorder.recorder.control;

import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Lets few at a time ask the database: a thousand clients that come back at once must not take all
 * of its connections from the pings. Thread-safe.
 */
@Singleton
final class DatabaseTurns {

    /** Of the ten connections that {@code application.yml} gives the pool. */
    private static final int AT_ONCE = 3;

    private final Semaphore turns = new Semaphore(AT_ONCE, true);

    void take(Runnable work) {
        take(
                () -> {
                    work.run();
                    return true;
                });
    }

    <T> T take(Supplier<T> work) {
        turns.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            turns.release();
        }
    }
}
