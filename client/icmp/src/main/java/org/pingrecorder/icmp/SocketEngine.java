package org.pingrecorder.icmp;

import org.pingrecorder.icmp.socket.EchoNetwork;

/** The engine over ICMP sockets of our own. */
final class SocketEngine implements IcmpEngine {

    private final EngineLoop loop;
    private final String description;
    private final Counters counters;
    private final EngineThread thread;

    SocketEngine(
            EngineConfig config,
            Clock clock,
            EchoNetwork network,
            PingSource source,
            PingListener listener,
            PingTokens tokens,
            String description) {
        this.description = description;
        this.counters = new Counters();
        this.loop =
                new EngineLoop(
                        config.payloadBytes(), clock, network, source, listener, tokens, counters);
        this.thread =
                new EngineThread(() -> loop.await(loop.turn()), counters, listener, network::close);
    }

    @Override
    public void start() {
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
        thread.close(loop::wake);
    }
}
