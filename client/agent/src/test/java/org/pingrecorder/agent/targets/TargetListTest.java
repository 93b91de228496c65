package org.pingrecorder.agent.targets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pingrecorder.agent.timetable.Pace;
import org.pingrecorder.agent.timetable.PingedIp;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.Families;
import org.pingrecorder.wire.Family;
import org.slf4j.LoggerFactory;

class TargetListTest {

    private static final Pace PACE =
            new Pace(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ZERO);

    @TempDir private Path folder = Path.of("");

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("targets.txt"), text);
    }

    private static List<String> texts(TargetList list) {
        return list.ips().stream().map(ip -> ip.address().text()).toList();
    }

    /** A change is read when the file has stayed the same for a look. */
    private static boolean changed(TargetList list) {
        boolean first = list.poll();
        return list.poll() || first;
    }

    @Test
    void ips_argumentsAndFile_eachOnceWithItsName() throws IOException {
        Path file = write("192.0.2.7 router\n192.0.2.8\n");
        TargetList list =
                new TargetList(
                        List.of(Address.parse("192.0.2.7"), Address.parse("192.0.2.9")),
                        file,
                        PACE,
                        Families.ANY);

        assertEquals(List.of("192.0.2.7", "192.0.2.8", "192.0.2.9"), texts(list));
        assertEquals("router", list.ips().getFirst().name());
    }

    @Test
    void readAndPoll_repeats_areToldOnceWithTheirLines() throws IOException {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger("org.pingrecorder.agent.targets");
        log.start();
        logger.addAppender(log);
        try {
            Path file = write("192.0.2.7\n192.0.2.8\n192.0.2.7\n192.0.2.8 b\n");
            Address nine = Address.parse("192.0.2.9");
            TargetList list = new TargetList(List.of(nine, nine, nine), file, PACE, Families.ANY);
            assertEquals(3, list.ips().size());
            write("192.0.2.6\n192.0.2.7\n192.0.2.8\n");
            assertTrue(changed(list));
            assertEquals(
                    List.of(
                            file
                                    + " names targets twice, which are pinged once: line 3 as line"
                                    + " 1 (192.0.2.7), line 4 as line 2 (192.0.2.8)",
                            "given twice and pinged once: 192.0.2.9",
                            "targets changed: 4 now, 3 before"),
                    log.list.stream().map(ILoggingEvent::getFormattedMessage).toList());
        } finally {
            logger.detachAppender(log);
        }
    }

    @Test
    void poll_changedFile_keepsWhatStays() throws IOException {
        TargetList list =
                new TargetList(List.of(), write("192.0.2.7\n192.0.2.8\n"), PACE, Families.ANY);
        PingedIp stays = list.ips().get(1);
        assertFalse(changed(list));

        write("192.0.2.8\n192.0.2.9\n192.0.2.10\n");

        assertTrue(changed(list));
        assertEquals(List.of("192.0.2.8", "192.0.2.9", "192.0.2.10"), texts(list));
        assertSame(stays, list.ips().getFirst());
        assertFalse(changed(list));
    }

    @Test
    void poll_fileBeingWritten_waitsUntilItRests() throws IOException {
        TargetList list = new TargetList(List.of(), write("192.0.2.7\n"), PACE, Families.ANY);

        write("");
        assertFalse(list.poll());
        write("192.0.2.7\n192.0.2.8\n");
        assertFalse(list.poll());

        assertTrue(list.poll());
        assertEquals(2, list.ips().size());
    }

    @Test
    void poll_halfBrokenFile_usesTheGoodLines() throws IOException {
        TargetList list = new TargetList(List.of(), write("192.0.2.7\n"), PACE, Families.ANY);

        write("1.2.3\n192.0.2.8\n");

        assertTrue(changed(list));
        assertEquals(List.of("192.0.2.8"), texts(list));
    }

    @Test
    void poll_vanishedFile_keepsTheListAndTakesUpANewOne() throws IOException {
        Path file = write("192.0.2.7\n");
        TargetList list = new TargetList(List.of(), file, PACE, Families.ANY);

        Files.delete(file);
        assertFalse(changed(list));
        assertEquals(List.of("192.0.2.7"), texts(list));
        write("192.0.2.8\n");

        assertTrue(changed(list));
        assertEquals(List.of("192.0.2.8"), texts(list));
    }

    @Test
    void constructor_missingFile_fails() {
        assertThrows(
                IOException.class,
                () -> new TargetList(List.of(), folder.resolve("none.txt"), PACE, Families.ANY));
    }

    private static List<String> keys(TargetList list) {
        return list.ips().stream().map(PingedIp::key).toList();
    }

    @Test
    void ips_bothFamilies_areAPairForNamesOnly() throws IOException {
        Path file =
                write(
                        """
                        a.example N
                        192.0.2.7
                        2001:db8::7
                        b.example families=ipv6
                        """);
        List<Address> given = List.of(Address.parse("c.example"), Address.parse("a.example"));
        TargetList list = new TargetList(given, file, PACE, Families.BOTH);

        assertEquals(
                List.of(
                        "a.example ipv4",
                        "a.example ipv6",
                        "192.0.2.7",
                        "2001:db8::7",
                        "b.example ipv6",
                        "c.example ipv4",
                        "c.example ipv6"),
                keys(list));
        assertEquals("N", list.ips().get(1).name());
        assertEquals(Family.IPV6, list.ips().get(1).family());
    }

    @Test
    void ips_familiesOfALine_winOverTheClients() throws IOException {
        Path file =
                write(
                        """
                        a.example
                        b.example families=both
                        c.example families=any
                        ::1 families=both
                        """);

        assertEquals(
                List.of("a.example", "b.example ipv4", "b.example ipv6", "c.example", "::1"),
                keys(new TargetList(List.of(), file, PACE, Families.ANY)));
        assertEquals(
                List.of("a.example ipv4", "b.example ipv4", "b.example ipv6", "c.example", "::1"),
                keys(new TargetList(List.of(), file, PACE, Families.IPV4)));
    }

    @Test
    void ips_settingsOfALine_winOverTheClientsOneByOne() throws IOException {
        Path file = write("192.0.2.7 interval=100ms\n192.0.2.8 timeout=3s grace=1s x\n192.0.2.9");
        TargetList list = new TargetList(List.of(), file, PACE, Families.ANY);

        assertEquals(
                List.of(
                        new Pace(Duration.ofMillis(100), PACE.timeout(), PACE.grace()),
                        new Pace(PACE.interval(), Duration.ofSeconds(3), Duration.ofSeconds(1)),
                        PACE),
                list.ips().stream().map(PingedIp::pace).toList());
    }

    @Test
    void poll_changedInterval_isThatIpAtThePlaceWhereItWasFound() throws IOException {
        Path file = write("192.0.2.7 interval=1s\n192.0.2.8\n");
        TargetList list = new TargetList(List.of(), file, PACE, Families.ANY);
        PingedIp before = list.ips().getFirst();
        PingedIp stays = list.ips().get(1);
        before.locate(new PingedIp.Location.Unknown("somewhere"));

        write("192.0.2.7 interval=10s\n192.0.2.8 interval=1s\n");

        assertTrue(changed(list));
        PingedIp after = list.ips().getFirst();
        assertEquals(Duration.ofSeconds(10), after.pace().interval());
        assertSame(before.location(), after.location());
        assertEquals(before.key(), after.key());
        assertSame(stays, list.ips().get(1), "said in other words, but the same");
    }

    @Test
    void poll_sameTargetsWrittenAgain_isNoChange() throws IOException {
        TargetList list = new TargetList(List.of(), write("192.0.2.7 a\n"), PACE, Families.ANY);
        List<PingedIp> before = list.ips();

        write("# told apart\n192.0.2.7   a\n");

        assertFalse(changed(list));
        assertEquals(before, list.ips());
    }
}
