package org.pingrecorder.testnet;

/** Takes the packets that answer one request. */
@FunctionalInterface
public interface Answers {

    /** What an answer is, for counting. */
    enum Kind {
        /** A right reply; of several to one request, all but the first count as duplicates. */
        REPLY,
        /** A reply whose bytes are not those that were sent. */
        CORRUPTED,
        /** A sound reply that belongs to no ping of ours, or comes from another host. */
        FOREIGN,
        /** An ICMP error. */
        ERROR
    }

    /**
     * Adds one packet.
     *
     * @param delayNanos how long after the request's arrival it is sent
     * @param packet the whole IP packet
     */
    void add(Kind kind, long delayNanos, byte[] packet);
}
