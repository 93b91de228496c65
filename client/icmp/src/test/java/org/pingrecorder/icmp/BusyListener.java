package org.pingrecorder.icmp;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Holds the engine's thread at the first decision, as no listener should. */
final class BusyListener implements PingListener, AutoCloseable {

    record Copy(Outcome outcome, String cause) {}

    final QueueSource source = new QueueSource();
    final Map<Long, Copy> decided = new ConcurrentHashMap<>();
    private final CountDownLatch released = new CountDownLatch(1);

    @Override
    public void decided(Decision decision) {
        decided.put(
                decision.handle(), new Copy(decision.outcome(), String.valueOf(decision.cause())));
        try {
            released.await(RunningEngine.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void failed(Throwable cause) {
        throw new AssertionError(cause);
    }

    void release() {
        released.countDown();
    }

    Outcome outcomeOf(long handle) {
        return decided.getOrDefault(handle, new Copy(Outcome.TIMEOUT, "undecided")).outcome();
    }

    String causeOf(long handle) {
        return decided.getOrDefault(handle, new Copy(Outcome.TIMEOUT, "undecided")).cause();
    }

    @Override
    public void close() {
        release();
    }
}
