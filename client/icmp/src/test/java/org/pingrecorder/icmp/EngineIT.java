package org.pingrecorder.icmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.pingrecorder.icmp.IcmpSupport.Kind;
import org.pingrecorder.icmp.RecordingListener.Decided;
import org.pingrecorder.testnet.Behaviour;
import org.pingrecorder.testnet.FarEnd;
import org.pingrecorder.testnet.NetworkNamespace;
import org.pingrecorder.testnet.PrefixCounts;

/** What an engine owes its user on real sockets of either kind, against hosts that count. */
@ParameterizedClass
@EnumSource(
        value = Kind.class,
        names = {"DATAGRAM", "RAW"})
class EngineIT {

    private static NetworkNamespace namespace;
    private static FarEnd farEnd;

    private static final int NO_SUCH_INTERFACE = 77;

    private final Kind kind;
    private RunningEngine pings;

    EngineIT(Kind kind) {
        this.kind = kind;
    }

    @BeforeAll
    static void createNetwork() throws Exception {
        NetworkNamespace.skipReason().ifPresent(reason -> abort(reason));
        namespace = NetworkNamespace.create();
        namespace.allowDatagramIcmp();
        farEnd = FarEnd.attach(namespace);
    }

    @AfterAll
    static void closeNetwork() throws Exception {
        if (farEnd != null) {
            farEnd.close();
            namespace.close();
        }
    }

    @BeforeEach
    void open() throws Exception {
        pings = new RunningEngine(namespace, EngineConfig.DEFAULT.withSockets(2).withKind(kind));
    }

    @AfterEach
    void close() {
        pings.close();
    }

    @Test
    void ping_loopback_repliesOfBothFamilies() {
        for (int i = 1; i <= 250; i++) {
            pings.ping("127.0.0." + i);
            pings.ping("::1");
        }
        pings.decideAll();

        assertEquals(500, pings.engine.counters().replies());
        assertEquals(500, pings.engine.counters().received());
        for (Decided d : pings.listener.decided) {
            assertEquals(64, d.ttl());
            assertEquals(64, d.replyBytes());
            assertTrue(d.rttNanos() >= 1_000 && d.rttNanos() < 150_000_000, d.toString());
        }
    }

    @Test
    void ping_linkLocalHost_usesItsScope() {
        farEnd.rule("fe80::/64", Behaviour.reply());

        Decided d = pings.decisionOn("fe80::7%" + FarEnd.INTERFACE_INDEX);

        assertEquals(Outcome.REPLY, d.outcome());
        assertEquals("fe80::7%" + FarEnd.INTERFACE_INDEX, d.target().toString());
        assertEquals("ENETUNREACH", pings.decisionOn("fe80::7%" + NO_SUCH_INTERFACE).cause());
    }

    @Test
    void ping_answeringHost_repliesWithTtl() {
        farEnd.rule("10.1.0.0/16", Behaviour.reply());
        farEnd.rule("fd00:1::/32", Behaviour.reply());

        for (String host : List.of("10.1.2.3", "fd00:1::7")) {
            Decided d = pings.decisionOn(host);

            assertEquals(Outcome.REPLY, d.outcome());
            assertEquals(61, d.ttl());
        }
    }

    @Test
    void ping_delayedReply_measuresTheDelay() {
        farEnd.rule("10.2.0.0/16", Behaviour.reply().after(Duration.ofMillis(20)));

        Decided d = pings.decisionOn("10.2.0.1");

        assertEquals(Outcome.REPLY, d.outcome());
        assertTrue(d.rttNanos() >= 20_000_000 && d.rttNanos() < 100_000_000, d.toString());
        assertEquals(0, pings.engine.counters().stampFallbacks());
    }

    @Test
    void ping_silentHost_timesOut() {
        farEnd.rule("10.3.0.0/16", Behaviour.silence());
        farEnd.rule("fd00:3::/32", Behaviour.silence());

        assertEquals(Outcome.TIMEOUT, pings.decisionOn("10.3.0.1").outcome());
        assertEquals(Outcome.TIMEOUT, pings.decisionOn("fd00:3::1").outcome());
    }

    @Test
    void ping_replyWithinGrace_isLate() {
        farEnd.rule("10.4.0.0/16", Behaviour.reply().after(Duration.ofMillis(200)));

        Decided d = pings.decisionOn("10.4.0.1");

        assertEquals(Outcome.LATE, d.outcome());
        assertTrue(d.rttNanos() >= 200_000_000, d.toString());
    }

    @Test
    void ping_unreachableHost_saysTypeCodeAndRouter() {
        farEnd.rule("10.5.1.0/24", Behaviour.error(3, 1, "10.9.9.9"));
        farEnd.rule("10.5.2.0/24", Behaviour.error(11, 0, "10.9.9.8", 64));
        farEnd.rule("fd00:5::/32", Behaviour.error(1, 3, "fd00:9::9"));

        assertUnreachable(3, 1, "10.9.9.9", pings.decisionOn("10.5.1.1"));
        assertUnreachable(11, 0, "10.9.9.8", pings.decisionOn("10.5.2.1"));
        assertUnreachable(1, 3, "fd00:9::9", pings.decisionOn("fd00:5::1"));
    }

    private static void assertUnreachable(int type, int code, String router, Decided d) {
        assertEquals(Outcome.UNREACHABLE, d.outcome());
        assertEquals(type, d.errorType());
        assertEquals(code, d.errorCode());
        assertEquals(router, d.errorFrom());
    }

    @Test
    void ping_amongUnreachableHosts_healthyHostsAreUnharmed() {
        farEnd.rule("10.6.0.0/17", Behaviour.reply());
        farEnd.rule("10.6.128.0/17", Behaviour.error(3, 1, "10.9.9.9"));
        // Several system calls each round, so that errors come back in between.
        for (int round = 1; round <= 5; round++) {
            for (int host = 1; host <= 200; host++) {
                pings.ping("10.6.0." + host);
                pings.ping("10.6.128." + host);
            }
            pings.engine.wake();
            long sent = round * 400L;
            RunningEngine.until(() -> pings.engine.counters().sent() == sent);
        }
        pings.awaitDecided();

        assertEquals(1_000, pings.engine.counters().replies());
        assertEquals(1_000, pings.engine.counters().unreachable());
        assertEquals(new PrefixCounts(1_000, 1_000, 0), farEnd.counts("10.6.0.0/17"));
        assertEquals(new PrefixCounts(1_000, 0, 1_000), farEnd.counts("10.6.128.0/17"));
    }

    @Test
    void ping_duplicatedReply_countsTheFirstAndReportsTheOthers() {
        farEnd.rule("10.7.0.0/16", Behaviour.reply().and(Behaviour.reply()).and(Behaviour.reply()));

        Decided d = pings.decisionOn("10.7.0.1");
        RunningEngine.until(() -> pings.engine.counters().duplicates() == 2);

        assertEquals(Outcome.REPLY, d.outcome());
        assertEquals(List.of(d.handle(), d.handle()), pings.listener.duplicates);
        CountersEquation.check(pings.engine.counters());
    }

    @Test
    void ping_corruptedReply_isNoReply() {
        farEnd.rule("10.8.0.0/16", Behaviour.corruptedReply());
        farEnd.rule("fd00:8::/32", Behaviour.corruptedReply());

        assertEquals(Outcome.TIMEOUT, pings.decisionOn("10.8.0.1").outcome());
        assertEquals(Outcome.TIMEOUT, pings.decisionOn("fd00:8::1").outcome());
        assertEquals(2, pings.engine.counters().corrupted());
    }

    @Test
    void ping_redirectAndSourceQuench_decideNothing() {
        Behaviour reply = Behaviour.reply().after(Duration.ofMillis(20));
        farEnd.rule("10.10.0.0/17", Behaviour.error(4, 0, "10.9.9.9").and(reply));
        farEnd.rule("10.10.128.0/17", Behaviour.error(5, 1, "10.9.9.9").and(reply));

        assertEquals(Outcome.REPLY, pings.decisionOn("10.10.0.1").outcome());
        assertEquals(Outcome.REPLY, pings.decisionOn("10.10.128.1").outcome());
    }

    @Test
    void ping_withoutRoute_isSendErrorWithCauseAndHurtsNobody() {
        farEnd.rule("10.11.0.0/16", Behaviour.reply());
        for (int i = 1; i <= 100; i++) {
            pings.ping(i % 10 == 0 ? "192.0.2.1" : "10.11.0." + i);
        }
        pings.decideAll();

        assertEquals(90, pings.engine.counters().replies());
        assertEquals(10, pings.engine.counters().sendErrors());
        assertEquals("ENETUNREACH", pings.listener.of(9).cause());
    }

    @Test
    void ping_besideAnotherEngine_seesNothingOfIt() throws Exception {
        farEnd.rule("10.12.0.0/16", Behaviour.reply());
        farEnd.rule("10.13.0.0/16", Behaviour.silence());
        try (RunningEngine other = new RunningEngine(namespace, EngineConfig.DEFAULT)) {
            for (int i = 0; i < 100; i++) {
                pings.ping("10.13.0.1");
                other.ping("10.12.0.1");
            }
            pings.engine.wake();
            other.decideAll();
            pings.awaitDecided();

            assertEquals(100, other.engine.counters().replies());
            assertEquals(0, pings.engine.counters().received());
        }
    }

    @Test
    void ping_receiveBufferOverflow_isMissedNotLost() throws Exception {
        farEnd.rule("10.14.0.1", Behaviour.reply());
        farEnd.rule("10.14.0.2", Behaviour.silence());
        farEnd.rule("10.14.0.3", Behaviour.reply().copies(16_384).after(Duration.ofMillis(20)));
        try (BusyListener busy = new BusyListener();
                IcmpEngine engine =
                        namespace.call(
                                () ->
                                        IcmpEngine.open(
                                                EngineConfig.DEFAULT
                                                        .withPayloadBytes(1472)
                                                        .withKind(kind),
                                                Clock.system(),
                                                busy.source,
                                                busy))) {
            busy.source.add(1, "10.14.0.1", RunningEngine.TIMEOUT, RunningEngine.GRACE);
            busy.source.add(2, "10.14.0.2", RunningEngine.TIMEOUT, RunningEngine.GRACE);
            busy.source.add(3, "10.14.0.3", RunningEngine.TIMEOUT, RunningEngine.GRACE);
            engine.start();
            RunningEngine.until(() -> farEnd.counts("10.14.0.3").replies() == 16_384);
            busy.release();
            RunningEngine.until(() -> busy.decided.size() == 3);

            assertEquals(Outcome.MISSED, busy.outcomeOf(2));
            assertEquals("receive_overflow", busy.causeOf(2));
        }
    }
}
