package org.pingrecorder.recorder.tasks;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An answer that grows line by line: each chunk is what waits when the connection takes one more.
 * For one subscriber; lines may be added by any thread.
 */
final class LineStream implements Publisher<byte[]>, Subscription {

    private static final Logger LOG = LoggerFactory.getLogger(LineStream.class);

    /** What a caller may be behind. */
    static final int MOST_WAITING_BYTES = 4 << 20;

    private static final int CHUNK_BYTES = 32 << 10;

    private final Runnable onCancel;
    private final Runnable onOver;
    private final AtomicLong demand = new AtomicLong();

    /** How often it was asked to look whether something is to be done. */
    private final AtomicInteger asked = new AtomicInteger();

    private final Queue<byte[]> waiting = new ArrayDeque<>();
    private int waitingBytes;
    private boolean ended;
    private long takenNanos;
    private volatile boolean cut;

    /** Nothing is handed over any more. */
    private final AtomicBoolean over = new AtomicBoolean();

    private volatile @Nullable Subscriber<? super byte[]> subscriber;

    /**
     * An answer that has not begun.
     *
     * @param onCancel called when the connection has ended; must not block
     * @param onOver called once, when nothing waits any more: all was taken, or the connection has
     *     ended, or was cut; must not block
     */
    LineStream(Runnable onCancel, Runnable onOver, long nowNanos) {
        this.onCancel = onCancel;
        this.onOver = onOver;
        this.takenNanos = nowNanos;
    }

    /**
     * Adds a line, be there anybody who reads or not.
     *
     * @return whether the caller keeps up
     */
    boolean add(byte[] line) {
        boolean keepsUp;
        synchronized (waiting) {
            if (over.get() || ended) {
                return true;
            }
            waiting.add(line);
            waitingBytes += line.length;
            keepsUp = waitingBytes <= MOST_WAITING_BYTES;
        }
        wake();
        return keepsUp;
    }

    /** Nothing more comes. */
    void end() {
        synchronized (waiting) {
            ended = true;
        }
        wake();
    }

    /** Cuts the connection if all lines are there and none was taken since. */
    void cutIfForgotten(long sinceNanos) {
        synchronized (waiting) {
            cut |= ended && takenNanos - sinceNanos < 0;
        }
        if (cut) {
            wake();
        }
    }

    @Override
    public void subscribe(Subscriber<? super byte[]> only) {
        only.onSubscribe(this);
        subscriber = only;
        wake();
    }

    @Override
    public void request(long count) {
        demand.updateAndGet(now -> now + count < 0 ? Long.MAX_VALUE : now + count);
        wake();
    }

    @Override
    public void cancel() {
        finish();
        onCancel.run();
    }

    /** Returns whether it was not over before. */
    private boolean finish() {
        boolean first = over.compareAndSet(false, true);
        if (first) {
            synchronized (waiting) {
                waiting.clear();
            }
            onOver.run();
        }
        return first;
    }

    /** Does what is to be done; one thread at a time, the others only ask it to look again. */
    private void wake() {
        if (asked.getAndIncrement() > 0) {
            return;
        }
        int answered;
        do {
            answered = asked.get();
            try {
                deliver();
            } catch (RuntimeException e) {
                LOG.debug("An answer cannot be handed over.", e);
                finish();
            }
        } while (asked.addAndGet(-answered) > 0);
    }

    private void deliver() {
        Subscriber<? super byte[]> target = subscriber;
        while (target != null && !cut && !over.get() && demand.get() > 0) {
            byte[] chunk = next();
            if (chunk == null) {
                break;
            }
            if (demand.get() != Long.MAX_VALUE) {
                demand.decrementAndGet();
            }
            target.onNext(chunk);
        }
        if (cut) {
            if (finish() && target != null) {
                target.onError(new IOException("nobody reads the answer"));
            }
        } else if (target != null && isDone() && finish()) {
            target.onComplete();
        }
    }

    private boolean isDone() {
        synchronized (waiting) {
            return ended && waiting.isEmpty();
        }
    }

    private byte @Nullable [] next() {
        synchronized (waiting) {
            int bytes = 0;
            int lines = 0;
            for (byte[] line : waiting) {
                if (lines > 0 && bytes + line.length > CHUNK_BYTES) {
                    break;
                }
                bytes += line.length;
                lines++;
            }
            if (lines == 0) {
                return null;
            }
            takenNanos = System.nanoTime();
            byte[] chunk = new byte[bytes];
            int at = 0;
            for (int i = 0; i < lines; i++) {
                byte[] line = waiting.remove();
                System.arraycopy(line, 0, chunk, at, line.length);
                at += line.length;
            }
            waitingBytes -= bytes;
            return chunk;
        }
    }
}
