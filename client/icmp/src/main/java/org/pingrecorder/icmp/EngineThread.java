package org.pingrecorder.icmp;

import java.util.concurrent.atomic.AtomicBoolean;

/** The one thread of an engine, from its start to its last act. All methods are thread-safe. */
final class EngineThread {

    private static final String NAME = "icmp-engine";

    private final Turn turn;
    private final Counters counters;
    private final PingListener listener;
    private final Runnable release;
    private final AtomicBoolean started = new AtomicBoolean();
    private final Thread thread = Thread.ofPlatform().name(NAME).daemon().unstarted(this::run);
    private volatile boolean closing;

    /** One turn of the engine, and the wait before the next. */
    @FunctionalInterface
    interface Turn {
        void take() throws InterruptedException;
    }

    /**
     * A thread that is not started.
     *
     * @param listener told of a fault, which ends the thread
     * @param release gives back what the engine holds; called once, when no turn can follow
     */
    EngineThread(Turn turn, Counters counters, PingListener listener, Runnable release) {
        this.turn = turn;
        this.counters = counters;
        this.listener = listener;
        this.release = release;
    }

    /** As {@link IcmpEngine#start}. */
    void start() {
        if (!started.compareAndSet(false, true)) {
            throw new IllegalStateException("started or closed before");
        }
        thread.start();
    }

    /** As {@link IcmpEngine#close}; {@code wake} ends a wait. */
    void close(Runnable wake) {
        closing = true;
        if (started.compareAndSet(false, true)) {
            release.run(); // there is no thread that would do it
            return;
        }
        wake.run();
        if (!Thread.currentThread().equals(thread)) {
            joinUninterruptibly();
        }
    }

    private void joinUninterruptibly() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closing) {
                turn.take();
            }
        } catch (Throwable fault) {
            counters.publish();
            listener.failed(fault);
        } finally {
            release.run();
        }
    }
}
