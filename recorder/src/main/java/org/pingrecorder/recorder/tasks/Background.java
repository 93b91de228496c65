package org.pingrecorder.recorder.tasks;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.pingrecorder.recorder.database.DatabaseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does one thing again and again, on a virtual thread: when asked, and every so often. */
final class Background implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Background.class);

    private final Semaphore asked = new Semaphore(0);
    private final Runnable turn;
    private final Duration every;
    private final Thread thread;

    Background(String name, Duration every, Runnable turn) {
        this.turn = turn;
        this.every = every;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::work);
    }

    void start() {
        thread.start();
    }

    /** Soon, by anybody. */
    void ask() {
        asked.release();
    }

    private void work() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                var _ = asked.tryAcquire(every.toMillis(), TimeUnit.MILLISECONDS);
                asked.drainPermits();
                turn();
            }
        } catch (InterruptedException e) {
            LOG.debug("{} has ended.", thread.getName(), e);
        }
    }

    private void turn() {
        try {
            turn.run();
        } catch (DatabaseException e) {
            LOG.debug("The database is away; {} is done later.", thread.getName(), e);
        } catch (RuntimeException | OutOfMemoryError e) { // the thread must go on
            LOG.error("{} failed.", thread.getName(), e);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
