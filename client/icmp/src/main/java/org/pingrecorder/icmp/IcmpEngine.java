package org.pingrecorder.icmp;

import java.util.concurrent.atomic.AtomicBoolean;
import org.pingrecorder.icmp.socket.EchoNetwork;

/**
 * The ICMP engine: one thread that sends what its source says is due, receives replies and errors,
 * and decides each ping by its deadline. All methods are thread-safe.
 */
public final class IcmpEngine implements AutoCloseable {

    private static final String THREAD_NAME = "icmp-engine";

    private final EchoNetwork network;
    private final EngineLoop loop;
    private final PingListener listener;
    private final Counters counters;
    private final AtomicBoolean started = new AtomicBoolean();
    private final Thread thread;
    private volatile boolean closing;

    IcmpEngine(
            EngineConfig config,
            Clock clock,
            EchoNetwork network,
            PingSource source,
            PingListener listener,
            PingTokens tokens) {
        this.network = network;
        this.listener = listener;
        this.counters = new Counters();
        this.loop =
                new EngineLoop(
                        config.payloadBytes(), clock, network, source, listener, tokens, counters);
        this.thread = Thread.ofPlatform().name(THREAD_NAME).daemon().unstarted(this::run);
    }

    /**
     * Opens the sockets, in the network namespace of the calling thread; nothing is sent before
     * {@link #start}. Where one address family has no socket, its pings are decided {@link
     * Outcome#SEND_ERROR}.
     *
     * @throws IcmpUnavailableException if no kind of ICMP socket may be opened for IPv4 or IPv6
     */
    public static IcmpEngine open(
            EngineConfig config, Clock clock, PingSource source, PingListener listener)
            throws IcmpUnavailableException {
        EchoNetwork network = IcmpSockets.open(config);
        return new IcmpEngine(
                config, clock, network, source, listener, PingTokens.withRandomSecret());
    }

    /** What ICMP this process may do, found by opening and closing each kind of socket. */
    public static IcmpSupport probe() {
        return IcmpSockets.probe();
    }

    /**
     * Starts the engine's thread.
     *
     * @throws IllegalStateException if it was started or closed before
     */
    public void start() {
        if (!started.compareAndSet(false, true)) {
            throw new IllegalStateException("started or closed before");
        }
        thread.start();
    }

    /** Makes the engine ask its source again at once. */
    public void wake() {
        loop.wake();
    }

    /** What the engine has done so far. */
    public EngineCounters counters() {
        return counters.snapshot();
    }

    /**
     * Ends the engine's thread and closes the sockets; pings in flight stay undecided. Returns when
     * the thread has ended, unless called on it. Closing again does nothing.
     */
    @Override
    public void close() {
        closing = true;
        if (started.compareAndSet(false, true)) {
            network.close(); // there is no thread that would do it
            return;
        }
        loop.wake();
        if (!Thread.currentThread().equals(thread)) {
            joinUninterruptibly();
        }
    }

    private void joinUninterruptibly() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closing) {
                loop.await(loop.turn());
            }
        } catch (Throwable fault) {
            counters.publish();
            listener.failed(fault);
        } finally {
            network.close(); // the last act of the only thread that uses it
        }
    }
}
