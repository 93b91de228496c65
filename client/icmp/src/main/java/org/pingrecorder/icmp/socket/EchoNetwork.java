package org.pingrecorder.icmp.socket;

import java.util.List;

/** The open sockets of one engine, and the wait over all of them. */
public interface EchoNetwork extends AutoCloseable {

    /** The sockets, in a fixed order. */
    List<EchoSocket> sockets();

    /** Why an address family has no socket, such as {@code EACCES}. */
    String whyMissing(boolean ipv6);

    /**
     * Waits for a message, an error or {@link #wake}.
     *
     * @param nanos at most so long; 0 only looks, {@link Long#MAX_VALUE} waits without end
     */
    void await(long nanos);

    /** Waits for {@link #wake} and nothing else, at most so long. */
    void rest(long nanos);

    /** Whether the last {@link #await} found messages on a socket. */
    boolean hasMessages(int socket);

    /** Whether the last {@link #await} found errors on a socket. */
    boolean hasErrors(int socket);

    /**
     * Ends a running or the next {@link #await} or {@link #rest}. Thread-safe, also after {@link
     * #close}.
     */
    void wake();

    /** Closes the sockets and frees their memory; no other method but wake may follow. */
    @Override
    void close();
}
