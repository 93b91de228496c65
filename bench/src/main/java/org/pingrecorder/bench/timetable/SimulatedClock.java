package org.pingrecorder.bench.timetable;

import org.pingrecorder.icmp.Clock;

/** Both clocks, moved by hand. For one thread. */
final class SimulatedClock implements Clock {

    private long nanos;
    private long epochMicros = 1_800_000_000_000_000L;

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public long epochMicros() {
        return epochMicros + nanos / 1_000;
    }

    void moveTo(long atNanos) {
        nanos = atNanos;
    }

    /** Somebody sets the wall clock. */
    void step(long micros) {
        epochMicros += micros;
    }
}
