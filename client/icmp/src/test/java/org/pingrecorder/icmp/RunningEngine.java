package org.pingrecorder.icmp;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
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
        engine.start();
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
        await().atMost(PATIENCE).until(() -> listener.decided.size() == nextHandle);
        await().atMost(PATIENCE).until(() -> engine.counters().handedOver() == nextHandle);
        await().atMost(PATIENCE).until(() -> engine.counters().inFlight() == 0);
        CountersEquation.check(engine.counters());
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
