package org.pingrecorder.icmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pingrecorder.icmp.IcmpSupport.Kind;
import org.pingrecorder.testnet.Behaviour;
import org.pingrecorder.testnet.FarEnd;
import org.pingrecorder.testnet.NetworkNamespace;

/** Every second host is unreachable and says so at once, while the next requests are sent. */
class ErrorFloodIT {

    private static final int PAIRS = 200;
    private static final int ROUNDS = 100;
    private static final int PINGS = ROUNDS * 2 * PAIRS;

    /** Time to read what came back, so that no buffer overflows. */
    private static final long PAUSE_NANOS = 20_000_000;

    private static final long TIMEOUT_NANOS = 5_000_000_000L;

    /** All hosts in one go, again and again: errors come back while the rest is sent. */
    private static final class Bursts implements PingSource {
        private final List<EchoTarget> targets;
        private int handedOver;

        Bursts(List<EchoTarget> targets) {
            this.targets = targets;
        }

        @Override
        public long sendDue(long nowNanos, Sender sender) {
            if (handedOver < PINGS) {
                targets.forEach(target -> sender.ping(handedOver++, target, TIMEOUT_NANOS, 0));
            }
            return handedOver == PINGS ? Long.MAX_VALUE : nowNanos + PAUSE_NANOS;
        }
    }

    @BeforeAll
    static void needsRoot() {
        NetworkNamespace.skipReason().ifPresent(reason -> abort(reason));
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"DATAGRAM", "RAW"})
    void ping_amidErrorsOfOthers_isNeverChargedWithThem(Kind kind) throws Exception {
        List<EchoTarget> targets = new ArrayList<>();
        for (int host = 1; host <= PAIRS; host++) {
            targets.add(QueueSource.target("10.1.0." + host));
            targets.add(QueueSource.target("10.2.0." + host));
        }
        RecordingListener listener = new RecordingListener();
        Bursts source = new Bursts(targets);
        EngineConfig config = RunningEngine.config(kind, 2);
        try (NetworkNamespace namespace = NetworkNamespace.create();
                FarEnd farEnd = FarEnd.attach(namespace)) {
            namespace.allowDatagramIcmp();
            farEnd.rule("10.1.0.0/16", Behaviour.reply());
            farEnd.rule("10.2.0.0/16", Behaviour.error(3, 1, "10.9.9.9"));
            try (IcmpEngine engine =
                    namespace.call(
                            () -> IcmpEngine.open(config, Clock.system(), source, listener))) {
                RunningEngine.start(namespace, engine);
                RunningEngine.until(() -> listener.decided.size() == PINGS);
                EngineCounters c = engine.counters();
                assertEquals(0, c.sendErrors(), c.toString());
                assertEquals(farEnd.counts("10.1.0.0/16").replies(), c.replies(), c.toString());
                assertEquals(farEnd.counts("10.2.0.0/16").errors(), c.unreachable(), c.toString());
                assertEquals(PINGS, c.replies() + c.unreachable(), c.toString());
            }
        }
    }
}
