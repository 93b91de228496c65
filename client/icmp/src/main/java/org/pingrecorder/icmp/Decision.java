package org.pingrecorder.icmp;

import org.jspecify.annotations.Nullable;

/**
 * What became of one ping. A view of the engine's own memory: read it during {@link
 * PingListener#decided} and copy what is to be kept.
 */
public interface Decision {

    /** The caller's name for the ping. */
    long handle();

    /** Where it was sent. */
    EchoTarget target();

    Outcome outcome();

    /** Monotonic time at which the packet left, in nanoseconds. */
    long sentAtNanos();

    /** Round-trip time in nanoseconds, at least 1,000; -1 unless there was a reply. */
    long rttNanos();

    /** Time to live (hop limit) of the reply as it arrived; -1 where unknown. */
    int ttl();

    /**
     * Bytes of the ICMP message that came back (header and payload); -1 unless there was a reply.
     */
    int replyBytes();

    /** ICMP type of the error behind {@link Outcome#UNREACHABLE}; -1 otherwise or where unknown. */
    int errorType();

    /** ICMP code of the error behind {@link Outcome#UNREACHABLE}; -1 otherwise or where unknown. */
    int errorCode();

    /**
     * The router that reported {@link Outcome#UNREACHABLE}, in canonical text form; null otherwise
     * or where unknown.
     */
    @Nullable String errorFrom();

    /**
     * Short cause of {@link Outcome#SEND_ERROR} or {@link Outcome#MISSED}, such as {@code
     * ENETUNREACH} or {@code receive_overflow}.
     */
    @Nullable String cause();
}
