package org.pingrecorder.icmp;

import java.util.List;

/**
 * Which kinds of ICMP socket this process may open, found by trying.
 *
 * @param attempts one entry per kind and address family, in the order of preference
 * @param advice what to run to make a kind work, empty when one works for IPv4
 */
public record IcmpSupport(List<Attempt> attempts, String advice) {

    public IcmpSupport {
        attempts = List.copyOf(attempts);
    }

    /** Datagram sockets need no privilege, raw ones {@code CAP_NET_RAW}. */
    public enum Kind {
        DATAGRAM,
        RAW
    }

    /**
     * One kind of socket that was tried.
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
