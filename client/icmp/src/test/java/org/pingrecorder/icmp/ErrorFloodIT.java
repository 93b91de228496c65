package org.pingrecorder.icmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;

import java.time.Duration;
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
    private static final Duration INTERVAL = Duration.ofMillis(10);

    @BeforeAll
    static void needsRoot() {
        NetworkNamespace.skipReason().ifPresent(reason -> abort(reason));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void ping_amidErrorsOfOthers_isNeverChargedWithThem(Kind kind) throws Exception {
        List<EchoTarget> targets = new ArrayList<>();
        for (int host = 1; host <= PAIRS; host++) {
            targets.add(QueueSource.target("10.1.0." + host));
            targets.add(QueueSource.target("10.2.0." + host));
        }
        RecordingListener listener = new RecordingListener();
        RoundsSource source =
                new RoundsSource(
                        targets,
                        ROUNDS,
                        System.nanoTime(),
                        INTERVAL,
                        Duration.ofSeconds(5),
                        Duration.ZERO);
        EngineConfig config = new EngineConfig(56, 2, kind);
        try (NetworkNamespace namespace = NetworkNamespace.create();
                FarEnd farEnd = FarEnd.attach(namespace)) {
            namespace.allowDatagramIcmp();
            farEnd.rule("10.1.0.0/16", Behaviour.reply());
            farEnd.rule("10.2.0.0/16", Behaviour.error(3, 1, "10.9.9.9"));
            try (IcmpEngine engine =
                    namespace.call(
                            () -> IcmpEngine.open(config, Clock.system(), source, listener))) {
                namespace.call(
                        () -> {
                            engine.start(); // there, to keep off the far end's processor
                            return true;
                        });
                RunningEngine.until(() -> listener.decided.size() == source.pings());
                EngineCounters c = engine.counters();
                assertEquals(0, c.sendErrors(), c.toString());
                assertEquals(farEnd.counts("10.1.0.0/16").replies(), c.replies(), c.toString());
                assertEquals(farEnd.counts("10.2.0.0/16").errors(), c.unreachable(), c.toString());
                assertEquals(source.pings(), c.replies() + c.unreachable(), c.toString());
            }
        }
    }
}
