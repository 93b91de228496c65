package org.pingrecorder.agent.timetable;

/** The next slot of one ip. For the engine's thread. */
final class Slot {

    /** Beyond a second, a planned time would no longer say when the ping was sent. */
    private static final long MOST_SLIP_NANOS = 1_000_000_000;

    private final long intervalMicros;
    private final long offsetMicros;
    private PingedIp ip;
    private long epochMicros;
    private long dueNanos;

    Slot(String client, PingedIp ip) {
        this.ip = ip;
        this.intervalMicros = ip.pace().interval().toNanos() / 1_000;
        this.offsetMicros = SlotOffset.micros(client, ip.address().text(), intervalMicros);
    }

    PingedIp ip() {
        return ip;
    }

    /** The same ip under another name, or with other waiting times. */
    void rename(PingedIp renamed) {
        ip = renamed;
    }

    /** Planned time. */
    long epochMicros() {
        return epochMicros;
    }

    /** Planned monotonic time. */
    long dueNanos() {
        return dueNanos;
    }

    long intervalNanos() {
        return intervalMicros * 1_000;
    }

    /**
     * How late it may be sent: until its ip's next slot, and a second at most. What a stall has
     * held up and may still leave is therefore one ping an ip, and with long intervals far less.
     */
    long mostSlipNanos() {
        return Math.min(intervalNanos(), MOST_SLIP_NANOS);
    }

    /** Moves to the first slot after a time. */
    void moveAfter(long nowNanos, Anchor anchor) {
        long nowMicros = anchor.epochMicrosAt(nowNanos);
        long passed = Math.floorDiv(nowMicros - offsetMicros, intervalMicros);
        epochMicros = (passed + 1) * intervalMicros + offsetMicros;
        dueNanos = anchor.nanosAt(epochMicros);
    }

    /** Moves to the slot after this one. */
    void advance() {
        epochMicros += intervalMicros;
        dueNanos += intervalMicros * 1_000;
    }
}
