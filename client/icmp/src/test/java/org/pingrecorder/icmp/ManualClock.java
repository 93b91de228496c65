package org.pingrecorder.icmp;

/** A clock that moves when a test says so, wall and monotonic time together or apart. */
final class ManualClock implements Clock {

    private long nanos = 5_000_000_000L;
    private long epochNanos = 1_800_000_000_000_000_000L;

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public long epochMicros() {
        return epochNanos / 1_000;
    }

    @Override
    public long epochNanos() {
        return epochNanos;
    }

    void advanceMillis(long millis) {
        advanceNanos(millis * 1_000_000);
    }

    void advanceNanos(long by) {
        nanos += by;
        epochNanos += by;
    }

    /** Steps wall time alone. */
    void stepWallNanos(long by) {
        epochNanos += by;
    }
}
