package org.pingrecorder.recorder.control;

import io.micronaut.http.MediaType;
import io.micronaut.websocket.CloseReason;
import io.micronaut.websocket.WebSocketSession;
import io.micronaut.websocket.exceptions.WebSocketSessionException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.control.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket connection to {@code /ws}: of a client once it has registered, of whoever it may be
 * until then. Thread-safe; what happens to it happens in order on its {@link #inOrder inbox}.
 */
final class Conn {

    private static final Logger LOG = LoggerFactory.getLogger(Conn.class);

    /** Of all messages that wait to be handled. */
    private static final int MOST_WAITING_CHARS = 4 << 20;

    private static final int MOST_WAITING = 5_000;

    private final String id = UUID.randomUUID().toString();
    private final WebSocketSession session;
    private final String address;
    private final long openedNanos;
    private final Inbox<Runnable> inbox = new Inbox<>(Conn::runAll);
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger waitingChars = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicReference<@Nullable Status> newStatus = new AtomicReference<>();
    private final PlanProgress plan = new PlanProgress();

    /** Null until it has registered. */
    private volatile @Nullable String client;

    private volatile long heardNanos;
    private volatile long pingedNanos;

    Conn(WebSocketSession session, String address, long nowNanos) {
        this.session = session;
        this.address = address;
        this.openedNanos = nowNanos;
        this.heardNanos = nowNanos;
        this.pingedNanos = nowNanos;
    }

    /** Another one for every connection. */
    String id() {
        return id;
    }

    /** Where it comes from. */
    String address() {
        return address;
    }

    @Nullable String client() {
        return client;
    }

    void registered(String name) {
        client = name;
    }

    PlanProgress plan() {
        return plan;
    }

    /** Any sign of life came. */
    void heard(long nowNanos) {
        heardNanos = nowNanos;
    }

    /** When it gave its last sign of life. */
    long heardNanos() {
        return heardNanos;
    }

    long silentNanos(long nowNanos) {
        return nowNanos - heardNanos;
    }

    long openNanos(long nowNanos) {
        return nowNanos - openedNanos;
    }

    long sincePingNanos(long nowNanos) {
        return nowNanos - pingedNanos;
    }

    /** Keeps the newest word on how the client does until it is stored. */
    void keepStatus(Status status) {
        newStatus.set(status);
    }

    /** Takes the status that is not stored yet. */
    @Nullable Status takeStatus() {
        return newStatus.getAndSet(null);
    }

    /** Does it after all that was put before, on a virtual thread. */
    void inOrder(Runnable task) {
        inbox.put(task);
    }

    /**
     * Handles a message after those that came before.
     *
     * @return false if so many wait that it is not taken
     */
    boolean inOrder(String message, Runnable handling) {
        int chars = message.length();
        if (waitingChars.addAndGet(chars) > MOST_WAITING_CHARS
                || waiting.incrementAndGet() > MOST_WAITING) {
            return false; // the connection is closed for it: no need to count it out
        }
        inbox.put(
                () -> {
                    try {
                        handling.run();
                    } finally {
                        waiting.decrementAndGet();
                        waitingChars.addAndGet(-chars);
                    }
                });
        return true;
    }

    private static void runAll(List<Runnable> tasks) {
        for (Runnable task : tasks) {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("A message of the control channel was not handled.", e);
            }
        }
    }

    /** Whether the peer takes more just now. */
    boolean isWritable() {
        return session.isWritable();
    }

    /** Sends a message; returns whether the connection was open, not whether it arrived. */
    boolean send(String message) {
        try {
            var _ = session.sendAsync(message, MediaType.APPLICATION_JSON_TYPE);
            return true;
        } catch (WebSocketSessionException e) {
            LOG.debug("Connection {} closed before a message was sent.", id, e);
            return false;
        }
    }

    /**
     * Sends a long message and waits until it has left, at most so long: those who send many keep
     * few of them in memory.
     */
    boolean sendWholly(String message, Duration limit) {
        try {
            session.sendAsync(message, MediaType.APPLICATION_JSON_TYPE)
                    .get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return true; // on its way to a slow peer
        } catch (ExecutionException | WebSocketSessionException e) {
            LOG.debug("Connection {} closed before a message was sent.", id, e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void ping(long nowNanos) {
        pingedNanos = nowNanos;
        try {
            var _ = session.sendPingAsync(new byte[0]);
        } catch (WebSocketSessionException e) {
            LOG.debug("Connection {} closed before a ping was sent.", id, e);
        }
    }

    /** Sends a last message, then closes. */
    void sendAndClose(String message, CloseReason reason) {
        send(message);
        close(reason); // goes out after it
    }

    void close(CloseReason reason) {
        session.close(reason);
    }

    /** Marks it as closed; returns whether it was open until now. */
    boolean markClosed() {
        return closed.compareAndSet(false, true);
    }

    boolean isClosed() {
        return closed.get();
    }
}
