package org.pingrecorder.agent.timetable;

import org.jspecify.annotations.Nullable;
import org.pingrecorder.icmp.EchoTarget;
import org.pingrecorder.wire.Outcome;

/**
 * One slot and what became of it. A view of the timetable's own memory: read it during {@link
 * PingSink#decided} and copy what is to be kept.
 */
public interface PingResult {

    PingedIp ip();

    /** The ping's time: its slot, in microseconds since the Unix epoch. */
    long plannedEpochMicros();

    /**
     * How many steps of the wall clock came before the ping was planned: times with different
     * numbers are times of different clocks.
     */
    int clockSteps();

    Outcome outcome();

    /** Round-trip time in microseconds, at least 1; -1 unless there was a reply. */
    long latencyMicros();

    /**
     * How long after its slot the packet left, or was to leave where this machine refused it, in
     * nanoseconds: the planned time and this make the actual send time. -1 if none was handed to
     * the engine.
     */
    long slipNanos();

    /**
     * Monotonic time at which the packet left, in nanoseconds; means something only where {@link
     * #slipNanos} does.
     */
    long sentAtNanos();

    /** The address really used; null if none was. */
    @Nullable EchoTarget target();

    /** Time to live of the reply; -1 where unknown. */
    int ttl();

    /** ICMP type of the error behind {@link Outcome#UNREACHABLE}; -1 otherwise. */
    int errorType();

    /** ICMP code of the error behind {@link Outcome#UNREACHABLE}; -1 otherwise. */
    int errorCode();

    /** The router that reported {@link Outcome#UNREACHABLE}. */
    @Nullable String errorFrom();

    /** Why it was not sent or was missed; null otherwise. */
    @Nullable String cause();
}
