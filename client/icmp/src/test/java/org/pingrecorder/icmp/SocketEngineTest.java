package org.pingrecorder.icmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The life of an engine and its thread, on a fake network. */
class SocketEngineTest {

    private final ManualClock clock = new ManualClock();
    private final FakeNetwork network = new FakeNetwork(clock);
    private final RecordingListener listener = new RecordingListener();

    private IcmpEngine engine(PingSource source, PingListener to) {
        return new SocketEngine(
                EngineConfig.DEFAULT, clock, network, source, to, new PingTokens(1, 2), "");
    }

    @Test
    void close_neverStarted_closesTheNetworkOnce() {
        IcmpEngine engine = engine(new QueueSource(), listener);
        engine.close();
        engine.close();

        assertEquals(0, network.closed.getCount());
        assertThrows(IllegalStateException.class, engine::start);
    }

    @Test
    void close_running_endsTheThreadFirst() {
        AtomicReference<Thread> thread = new AtomicReference<>();
        PingSource source =
                (now, sender) -> {
                    thread.set(Thread.currentThread());
                    return Long.MAX_VALUE;
                };
        IcmpEngine engine = engine(source, listener);
        engine.start();
        Awaitility.await().until(() -> thread.get() != null);
        engine.close();
        engine.close();
        engine.wake(); // harmless

        assertEquals("icmp-engine", thread.get().getName());
        assertTrue(!thread.get().isAlive());
        assertEquals(0, network.closed.getCount());
        assertNull(listener.fault);
    }

    @Test
    void run_faultOfTheSource_isToldToTheListener() throws Exception {
        IllegalStateException fault = new IllegalStateException("source");
        IcmpEngine engine =
                engine(
                        (now, sender) -> {
                            throw fault;
                        },
                        listener);
        engine.start();

        assertTrue(network.closed.await(10, TimeUnit.SECONDS));
        assertEquals(fault, listener.fault);
        engine.close();
    }

    @Test
    void close_calledByTheListener_doesNotWaitForItself() throws Exception {
        QueueSource source = new QueueSource();
        AtomicReference<IcmpEngine> engine = new AtomicReference<>();
        PingListener closing =
                new PingListener() {
                    @Override
                    public void decided(Decision decision) {
                        engine.get().close();
                    }

                    @Override
                    public void failed(Throwable cause) {
                        listener.failed(cause);
                    }
                };
        engine.set(engine(source, closing));
        source.add(1, "2001:db8::1", Duration.ofSeconds(1), Duration.ZERO);
        engine.get().start();

        assertTrue(network.closed.await(10, TimeUnit.SECONDS));
        assertNull(listener.fault);
        assertEquals(1, engine.get().counters().handedOver());
    }
}
