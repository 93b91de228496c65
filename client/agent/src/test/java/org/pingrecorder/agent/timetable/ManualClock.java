package org.pingrecorder.agent.timetable;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.pingrecorder.icmp.Clock;

/** A clock that stands still until it is moved. Starts where {@code nanoTime} soon overflows. */
public final class ManualClock implements Clock {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5_000_000_000L);
    private final AtomicLong epochMicros = new AtomicLong(1_800_000_000_000_000L);

    @Override
    public long nanoTime() {
        return nanos.get();
    }

    @Override
    public long epochMicros() {
        return epochMicros.get();
    }

    /** Time passes. */
    public void pass(Duration duration) {
        nanos.addAndGet(duration.toNanos());
        epochMicros.addAndGet(duration.toNanos() / 1_000);
    }

    /** Somebody sets the wall clock. */
    public void step(Duration duration) {
        epochMicros.addAndGet(duration.toNanos() / 1_000);
    }
}
