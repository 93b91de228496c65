package org.pingrecorder.agent.ping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pingrecorder.agent.timetable.GivenDecision;
import org.pingrecorder.icmp.EchoTarget;
import org.pingrecorder.icmp.EngineConfig;
import org.pingrecorder.oneoff.FailureCause;
import org.pingrecorder.oneoff.PingHost;
import org.pingrecorder.oneoff.PingPlan;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.Outcome;

class LiveViewTest {

    private static final @Nullable FailureCause ROUTER =
            FailureCause.of(
                    Outcome.UNREACHABLE,
                    GivenDecision.unreachable(
                            EchoTarget.of(InetAddress.ofLiteral("10.0.0.9")), 3, 1, "10.0.0.1"));

    private final List<HostTally> hosts = new ArrayList<>();
    private final OwnFaults ownFaults = new OwnFaults();

    private HostTally host(String address, @Nullable String name) {
        HostTally host =
                new HostTally(new PingHost(Address.parse(address), name, null, false), true);
        hosts.add(host);
        return host;
    }

    private HostTally answering(String address) {
        HostTally host = host(address, null);
        host.add(Outcome.REPLY, 1.25, null, 1);
        return host;
    }

    private List<LiveView.Line> lines(Marks marks, int width, int height) {
        PingPlan plan =
                new PingPlan(
                        hosts.stream().map(HostTally::host).toList(),
                        0,
                        false,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Duration.ZERO,
                        EngineConfig.DEFAULT);
        RunState state = new RunState(hosts, 0, 3_723_000_000_000L, 0);
        return new LiveView(plan, marks).lines(state, 9_998.4, ownFaults, width, height);
    }

    private List<String> texts(Marks marks, int width, int height) {
        return lines(marks, width, height).stream().map(LiveView.Line::text).toList();
    }

    @Test
    void lines_everyOutcome_atEightyColumns() {
        HostTally mixed = host("10.0.0.1", "core");
        for (double ms : new double[] {2, 2.2, 3, 5, 7, 30}) {
            mixed.add(Outcome.REPLY, ms, null, 1);
        }
        mixed.add(Outcome.TIMEOUT, null, FailureCause.NO_REPLY, 1);
        mixed.add(Outcome.LATE, 2_100.25, null, 1);
        HostTally cut = host("10.0.0.9", null);
        cut.add(Outcome.UNREACHABLE, null, ROUTER, 3);
        host("a.example", null)
                .add(
                        Outcome.RESOLVE_ERROR,
                        null,
                        FailureCause.unresolved("a.example", "a.example does not resolve"),
                        1);
        host("10.0.0.2", null).add(Outcome.MISSED, null, FailureCause.HELD_UP, 2);
        host("10.0.0.3", null);
        ownFaults.add(Outcome.MISSED, 0, 2);
        ownFaults.add(Outcome.REPLY, 4_213_000, 1);

        assertEquals(
                """
                client ping   5 hosts every 1s   1:02:03   9,998 pings/s   Ctrl-C ends
                11 sent: 6 received, 1 late, 4 lost (36.36 %); 3 not sent
                1 answering, 2 failing, 2 not measured   own faults: 2 missed, 1 slipped (4.213…
                HOST          LAST ms     RECENT   SENT LOST % MIN/AVG/MAX ms, or WHY
                10.0.0.1 core  2100.3   ▁▁▂▄▅█xL      8   12.5 2.000/307.1/2100.3
                10.0.0.9            -        uuu      3  100.0 host unreachable from 10.0.0.1
                a.example           -          !      0      - does not resolve
                10.0.0.2            -         !!      0      - the client was held up
                10.0.0.3            -                 0      - -
                ▁ near its best, █ 10 times that; x no reply, u unreachable, L late, ! not sent\
                """,
                String.join("\n", texts(Marks.UNICODE, 80, 24)));
    }

    @Test
    void lines_veryWide_hasEveryColumn() {
        HostTally host = host("10.0.0.9", "printer");
        host.add(Outcome.UNREACHABLE, null, ROUTER, 1);
        host.add(Outcome.REPLY, 2.0, null, 1);

        List<String> lines = texts(Marks.ASCII, 160, 10);

        assertEquals(
                "HOST              LAST ms                    RECENT    SENT    RECV    LATE  LOST"
                        + " %  MIN/AVG/MAX ms           WHY THE LAST FAILED",
                lines.get(3));
        assertEquals(
                "10.0.0.9 printer    2.000                        u.       2       1       0   "
                        + " 50.0  2.000/2.000/2.000        host unreachable (type 3 code 1) from"
                        + " 10.0.0.1",
                lines.get(4));
    }

    @Test
    void lines_moreHostsThanLines_worstFirstAndTheRestIsCounted() {
        for (int i = 0; i < 100; i++) {
            answering("10.0.1." + i);
        }
        answering("10.0.2.1").add(Outcome.LATE, 2_000.0, null, 1);
        answering("10.0.2.2").add(Outcome.TIMEOUT, null, FailureCause.NO_REPLY, 1);
        host("10.0.2.3", null).add(Outcome.TIMEOUT, null, FailureCause.NO_REPLY, 1);

        List<LiveView.Line> lines = lines(Marks.UNICODE, 80, 9);

        assertEquals(9, lines.size());
        assertTrue(lines.get(4).text().startsWith("10.0.2.3 "));
        assertTrue(lines.get(5).text().startsWith("10.0.2.2 "));
        assertTrue(lines.get(6).text().startsWith("10.0.2.1 "));
        assertTrue(lines.get(7).text().startsWith("10.0.1.0 "));
        assertEquals("… 99 more, all answering", lines.get(8).text());
        assertEquals(
                List.of(LiveView.Style.FAILING, LiveView.Style.LATE, LiveView.Style.PLAIN),
                lines.subList(5, 8).stream().map(LiveView.Line::style).toList());
        assertEquals("… 102 more: 101 answering, 1 failing", texts(Marks.UNICODE, 80, 6).getLast());
    }

    @Test
    void lines_asManyHostsAsLines_areInTheOrderGiven() {
        answering("10.0.0.1");
        host("10.0.0.2", null).add(Outcome.TIMEOUT, null, FailureCause.NO_REPLY, 1);

        List<String> lines = texts(Marks.UNICODE, 80, 6);

        assertTrue(lines.get(4).startsWith("10.0.0.1 "), lines.get(4));
        assertTrue(lines.get(5).startsWith("10.0.0.2 "), lines.get(5));
    }

    @ParameterizedTest
    @CsvSource({"1,1", "10,3", "30,6", "79,24", "80,24", "111,30", "112,40", "139,50", "300,200"})
    void lines_anySize_stayWithinTheScreen(int width, int height) {
        for (int i = 0; i < 150; i++) {
            host("2001:db8:1234:5678:9abc:def0:1234:" + (i + 1), "東京 tower " + i)
                    .add(Outcome.UNREACHABLE, null, ROUTER, 1_000_000);
        }

        List<String> lines = texts(Marks.UNICODE, width, height);

        assertTrue(lines.size() <= height);
        lines.forEach(line -> assertTrue(Cells.width(line) <= width, line));
    }

    @Test
    void marks_ofATerminal_areWhatItCanShow() {
        assertEquals(Marks.UNICODE, Marks.of(StandardCharsets.UTF_8));
        assertEquals(Marks.ASCII, Marks.of(StandardCharsets.US_ASCII));
        assertEquals(Marks.ASCII, Marks.of(StandardCharsets.ISO_8859_1));
    }

    @Test
    void lines_ascii_areAsciiOnly() {
        for (int i = 0; i < 50; i++) {
            answering("10.0.1." + i);
        }

        for (String line : texts(Marks.ASCII, 80, 24)) {
            assertTrue(StandardCharsets.US_ASCII.newEncoder().canEncode(line), line);
        }
    }
}
