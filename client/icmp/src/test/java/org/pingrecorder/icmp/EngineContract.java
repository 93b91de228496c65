package org.pingrecorder.icmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pingrecorder.icmp.RecordingListener.Decided;
import org.pingrecorder.testnet.Behaviour;
import org.pingrecorder.testnet.FarEnd;
import org.pingrecorder.testnet.WrongReply;

/** What every engine owes its user, against hosts that count. */
abstract class EngineContract extends FarEndFixture {

    final EngineConfig config;
    RunningEngine pings;

    EngineContract(EngineConfig config) {
        this.config = config;
    }

    @BeforeEach
    void open() throws Exception {
        pings = new RunningEngine(namespace, config);
    }

    @AfterEach
    void close() {
        pings.close();
    }

    @Test
    void ping_linkLocalHost_usesItsScope() {
        farEnd.rule("fe80::/64", Behaviour.reply());

        Decided d = pings.decisionOn("fe80::7%" + FarEnd.INTERFACE_INDEX);

        assertEquals(Outcome.REPLY, d.outcome());
        assertEquals("fe80::7%" + FarEnd.INTERFACE_INDEX, d.target().toString());
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
        // A latency is right to 0.1 ms: the send call's middle stands for the send.
        assertTrue(d.rttNanos() >= 19_900_000 && d.rttNanos() < 100_000_000, d.toString());
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

    @Test
    void ping_corruptedReply_isNoReply() {
        farEnd.rule("10.8.0.0/16", WrongReply.payload());
        farEnd.rule("fd00:8::/32", WrongReply.payload());

        assertEquals(Outcome.TIMEOUT, pings.decisionOn("10.8.0.1").outcome());
        assertEquals(Outcome.TIMEOUT, pings.decisionOn("fd00:8::1").outcome());
        assertEquals(2, pings.engine.counters().corrupted());
    }

    private static void assertUnreachable(int type, int code, String router, Decided d) {
        assertEquals(Outcome.UNREACHABLE, d.outcome());
        assertEquals(type, d.errorType());
        assertEquals(code, d.errorCode());
        assertEquals(router, d.errorFrom());
    }

    @Test
    void ping_loopback_repliesOfBothFamilies() {
        for (int i = 1; i <= 50; i++) {
            pings.ping("127.0.0." + i);
            pings.ping("::1");
        }
        pings.decideAll();

        assertEquals(100, pings.engine.counters().replies());
        assertEquals(100, pings.engine.counters().received());
        for (Decided d : pings.listener.decided) {
            assertEquals(64, d.ttl());
            assertEquals(64, d.replyBytes());
            assertTrue(d.rttNanos() >= 1_000 && d.rttNanos() < 150_000_000, d.toString());
        }
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
    void close_pingsInFlight_staysQuiet() throws Exception {
        farEnd.rule("10.15.0.0/16", Behaviour.silence());
        pings.ping("10.15.0.1");
        pings.engine.wake();
        RunningEngine.until(() -> pings.engine.counters().inFlight() == 1);
        pings.close();
        pings.close();

        assertEquals(List.of(), pings.listener.decided);
        assertEquals(1, pings.engine.counters().inFlight());
    }
}
