package org.pingrecorder.icmp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pingrecorder.icmp.IcmpSupport.Kind;
import org.pingrecorder.icmp.RecordingListener.Decided;
import org.pingrecorder.testnet.Behaviour;

/** What an engine owes its user when the system's ping program pings. */
class CommandEngineIT extends EngineContract {

    CommandEngineIT() {
        super(EngineConfig.DEFAULT.withKind(Kind.COMMAND));
    }

    private static long programs() {
        return ProcessHandle.current()
                .children()
                .filter(ProcessHandle::isAlive)
                .filter(child -> child.info().command().orElse("").endsWith("/ping"))
                .count();
    }

    @Test
    void description_namesTheProgram() {
        assertEquals(
                "IPv4 with the program ping of Linux, IPv6 with the program ping of Linux; up to"
                        + " 128 pings in flight",
                pings.engine.description());
    }

    @Test
    void ping_moreThanMayRun_isMissed() {
        farEnd.rule("10.17.0.0/16", Behaviour.silence());
        for (int i = 0; i < CommandEngine.MOST_PROGRAMS + 12; i++) {
            pings.ping("10.17.0.1");
        }
        pings.decideAll();

        assertEquals(CommandEngine.MOST_PROGRAMS, pings.engine.counters().timeouts());
        assertEquals(12, pings.engine.counters().notSent());
        assertEquals("no_free_program", pings.listener.decided.getFirst().cause());
        pings.ping("127.0.0.1");
        pings.decideAll();
        assertEquals(1, pings.engine.counters().replies());
    }

    @Test
    void ping_redirectAndSourceQuench_makeTheProgramGiveUp() {
        Behaviour reply = Behaviour.reply().after(Duration.ofMillis(20));
        farEnd.rule("10.10.0.0/17", Behaviour.error(4, 0, "10.9.9.9").and(reply));
        farEnd.rule("10.10.128.0/17", Behaviour.error(5, 1, "10.9.9.9").and(reply));

        for (String host : List.of("10.10.0.1", "10.10.128.1")) {
            Decided d = pings.decisionOn(host);

            assertEquals(Outcome.MISSED, d.outcome());
            assertEquals("program_gave_up", d.cause());
        }
        assertEquals(2, pings.engine.counters().errorsIgnored());
    }

    @Test
    void close_programsRun_endsThem() {
        farEnd.rule("10.18.0.0/16", Behaviour.silence());
        Duration longerThanTheTest = Duration.ofMinutes(5);
        pings.source.add(1, "10.18.0.1", longerThanTheTest, Duration.ZERO);
        pings.source.add(2, "10.18.0.2", longerThanTheTest, Duration.ZERO);
        pings.engine.wake();
        RunningEngine.until(() -> programs() == 2);
        pings.close();

        RunningEngine.until(() -> programs() == 0);
    }
}
