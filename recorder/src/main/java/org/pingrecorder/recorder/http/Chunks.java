package org.pingrecorder.recorder.http;

import java.io.IOException;
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
 * An answer that grows: each chunk is what its source has when the connection takes one more. For
 * one subscriber. Thread-safe.
 */
public final class Chunks implements Publisher<byte[]>, Subscription {

    private static final Logger LOG = LoggerFactory.getLogger(Chunks.class);

    private final Source source;
    private final AtomicLong demand = new AtomicLong();

    /** How often it was asked to look whether something is to be done. */
    private final AtomicInteger asked = new AtomicInteger();

    private final AtomicBoolean over = new AtomicBoolean();
    private volatile boolean cut;
    private volatile @Nullable Subscriber<? super byte[]> subscriber;

    /** Where chunks come from. Its methods must not block. */
    public interface Source {

        /** The next chunk, by one thread at a time; null if there is none now. */
        byte @Nullable [] next();

        /** Whether there will be none any more. */
        boolean isDone();

        /** The connection has ended; may be called by any thread, and more than once. */
        void cancelled();

        /** Nothing is asked for any more, for whatever reason; called once, by any thread. */
        default void over() {}
    }

    /** An answer that has not begun. */
    public Chunks(Source source) {
        this.source = source;
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
        source.cancelled();
    }

    /** Ends the connection as one that failed, whatever there still is. */
    public void cut() {
        cut = true;
        wake();
    }

    /** Whether it was not over before. */
    private boolean finish() {
        boolean isFirst = over.compareAndSet(false, true);
        if (isFirst) {
            source.over();
        }
        return isFirst;
    }

    /** Whether the connection has ended, or has all there is. */
    public boolean isOver() {
        return over.get();
    }

    /**
     * Says that the source has something, or is done. One thread at a time delivers; others only
     * have it look again.
     */
    public void wake() {
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
                cancel();
            }
        } while (asked.addAndGet(-answered) > 0);
    }

    private void deliver() {
        Subscriber<? super byte[]> target = subscriber;
        if (cut) {
            if (finish() && target != null) {
                target.onError(new IOException("nobody reads the answer"));
            }
            return;
        }
        if (target == null) {
            return;
        }
        while (!over.get() && demand.get() > 0) {
            byte[] chunk = source.next();
            if (chunk == null) {
                break;
            }
            if (demand.get() != Long.MAX_VALUE) {
                demand.decrementAndGet();
            }
            target.onNext(chunk);
        }
        if (!over.get() && source.isDone() && finish()) {
            target.onComplete();
        }
    }
}
