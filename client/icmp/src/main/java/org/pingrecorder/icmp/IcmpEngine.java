package org.pingrecorder.icmp;

/**
 * The ICMP engine: one thread that sends what its source says is due, receives replies and errors,
 * and decides each ping by its deadline. All methods are thread-safe.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class IcmpEngine implements AutoCloseable {

    private IcmpEngine() {}

    /**
     * Opens the sockets; nothing is sent before {@link #start}.
     *
     * @throws IcmpUnavailableException if no kind of ICMP socket may be opened for IPv4 or IPv6
     */
    public static IcmpEngine open(
            EngineConfig config, Clock clock, PingSource source, PingListener listener)
            throws IcmpUnavailableException {
        throw new IcmpUnavailableException("not built yet");
    }

    /** What ICMP this process may do, found by opening and closing each kind of socket. */
    public static IcmpSupport probe() {
        throw new UnsupportedOperationException("not built yet");
    }

    /** Starts the engine's thread. */
    public void start() {}

    /** Makes the engine ask its source again at once. */
    public void wake() {}

    /** Ends the engine's thread and closes the sockets; pings in flight stay undecided. */
    @Override
    public void close() {}
}
