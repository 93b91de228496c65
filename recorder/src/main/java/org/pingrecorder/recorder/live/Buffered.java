package org.pingrecorder.recorder.live;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What waits for all listeners together; an event that waits for many counts once. Thread-safe. */
final class Buffered {

    /** Of a heap that is documented as 256 MB. */
    static final long MOST_BYTES = 32 << 20;

    /** What each may have waiting while there is more than that. */
    static final int SHARE_BYTES = 32 << 10;

    private final AtomicLong bytes = new AtomicLong();
    private final LongAdder dropped = new LongAdder();

    void add(Event event) {
        if (event.waitsForOneMore()) {
            bytes.addAndGet(event.bytes());
        }
    }

    void remove(Event event) {
        if (event.waitsForOneLess()) {
            bytes.addAndGet(-event.bytes());
        }
    }

    boolean isFull() {
        return bytes.get() > MOST_BYTES;
    }

    long bytes() {
        return bytes.get();
    }

    void countDropped() {
        dropped.increment();
    }

    /** Events that slow listeners lost, ever. */
    long dropped() {
        return dropped.sum();
    }
}
