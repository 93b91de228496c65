package org.pingrecorder.icmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pingrecorder.icmp.IcmpSupport.Kind;
import org.pingrecorder.testnet.NetworkNamespace;

/** Which kinds of socket are there, and what is said where they are not. */
class AvailabilityIT {

    private static NetworkNamespace namespace;

    @BeforeAll
    static void createNamespace() throws Exception {
        NetworkNamespace.skipReason().ifPresent(reason -> abort(reason));
        namespace = NetworkNamespace.create();
    }

    @AfterAll
    static void closeNamespace() {
        if (namespace != null) {
            namespace.close();
        }
    }

    private static IcmpEngine open(Kind kind) throws Exception {
        return namespace.call(
                () ->
                        IcmpEngine.open(
                                EngineConfig.DEFAULT.withKind(kind),
                                Clock.system(),
                                new QueueSource(),
                                new RecordingListener()));
    }

    @Test
    void open_groupNotAdmitted_saysWhyAndHowToMendIt() throws Exception {
        namespace.pingGroupRange("7777 7777");

        String message =
                assertThrows(IcmpUnavailableException.class, () -> open(Kind.DATAGRAM)).toString();
        assertTrue(
                message.contains(
                        "This process may not open ICMP sockets"
                                + " (datagram IPv4: EACCES, datagram IPv6: EACCES)."
                                + " net.ipv4.ping_group_range is \"7777 7777\","
                                + " the process's groups are 0"),
                message);
        assertTrue(message.contains("CAP_NET_RAW is held."), message);
        assertTrue(
                message.endsWith(
                        "To mend it: sudo sysctl -w net.ipv4.ping_group_range=\"0 2147483647\""),
                message);
    }

    @Test
    void probe_groupNotAdmitted_findsRawOnly() throws Exception {
        namespace.pingGroupRange("1 0");
        IcmpSupport support = namespace.call(IcmpEngine::probe);

        assertTrue(support.works(false));
        assertTrue(support.works(true));
        assertEquals("", support.advice());
        for (IcmpSupport.Attempt attempt : support.attempts()) {
            assertEquals(attempt.kind() == Kind.RAW, attempt.works());
            assertEquals(attempt.works() ? "" : "EACCES", attempt.reason());
        }
    }

    @Test
    void probe_groupAdmitted_findsDatagramFirst() throws Exception {
        namespace.allowDatagramIcmp();
        List<IcmpSupport.Attempt> attempts = namespace.call(IcmpEngine::probe).attempts();

        assertEquals(4, attempts.size());
        assertEquals(Kind.DATAGRAM, attempts.getFirst().kind());
        assertFalse(attempts.stream().anyMatch(a -> !a.works()));
    }

    @ParameterizedTest
    @CsvSource({"1 0, raw", "0 2147483647, datagram"})
    void open_auto_usesWhatIsAllowed(String range, String kind) throws Exception {
        namespace.pingGroupRange(range);
        try (RunningEngine pings = new RunningEngine(namespace, EngineConfig.DEFAULT)) {
            assertEquals(
                    "IPv4 over %s sockets, IPv6 over %s sockets; up to 65536 pings of each in flight"
                            .formatted(kind, kind),
                    pings.engine.description());
            assertEquals(Outcome.REPLY, pings.decisionOn("127.0.0.1").outcome());
            assertEquals(Outcome.REPLY, pings.decisionOn("::1").outcome());
        }
    }

    @Test
    void open_ipv6SwitchedOff_pingsIpv4AndSaysSo() throws Exception {
        try (NetworkNamespace ipv4Only = NetworkNamespace.create()) {
            ipv4Only.allowDatagramIcmp();
            ipv4Only.call(
                    () ->
                            Files.writeString(
                                    Path.of("/proc/sys/net/ipv6/conf/all/disable_ipv6"), "1"));
            String note = "IPv6 is switched off: net.ipv6.conf.all.disable_ipv6 is 1";

            assertEquals(List.of(note), ipv4Only.call(IcmpEngine::probe).notes());
            try (RunningEngine pings = new RunningEngine(ipv4Only, EngineConfig.DEFAULT)) {
                assertTrue(
                        pings.engine.description().endsWith(" (" + note + ")"),
                        pings.engine.description());
                assertEquals(Outcome.REPLY, pings.decisionOn("127.0.0.1").outcome());
                assertEquals(Outcome.SEND_ERROR, pings.decisionOn("::1").outcome());
            }
        }
    }

    @Test
    void open_eitherKind_worksOnTheMachineItself() throws Exception {
        QueueSource source = new QueueSource();
        RecordingListener listener = new RecordingListener();
        try (IcmpEngine engine =
                IcmpEngine.open(EngineConfig.DEFAULT, Clock.system(), source, listener)) {
            source.add(1, "127.0.0.1", Duration.ofSeconds(5), Duration.ZERO);
            source.add(2, "::1", Duration.ofSeconds(5), Duration.ZERO);
            engine.start();
            RunningEngine.until(() -> listener.decided.size() == 2);
        }
        assertEquals(List.of(Outcome.REPLY, Outcome.REPLY), listener.outcomes());
    }
}
