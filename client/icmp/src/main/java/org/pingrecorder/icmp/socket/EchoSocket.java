package org.pingrecorder.icmp.socket;

import java.lang.foreign.MemorySegment;

/**
 * One open ICMP socket of one address family. Used on the engine's thread only; never blocks except
 * in {@link #awaitWritable}. Calls return their result, or the negative errno.
 */
public interface EchoSocket {

    boolean ipv6();

    /** First of the ids this socket receives replies for; -1 where the kernel writes the id. */
    int firstId();

    /** How many ids, from the first on, are this socket's; each is a sequence space of its own. */
    int ids();

    /** Whether checksums are ours to write and verify, not the kernel's. */
    boolean checksummed();

    /** How many requests fit into one send. */
    int batchSize();

    /** The memory that holds the requests to send. */
    MemorySegment requests();

    /** Where request {@code index} begins in {@link #requests}. */
    long requestOffset(int index);

    /** Sets where request {@code index} goes. */
    void destination(int index, long addressHigh, long addressLow, int scope);

    /**
     * Sends requests {@code first} to {@code first + count - 1}.
     *
     * @return how many left, at least one, or the negative errno that stopped the first of them
     */
    int send(int first, int count);

    /** Waits until a send may find room again, at most so long. */
    void awaitWritable(long nanos);

    /** Takes waiting messages; a result below the capacity means that no more were waiting. */
    ReceivedBatch receive();

    /** Takes waiting errors from the error queue. */
    ReceivedBatch receiveErrors();

    /** The socket's count of messages dropped for want of buffer; -1 where it cannot be read. */
    int drops();
}
