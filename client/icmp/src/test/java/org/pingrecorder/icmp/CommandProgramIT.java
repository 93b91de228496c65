package org.pingrecorder.icmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pingrecorder.icmp.RecordingListener.Decided;

/** An engine whose ping program is a shell script of the test's. */
class CommandProgramIT {

    private static final Duration TIMEOUT = Duration.ofMillis(100);
    private static final Duration GRACE = Duration.ofMillis(100);

    private final QueueSource source = new QueueSource();
    private final RecordingListener listener = new RecordingListener();
    private IcmpEngine engine = running(List.of());

    private IcmpEngine running(List<String> script) {
        return new CommandEngine(
                EngineConfig.DEFAULT,
                Clock.system(),
                new ScriptProgram(script),
                source,
                listener,
                "");
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private Decided decision(String... script) {
        engine.close();
        engine = running(List.of(script));
        engine.start();
        source.add(1, "192.0.2.7", TIMEOUT, GRACE);
        engine.wake();
        RunningEngine.until(() -> engine.counters().handedOver() == 1);
        RunningEngine.until(() -> engine.counters().inFlight() == 0);
        CountersEquation.check(engine.counters());
        assertEquals(1, listener.decided.size());
        return listener.decided.getFirst();
    }

    private Decided print(String output) {
        return decision("printf", output);
    }

    @ParameterizedTest
    @CsvSource({
        "50, REPLY, 50000000",
        "100, REPLY, 100000000",
        "100.001, LATE, 100001000",
        "200, LATE, 200000000",
        "0.000, REPLY, 1000",
    })
    void decided_reply_isReplyOrLateByItsTime(String millis, Outcome outcome, long rttNanos) {
        Decided d = print("64 bytes from 192.0.2.7: icmp_seq=1 ttl=61 time=" + millis + " ms");

        assertEquals(outcome, d.outcome());
        assertEquals(rttNanos, d.rttNanos());
        assertEquals(61, d.ttl());
        assertEquals(64, d.replyBytes());
    }

    @Test
    void decided_replyAfterGrace_isTimeout() {
        Decided d = print("64 bytes from 192.0.2.7: icmp_seq=1 ttl=61 time=200.001 ms");

        assertEquals(Outcome.TIMEOUT, d.outcome());
        assertEquals(1, engine.counters().expired());
    }

    @Test
    void decided_error_hasItsRouter() {
        Decided d = print("From 192.0.2.1 icmp_seq=1 Destination Host Unreachable");

        assertEquals(Outcome.UNREACHABLE, d.outcome());
        assertEquals(3, d.errorType());
        assertEquals(1, d.errorCode());
        assertEquals("192.0.2.1", d.errorFrom());
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0, 0.0.0.0", "224.0.0.1, 224.0.0.1", "fd00::1,", "nobody,"})
    void decided_errorOfStrangeRouter_isUnreachableAllTheSame(String from, String router) {
        Decided d = print("From " + from + " icmp_seq=1 Destination Host Unreachable");

        assertEquals(Outcome.UNREACHABLE, d.outcome());
        assertEquals(3, d.errorType());
        assertEquals(1, d.errorCode());
        assertEquals(router, d.errorFrom());
    }

    @Test
    void decided_outputOfNoMeaning_isSendErrorWithItsFirstLine() {
        Decided d = print("Segmentation fault\\nand so on\\n");

        assertEquals(Outcome.SEND_ERROR, d.outcome());
        assertEquals("Segmentation fault", d.cause());
        assertEquals(0, engine.counters().sent());
    }

    @Test
    void decided_programThatCannotBeStarted_isSendError() {
        Decided d = decision("/no/such/program");

        assertEquals(Outcome.SEND_ERROR, d.outcome());
        assertTrue(String.valueOf(d.cause()).contains("/no/such/program"), d.cause());
    }

    @Test
    void decided_programThatHangs_isEndedAndATimeout() {
        assertEquals(Outcome.TIMEOUT, decision("sleep", "1000").outcome());
    }

    @Test
    void decided_programThatPrintsForEver_isEndedAndATimeout() {
        assertEquals(Outcome.TIMEOUT, decision("yes").outcome());
    }

    @Test
    void decided_programThatHangsAfterItsReply_isAReply() {
        String reply = "64 bytes from 192.0.2.7: icmp_seq=1 ttl=61 time=5 ms";

        assertEquals(
                Outcome.REPLY,
                decision("sh", "-c", "echo '" + reply + "'; exec sleep 1000").outcome());
    }

    @Test
    void decided_familyTheProgramCannotPing_isSendError() {
        engine = running(List.of("true"));
        engine.start();
        source.add(1, "2001:db8::7", TIMEOUT, GRACE);
        engine.wake();
        RunningEngine.until(() -> listener.decided.size() == 1);

        assertEquals(Outcome.SEND_ERROR, listener.decided.getFirst().outcome());
        assertEquals("no IPv6 in this script", listener.decided.getFirst().cause());
    }

    @Test
    void failed_sourceThatThrows_isTold() {
        RuntimeException fault = new IllegalStateException("a fault of the source");
        engine =
                new CommandEngine(
                        EngineConfig.DEFAULT,
                        Clock.system(),
                        new ScriptProgram(List.of("true")),
                        (_, _) -> {
                            throw fault;
                        },
                        listener,
                        "");
        engine.start();

        RunningEngine.until(() -> listener.fault != null);
        assertEquals(fault, listener.fault);
    }
}
