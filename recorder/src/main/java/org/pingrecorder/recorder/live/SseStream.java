package org.pingrecorder.recorder.live;

import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.http.Chunks;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;

/** A listener's events as Server-Sent Events. For one subscriber. */
final class SseStream implements Publisher<byte[]>, Chunks.Source, Outlet {

    private static final int CHUNK_BYTES = 64 << 10;

    private final Listener listener;
    private final LongSupplier nanos;
    private final Runnable onCancel;
    private final Chunks chunks = new Chunks(this);
    private volatile boolean ended;
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
        chunks.subscribe(only);
    }

    @Override
    public void wake() {
        chunks.wake();
    }

    @Override
    public void end() {
        ended = true;
        chunks.wake();
    }

    @Override
    public void cancelled() {
        onCancel.run();
    }

    @Override
    public boolean isDone() {
        return ended;
    }

    @Override
    public byte @Nullable [] next() {
        if (ended) {
            return null;
        }
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
