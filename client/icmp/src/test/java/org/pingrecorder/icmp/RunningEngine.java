package org.pingrecorder.icmp;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.pingrecorder.icmp.IcmpSupport.Kind;
import org.pingrecorder.testnet.NetworkNamespace;

/** An engine on real sockets inside a namespace, with what it was asked and what it said. */
final class RunningEngine implements AutoCloseable {

    static final Duration TIMEOUT = Duration.ofMillis(150);
    static final Duration GRACE = Duration.ofMillis(250);

    /** How long a test waits for what must come; only a failure takes so long. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    final QueueSource source = new QueueSource();
    final RecordingListener listener = new RecordingListener();
    final IcmpEngine engine;
    private long nextHandle;

    RunningEngine(NetworkNamespace namespace, EngineConfig config) throws Exception {
        this.engine =
                namespace.call(() -> IcmpEngine.open(config, Clock.system(), source, listener));
        start(namespace, engine);
    }

    /** 56 bytes of payload, so many sockets or ids, this kind. */
    static EngineConfig config(Kind kind, int sockets) {
        return EngineConfig.DEFAULT.withSockets(sockets).withKind(kind);
    }

    /** Starts an engine on the namespace's thread, to keep off the far end's processor. */
    static void start(NetworkNamespace namespace, IcmpEngine engine) throws Exception {
        namespace.call(
                () -> {
                    engine.start();
                    return true;
                });
    }

    /** Queues a ping and returns its handle. */
    long ping(String address) {
        source.add(nextHandle, address, TIMEOUT, GRACE);
        return nextHandle++;
    }

    /** Has the engine send what is queued, and waits until every ping so far is decided. */
    void decideAll() {
        engine.wake();
        awaitDecided();
    }

    void awaitDecided() {
        until(() -> listener.decided.size() == nextHandle);
        until(() -> engine.counters().handedOver() == nextHandle);
        until(() -> engine.counters().inFlight() == 0);
        CountersEquation.check(engine.counters());
    }

    static void until(Callable<Boolean> condition) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(2)).until(condition);
    }

    RecordingListener.Decided decisionOn(String address) {
        long handle = ping(address);
        decideAll();
        return listener.of(handle);
    }

    @Override
    public void close() {
        engine.close();
    }
}
