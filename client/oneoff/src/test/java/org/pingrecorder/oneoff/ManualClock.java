package org.pingrecorder.oneoff;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.pingrecorder.icmp.Clock;

/** A clock that stands still until it is moved. Starts where {@code nanoTime} soon overflows. */
public final class ManualClock implements Clock {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5_000_000_000L);
    private final AtomicLong epochNanos = new AtomicLong(1_800_000_000_000_000_000L);

    @Override
    public long nanoTime() {
        return nanos.get();
    }

    @Override
    public long epochMicros() {
        return epochNanos.get() / 1_000;
    }

    /** Time passes. */
    public void pass(Duration duration) {
        pass(duration, 1);
    }

    /** Time passes, and on the wall clock faster or slower. */
    public void pass(Duration duration, double wallRate) {
        nanos.addAndGet(duration.toNanos());
        epochNanos.addAndGet(Math.round(duration.toNanos() * wallRate));
    }

    /** Somebody sets the wall clock. */
    public void step(Duration duration) {
        epochNanos.addAndGet(duration.toNanos());
    }
}
