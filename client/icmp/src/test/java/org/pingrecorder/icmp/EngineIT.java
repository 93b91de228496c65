package org.pingrecorder.icmp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.pingrecorder.icmp.IcmpSupport.Kind;
import org.pingrecorder.icmp.RecordingListener.Decided;
import org.pingrecorder.testnet.Behaviour;

/** What an engine owes its user on real sockets of either kind, against hosts that count. */
@ParameterizedClass
@EnumSource(
        value = Kind.class,
        names = {"DATAGRAM", "RAW"})
class EngineIT extends EngineContract {

    private static final int NO_SUCH_INTERFACE = 77;

    private final Kind kind;

    EngineIT(Kind kind) {
        super(EngineConfig.DEFAULT.withSockets(2).withKind(kind));
        this.kind = kind;
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
    void ping_linkLocalHostOfNoInterface_isSendError() {
        assertEquals("ENETUNREACH", pings.decisionOn("fe80::7%" + NO_SUCH_INTERFACE).cause());
    }

    @Test
    void ping_reply_isTimedByTheKernel() {
        farEnd.rule("10.16.0.0/16", Behaviour.reply());

        assertEquals(Outcome.REPLY, pings.decisionOn("10.16.0.1").outcome());
        assertEquals(0, pings.engine.counters().stampFallbacks());
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
        assertEquals(1_000, farEnd.counts("10.6.0.0/17").replies());
        assertEquals(1_000, farEnd.counts("10.6.128.0/17").errors());
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
            RunningEngine.until(() -> farEnd.counts("10.14.0.3").sent() == 16_384);
            busy.release();
            RunningEngine.until(() -> busy.decided.size() == 3);

            assertEquals(Outcome.MISSED, busy.outcomeOf(2));
            assertEquals("receive_overflow", busy.causeOf(2));
        }
    }
}
