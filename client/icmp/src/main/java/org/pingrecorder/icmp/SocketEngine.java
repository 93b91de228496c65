package org.pingrecorder.icmp;

import java.util.concurrent.atomic.AtomicBoolean;
import org.pingrecorder.icmp.socket.EchoNetwork;

/** The engine over ICMP sockets of our own. */
final class SocketEngine implements IcmpEngine {

    private static final String THREAD_NAME = "icmp-engine";

    private final EchoNetwork network;
    private final EngineLoop loop;
    private final PingListener listener;
    private final String description;
    private final Counters counters;
    private final AtomicBoolean started = new AtomicBoolean();
    private final Thread thread;
    private volatile boolean closing;

    SocketEngine(
            EngineConfig config,
            Clock clock,
            EchoNetwork network,
            PingSource source,
            PingListener listener,
            PingTokens tokens,
            String description) {
        this.network = network;
        this.description = description;
        this.listener = listener;
        this.counters = new Counters();
        this.loop =
                new EngineLoop(
                        config.payloadBytes(), clock, network, source, listener, tokens, counters);
        this.thread = Thread.ofPlatform().name(THREAD_NAME).daemon().unstarted(this::run);
    }

    @Override
    public void start() {
        if (!started.compareAndSet(false, true)) {
            throw new IllegalStateException("started or closed before");
        }
        thread.start();
    }

    @Override
    public void wake() {
        loop.wake();
    }

    @Override
    public EngineCounters counters() {
        return counters.snapshot();
    }

    @Override
    public String description() {
        return description;
    }

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
