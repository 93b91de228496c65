package org.pingrecorder.icmp;

import org.pingrecorder.icmp.socket.ReceivedPacket;

/** Decides pings: counts the outcome and tells the listener. */
final class Decider {

    static final String RECEIVE_OVERFLOW = "receive_overflow";
    static final String NO_FREE_SEQUENCE = "no_free_sequence";

    /** No measurement of ours is finer; a lesser round trip is an artefact of how we time. */
    static final long FLOOR_NANOS = 1_000;

    private final PingListener listener;
    private final Counters counters;
    private final CurrentDecision decision = new CurrentDecision();

    Decider(PingListener listener, Counters counters) {
        this.listener = listener;
        this.counters = counters;
    }

    /** A matching reply came for a slot at this monotonic time. */
    void reply(Lane lane, int slot, ReceivedPacket packet, long atNanos) {
        SlotTable slots = lane.slots;
        long rttNanos = atNanos - slots.sentAtNanos[slot];
        if (rttNanos < 0) {
            rttNanos += slots.heldUpNanos[slot]; // it left before its call was held up
        }
        if (rttNanos > slots.lifetimeNanos[slot]) {
            counters.add(Counters.EXPIRED);
        } else if (!slots.isInFlight(slot)) {
            counters.add(Counters.DUPLICATES);
            listener.duplicate(slots.handle[slot]);
        } else {
            if (rttNanos < FLOOR_NANOS) {
                counters.add(Counters.CLAMPED);
                rttNanos = FLOOR_NANOS;
            }
            boolean late = rttNanos > slots.timeoutNanos[slot];
            counters.add(late ? Counters.LATE : Counters.REPLIES);
            slots.decideEarly(slot);
            fill(lane, slot, late ? Outcome.LATE : Outcome.REPLY)
                    .withReply(rttNanos, packet.ttl, packet.bytes);
            listener.decided(decision);
        }
    }

    /** An ICMP error came for an undecided slot. */
    void unreachable(Lane lane, int slot, ReceivedPacket error) {
        counters.add(Counters.UNREACHABLE);
        lane.slots.decideEarly(slot);
        fill(lane, slot, Outcome.UNREACHABLE)
                .withError(error.errorType, error.errorCode)
                .withErrorFrom(error.errorFromHigh, error.errorFromLow);
        listener.decided(decision);
    }

    /** The time of a slot in flight is over. */
    void expired(Lane lane, int slot) {
        boolean overflow = lane.slots.dropsAtSend[slot] != lane.drops;
        counters.add(overflow ? Counters.OVERFLOWED : Counters.TIMEOUTS);
        lane.slots.decide(slot);
        fill(lane, slot, overflow ? Outcome.MISSED : Outcome.TIMEOUT);
        if (overflow) {
            decision.withCause(RECEIVE_OVERFLOW);
        }
        listener.decided(decision);
    }

    /** The kernel would not send the request of a slot. */
    void refused(Lane lane, int slot, long nowNanos, String cause) {
        counters.add(Counters.SEND_ERRORS);
        lane.slots.sentAtNanos[slot] = nowNanos;
        lane.slots.decide(slot);
        fill(lane, slot, Outcome.SEND_ERROR).withCause(cause);
        listener.decided(decision);
    }

    /** A ping that got no slot. */
    void notSent(long handle, EchoTarget target, Outcome outcome, long nowNanos, String cause) {
        counters.add(outcome == Outcome.MISSED ? Counters.NOT_SENT : Counters.SEND_ERRORS);
        listener.decided(decision.of(handle, target, outcome, nowNanos).withCause(cause));
    }

    private CurrentDecision fill(Lane lane, int slot, Outcome outcome) {
        return decision.of(
                lane.slots.handle[slot], lane.target(slot), outcome, lane.slots.sentAtNanos[slot]);
    }
}
