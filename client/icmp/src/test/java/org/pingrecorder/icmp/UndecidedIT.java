package org.pingrecorder.icmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.pingrecorder.icmp.IcmpSupport.Kind;
import org.pingrecorder.testnet.Behaviour;

/** Pings that have no outcome yet, that never get one, or that must not be sent. */
@ParameterizedClass
@EnumSource(
        value = Kind.class,
        names = {"DATAGRAM", "RAW"})
class UndecidedIT extends FarEndFixture {

    private static final Duration LONG = Duration.ofHours(1);
    private static final int PINGS = 300;

    private final Kind kind;

    UndecidedIT(Kind kind) {
        this.kind = kind;
    }

    @Test
    void close_pingsInFlight_areNeitherReceivedNorLostNorEverDecided() throws Exception {
        farEnd.rule("10.1.0.0/16", Behaviour.silence());
        farEnd.rule("fd00:1::/32", Behaviour.silence());
        QueueSource source = new QueueSource();
        RecordingListener listener = new RecordingListener();
        EngineConfig config = RunningEngine.config(kind, 1);
        IcmpEngine engine =
                namespace.call(() -> IcmpEngine.open(config, Clock.system(), source, listener));
        try (engine) {
            for (int i = 0; i < PINGS; i++) {
                source.add(i, i % 2 == 0 ? "10.1.0.1" : "fd00:1::1", LONG, Duration.ZERO);
            }
            engine.start();
            RunningEngine.until(() -> engine.counters().sent() == PINGS);
            RunningEngine.until(() -> farEnd.counts("10.1.0.0/16").requests() == PINGS / 2);
        }
        EngineCounters c = engine.counters();
        assertEquals(PINGS, c.inFlight());
        assertEquals(0, c.replies() + c.late() + c.timeouts() + c.unreachable() + c.overflowed());
        assertEquals(List.of(), listener.decided);
        assertNull(listener.fault);
    }

    @Test
    void ping_broadcastOfASubnet_isRefusedByTheKernel() throws Exception {
        try (RunningEngine pings = new RunningEngine(namespace, RunningEngine.config(kind, 1))) {
            assertEquals("EACCES", pings.decisionOn("10.255.255.255").cause());
        }
    }
}
