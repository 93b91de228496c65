package org.pingrecorder.recorder.live;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * A listener's events as Server-Sent Events: each chunk is what waits when the connection takes one
 * more. For one subscriber.
 */
final class SseStream implements Publisher<byte[]>, Subscription, Outlet {

    private static final int CHUNK_BYTES = 64 << 10;

    private final Listener listener;
    private final LongSupplier nanos;
    private final Runnable onCancel;
    private final AtomicLong demand = new AtomicLong();

    /** How often it was asked to look whether something is to be done. */
    private final AtomicInteger asked = new AtomicInteger();

    private final AtomicBoolean done = new AtomicBoolean();
    private volatile boolean ended;
    private volatile @Nullable Subscriber<? super byte[]> subscriber;
    private byte @Nullable [] first;

    /**
     * @param first the first chunk
     * @param nanos the monotonic clock
     * @param onCancel called when the connection has ended
     */
    SseStream(Listener listener, byte[] first, LongSupplier nanos, Runnable onCancel) {
        this.listener = listener;
        this.first = first;
        this.nanos = nanos;
        this.onCancel = onCancel;
    }

    @Override
    public void subscribe(Subscriber<? super byte[]> only) {
        subscriber = only;
        only.onSubscribe(this);
    }

    @Override
    public void request(long count) {
        demand.updateAndGet(now -> now + count < 0 ? Long.MAX_VALUE : now + count);
        wake();
    }

    @Override
    public void cancel() {
        done.set(true);
        onCancel.run();
    }

    @Override
    public void end() {
        ended = true;
        wake();
    }

    @Override
    public void wake() {
        if (asked.getAndIncrement() > 0) {
            return; // whoever is at it looks again
        }
        int answered = 0;
        do {
            answered = asked.get();
            deliver();
        } while (asked.addAndGet(-answered) > 0);
    }

    private void deliver() {
        Subscriber<? super byte[]> target = subscriber;
        if (target == null) {
            return;
        }
        while (demand.get() > 0 && !done.get() && !ended) {
            byte[] chunk = next();
            if (chunk == null) {
                return;
            }
            if (demand.get() != Long.MAX_VALUE) {
                demand.decrementAndGet();
            }
            target.onNext(chunk);
        }
        if (ended && done.compareAndSet(false, true)) {
            target.onComplete();
        }
    }

    private byte @Nullable [] next() {
        byte[] head = first;
        if (head != null) {
            first = null;
            return head;
        }
        List<Event> events = listener.take(CHUNK_BYTES, nanos.getAsLong());
        if (events.size() == 1) {
            return events.getFirst().stream();
        }
        int size = events.stream().mapToInt(Event::bytes).sum();
        if (size == 0) {
            return null;
        }
        byte[] chunk = new byte[size];
        int at = 0;
        for (Event event : events) {
            System.arraycopy(event.stream(), 0, chunk, at, event.bytes());
            at += event.bytes();
        }
        return chunk;
    }
}
