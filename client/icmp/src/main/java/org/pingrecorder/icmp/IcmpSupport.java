package org.pingrecorder.icmp;

import java.util.List;

/**
 * Which ways to ping this process has, found by trying.
 *
 * @param attempts one entry per kind and address family, in the order of preference
 * @param notes what else people should know, one sentence each
 * @param advice what to run to make a kind work, empty when one works for IPv4
 */
public record IcmpSupport(List<Attempt> attempts, List<String> notes, String advice) {

    public IcmpSupport {
        attempts = List.copyOf(attempts);
        notes = List.copyOf(notes);
    }

    /** A way to ping. */
    public enum Kind {
        /** Datagram sockets, which need no privilege. */
        DATAGRAM,
        /** Raw sockets, which need {@code CAP_NET_RAW}. */
        RAW,
        /** The system's {@code ping} program, one process a ping. */
        COMMAND
    }

    /**
     * One kind that was tried.
     *
     * @param ipv6 whether it is the IPv6 kind
     * @param works whether it could be opened
     * @param reason why it could not, such as {@code EACCES}; empty when it works
     */
    public record Attempt(Kind kind, boolean ipv6, boolean works, String reason) {}

    /** Whether any kind works for the address family. */
    public boolean works(boolean ipv6) {
        return attempts.stream().anyMatch(a -> a.ipv6() == ipv6 && a.works());
    }
}
