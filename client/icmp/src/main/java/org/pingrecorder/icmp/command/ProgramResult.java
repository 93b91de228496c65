package org.pingrecorder.icmp.command;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** What a ping program says became of its one ping. */
public sealed interface ProgramResult {

    int UNKNOWN = -1;

    /**
     * The target answered.
     *
     * @param rttNanos as fine as the program prints it; 0 for less than it can print
     * @param ttl or {@value #UNKNOWN}
     * @param icmpBytes header and payload, or {@value #UNKNOWN}
     */
    record Reply(long rttNanos, int ttl, int icmpBytes) implements ProgramResult {}

    /**
     * An ICMP error came.
     *
     * @param type or {@value #UNKNOWN}
     * @param code or {@value #UNKNOWN}
     * @param from who sent it, where that can be read
     */
    record Unreachable(int type, int code, @Nullable InetAddress from) implements ProgramResult {}

    /** It stopped waiting because of an ICMP error that decides nothing, such as a redirect. */
    record GaveUp() implements ProgramResult {}

    /** Nothing came. */
    record Silence() implements ProgramResult {}

    /** A reply came whose bytes were wrong. */
    record Corrupted() implements ProgramResult {}

    /** A reply came from another address. */
    record Foreign() implements ProgramResult {}

    /**
     * The request was not sent.
     *
     * @param cause such as {@code ENETUNREACH}, else the first line of the output
     */
    record NotSent(String cause) implements ProgramResult {}
}
