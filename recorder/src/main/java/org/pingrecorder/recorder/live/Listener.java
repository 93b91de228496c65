package org.pingrecorder.recorder.live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One who listens, and what waits for it: of what is too much the oldest goes, and the listener is
 * told how much that was. Thread-safe.
 */
final class Listener {

    static final int MOST_EVENTS = 10_000;
    static final int MOST_BYTES = 4 << 20;
    static final int MUCH_BYTES = 512 << 10;
    static final int MANY_EVENTS = 500;

    private final LiveFilter filter;
    private final Buffered buffered;
    private final Deque<Event> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private long droppedEvents;
    private long droppedPings;
    private long takenNanos;
    private boolean closed;
    private @Nullable Outlet outlet;

    /**
     * @param buffered counts what waits for all listeners
     */
    Listener(LiveFilter filter, Buffered buffered, long nowNanos) {
        this.filter = filter;
        this.buffered = buffered;
        this.takenNanos = nowNanos;
    }

    LiveFilter filter() {
        return filter;
    }

    /** Where its events go; it must be set before anybody wakes it. */
    synchronized void setOutlet(Outlet target) {
        outlet = target;
    }

    /** Adds an event at the end, and has what waits taken where that is much. */
    void offer(Event event) {
        if (add(event)) {
            wake();
        }
    }

    /** Whether much waits since now. */
    private synchronized boolean add(Event event) {
        if (closed) {
            return false;
        }
        boolean wasMuch = isMuch();
        waiting.add(event);
        waitingBytes += event.bytes();
        buffered.add(event);
        int mostBytes = buffered.isFull() ? Buffered.SHARE_BYTES : MOST_BYTES;
        while (waiting.size() > 1 && (waiting.size() > MOST_EVENTS || waitingBytes > mostBytes)) {
            droppedPings += remove().pings();
            droppedEvents++;
            buffered.countDropped();
        }
        return !wasMuch && isMuch();
    }

    private boolean isMuch() {
        return waitingBytes >= MUCH_BYTES || waiting.size() >= MANY_EVENTS;
    }

    /** Tells it of events that were given up before they were made for anybody. */
    synchronized void countDropped(long events, long pings) {
        droppedEvents += events;
        droppedPings += pings;
    }

    private Event remove() {
        Event event = Objects.requireNonNull(waiting.poll());
        waitingBytes -= event.bytes();
        buffered.remove(event);
        return event;
    }

    /**
     * Takes what waits, the oldest first.
     *
     * @param mostBytes so many at most, or one event
     * @return empty if nothing waits
     */
    synchronized List<Event> take(int mostBytes, long nowNanos) {
        takenNanos = nowNanos;
        if (!hasSome()) {
            return List.of();
        }
        List<Event> taken = new ArrayList<>();
        if (droppedEvents > 0) {
            taken.add(EventJson.dropped(droppedEvents, droppedPings));
            droppedEvents = 0;
            droppedPings = 0;
        }
        long bytes = 0;
        while (!waiting.isEmpty() && (bytes == 0 || bytes + first().bytes() <= mostBytes)) {
            bytes += first().bytes();
            taken.add(remove());
        }
        return taken;
    }

    private Event first() {
        return Objects.requireNonNull(waiting.peek());
    }

    /** Whether something waits. */
    synchronized boolean hasSome() {
        return !waiting.isEmpty() || droppedEvents > 0;
    }

    /** Whether something waits and nothing was taken since. */
    synchronized boolean isForgotten(long sinceNanos) {
        return hasSome() && takenNanos - sinceNanos < 0;
    }

    /** Has what waits taken, if something does. */
    void wake() {
        Outlet target;
        synchronized (this) {
            target = hasSome() ? outlet : null;
        }
        if (target != null) {
            target.wake();
        }
    }

    /** Has its connection ended. */
    void end() {
        Outlet target;
        synchronized (this) {
            target = outlet;
        }
        if (target != null) {
            target.end();
        }
    }

    /** Forgets what waits, and takes nothing more. */
    synchronized void close() {
        closed = true;
        droppedEvents = 0;
        while (!waiting.isEmpty()) {
            remove();
        }
    }
}
