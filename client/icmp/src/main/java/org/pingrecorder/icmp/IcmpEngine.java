package org.pingrecorder.icmp;

/**
 * Pings what its source says is due, on one thread of its own, and decides each ping by its
 * deadline. All methods are thread-safe.
 */
public interface IcmpEngine extends AutoCloseable {

    /**
     * Opens what the engine pings with, in the network namespace of the calling thread; nothing is
     * sent before {@link #start}. Where one address family cannot be pinged, its pings are decided
     * {@link Outcome#SEND_ERROR}.
     *
     * @throws OptionRefusedException if this machine does not take an option
     * @throws IcmpUnavailableException if this process may ping neither IPv4 nor IPv6
     */
    static IcmpEngine open(
            EngineConfig config, Clock clock, PingSource source, PingListener listener)
            throws IcmpUnavailableException {
        return EngineChoice.open(config, clock, source, listener);
    }

    /** What ICMP this process may do, found by opening and closing each kind of socket. */
    static IcmpSupport probe() {
        return EngineChoice.probe();
    }

    /**
     * Starts the engine's thread.
     *
     * @throws IllegalStateException if it was started or closed before
     */
    void start();

    /** Makes the engine ask its source again at once. */
    void wake();

    /** What the engine has done so far. */
    EngineCounters counters();

    /** What each address family is pinged with, or why it is not; for people. */
    String description();

    /**
     * Ends the engine's thread and gives back what it opened; pings in flight stay undecided.
     * Returns when the thread has ended, unless called on it. Closing again does nothing.
     */
    @Override
    void close();
}
