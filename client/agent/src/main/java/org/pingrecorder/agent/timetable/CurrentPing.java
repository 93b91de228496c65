package org.pingrecorder.agent.timetable;

import org.jspecify.annotations.Nullable;
import org.pingrecorder.icmp.Decision;
import org.pingrecorder.icmp.EchoTarget;
import org.pingrecorder.wire.Outcome;

/** The one result a timetable tells with, filled anew for each ping. */
final class CurrentPing implements PingResult {

    private @Nullable PingedIp ip;
    private @Nullable Decision decision;
    private long plannedEpochMicros;
    private long dueNanos;
    private int clockSteps;
    private Outcome outcome = Outcome.MISSED;
    private @Nullable String cause;

    /** A ping that was handed to the engine. */
    CurrentPing of(Flights flights, Decision decided) {
        long handle = decided.handle();
        ip = flights.ip(handle);
        plannedEpochMicros = flights.plannedEpochMicros(handle);
        dueNanos = flights.dueNanos(handle);
        clockSteps = flights.clockSteps(handle);
        decision = decided;
        outcome = outcome(decided.outcome());
        cause = decided.cause();
        return this;
    }

    /** A slot that never became a packet. */
    CurrentPing of(PingedIp pinged, long epochMicros, int steps, Outcome notSent, String why) {
        ip = pinged;
        plannedEpochMicros = epochMicros;
        clockSteps = steps;
        decision = null;
        outcome = notSent;
        cause = why;
        return this;
    }

    private static Outcome outcome(org.pingrecorder.icmp.Outcome decided) {
        return switch (decided) {
            case REPLY -> Outcome.REPLY;
            case LATE -> Outcome.LATE;
            case TIMEOUT -> Outcome.TIMEOUT;
            case UNREACHABLE -> Outcome.UNREACHABLE;
            case SEND_ERROR -> Outcome.SEND_ERROR;
            case MISSED -> Outcome.MISSED;
        };
    }

    @Override
    public PingedIp ip() {
        if (ip == null) {
            throw new IllegalStateException("read before the first result");
        }
        return ip;
    }

    @Override
    public long plannedEpochMicros() {
        return plannedEpochMicros;
    }

    @Override
    public int clockSteps() {
        return clockSteps;
    }

    @Override
    public Outcome outcome() {
        return outcome;
    }

    @Override
    public long latencyMicros() {
        if (decision == null || !outcome.hasLatency()) {
            return -1;
        }
        return Math.max(1, (decision.rttNanos() + 500) / 1_000);
    }

    @Override
    public long slipNanos() {
        return decision == null ? -1 : Math.max(0, decision.sentAtNanos() - dueNanos);
    }

    @Override
    public long sentAtNanos() {
        return decision == null ? 0 : decision.sentAtNanos();
    }

    @Override
    public @Nullable EchoTarget target() {
        return decision == null ? null : decision.target();
    }

    @Override
    public int ttl() {
        return decision == null ? -1 : decision.ttl();
    }

    @Override
    public int errorType() {
        return decision == null ? -1 : decision.errorType();
    }

    @Override
    public int errorCode() {
        return decision == null ? -1 : decision.errorCode();
    }

    @Override
    public @Nullable String errorFrom() {
        return decision == null ? null : decision.errorFrom();
    }

    @Override
    public @Nullable String cause() {
        return cause;
    }
}
