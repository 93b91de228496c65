package org.pingrecorder.icmp.socket;

import java.lang.foreign.MemorySegment;

/**
 * One row of a {@link ReceivedBatch}: a message and what came with it. A plain structure that is
 * written again and again, so that receiving allocates nothing. Addresses are two longs in network
 * order; IPv4 has its 32 bits in the low one.
 */
public final class ReceivedPacket {

    /** No value: for {@link #stampEpochNanos}, {@link #ttl} and the error fields. */
    public static final int NONE = -1;

    /** Memory that holds the bytes, valid until the next receive on the same network. */
    public MemorySegment memory = MemorySegment.NULL;

    /** Where the ICMP message begins. */
    public long offset;

    /** Bytes of the ICMP message, or of what an error quotes of it; 0 if it made no sense. */
    public int bytes;

    /** Whether the message was longer than the memory for it. */
    public boolean truncated;

    /** Who sent the message; for an error, where the quoted request was going. */
    public long addressHigh;

    public long addressLow;

    /** Interface index of a link-local address, else 0. */
    public int scope;

    /** The kernel's receive time in wall-clock nanoseconds since the epoch. */
    public long stampEpochNanos;

    /** Time to live or hop limit on arrival. */
    public int ttl;

    /** Type and code of the ICMP error; {@link #NONE} for an error of this machine. */
    public int errorType;

    public int errorCode;

    /** Who sent the ICMP error. */
    public long errorFromHigh;

    public long errorFromLow;
}
