package org.pingrecorder.bench.store;

import java.sql.Connection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Looks once a second how old the oldest upload is that nobody has packed yet. */
final class PackingWatch implements AutoCloseable {

    private static final String OLDEST_MILLIS =
            "SELECT extract(epoch FROM clock_timestamp() - min(received_at)) * 1000 FROM upload";

    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread thread;
    private volatile long oldestMillis;

    PackingWatch(RecorderRun recorder) {
        thread = Thread.ofVirtual().start(() -> watch(recorder));
    }

    private void watch(RecorderRun recorder) {
        try (Connection connection = recorder.connect()) {
            while (!closed.get()) {
                oldestMillis =
                        Math.max(oldestMillis, ServerFolder.number(connection, OLDEST_MILLIS));
                TimeUnit.SECONDS.sleep(1);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The oldest so far. */
    double oldestSeconds() {
        return oldestMillis / 1e3;
    }

    /** Waits until nothing is left to pack; returns the seconds that took. */
    static double awaitPacked(RecorderRun recorder) throws Exception {
        return awaitNone(recorder, "SELECT count(*) FROM upload");
    }

    /** Waits until all is in blocks; returns the seconds that took. */
    static double awaitMerged(RecorderRun recorder) throws Exception {
        return awaitNone(
                recorder, "SELECT (SELECT count(*) FROM upload) + (SELECT count(*) FROM fresh)");
    }

    private static double awaitNone(RecorderRun recorder, String count) throws Exception {
        long start = System.nanoTime();
        try (Connection connection = recorder.connect()) {
            while (ServerFolder.number(connection, count) > 0) {
                TimeUnit.MILLISECONDS.sleep(200);
            }
        }
        return (System.nanoTime() - start) / 1e9;
    }

    @Override
    public void close() throws InterruptedException {
        closed.set(true);
        thread.join();
    }
}
