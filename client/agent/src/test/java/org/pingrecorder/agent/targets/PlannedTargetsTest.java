package org.pingrecorder.agent.targets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pingrecorder.agent.timetable.Pace;
import org.pingrecorder.agent.timetable.PingedIp;
import org.pingrecorder.wire.Families;
import org.pingrecorder.wire.TargetsText;

/** A client's own list, and a plan beside it. */
class PlannedTargetsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir private Path folder = Path.of("");

    private TargetList list(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("targets.txt"), text);
        return new TargetList(
                List.of(), file, new Pace(SECOND, SECOND, Duration.ZERO), Families.ANY);
    }

    private static Plan plan(String targets) {
        return new Plan(TargetsText.parse(targets).targets(), null, null, false);
    }

    private static List<String> intervals(List<PingedIp> ips) {
        return ips.stream().map(ip -> ip + " " + ip.pace().interval().toSeconds()).toList();
    }

    @Test
    void follow_addressOfBoth_isPingedOnceAsTheOwnListSays() throws IOException {
        TargetList list = list("192.0.2.7 interval=2s own\na.example families=ipv4\n");
        assertTrue(
                list.follow(
                        plan(
                                """
                                192.0.2.7 interval=5s planned
                                192.0.2.8 interval=5s
                                a.example families=both
                                """)));

        assertEquals(List.of("192.0.2.7 2", "a.example ipv4 1"), intervals(list.own()));
        assertEquals(List.of("192.0.2.8 5", "a.example ipv6 1"), intervals(list.planned()));
        assertEquals("own", list.ips().getFirst().name());
    }

    @Test
    void follow_again_keepsWhatStaysAndTakesNothingOfTheOwnAway() throws IOException {
        TargetList list = list("192.0.2.7\n");
        list.follow(plan("192.0.2.8\n192.0.2.9\n"));
        PingedIp own = list.own().getFirst();
        PingedIp nine = list.planned().get(1);
        assertFalse(list.follow(plan("192.0.2.8\n192.0.2.9\n")), "the same again");
        assertTrue(list.follow(plan("192.0.2.9\n")));

        assertSame(own, list.own().getFirst());
        assertSame(nine, list.planned().getFirst());
        assertTrue(list.follow(Plan.NONE));
        assertEquals(List.of(own), list.ips());
    }

    @Test
    void follow_interval_isThatOfAllWithoutOneOfTheirOwn() throws IOException {
        TargetList list = list("192.0.2.6 interval=2s\n192.0.2.7\n");
        List<TargetsText.Target> targets =
                TargetsText.parse("192.0.2.8\n192.0.2.9 interval=5s\n").targets();
        list.follow(new Plan(targets, MINUTE, MINUTE, false));

        assertEquals(
                List.of("192.0.2.6 2", "192.0.2.7 60", "192.0.2.8 60", "192.0.2.9 5"),
                intervals(list.ips()));
        list.ips().forEach(ip -> assertEquals(MINUTE, ip.pace().timeout()));
        list.follow(new Plan(targets, null, null, false));
        assertEquals(
                List.of("192.0.2.6 2", "192.0.2.7 1", "192.0.2.8 1", "192.0.2.9 5"),
                intervals(list.ips()));
    }

    @Test
    void follow_intervalBelowTheFloor_changesNothing() throws IOException {
        TargetList list = list("192.0.2.7\n");
        Plan bad = new Plan(plan("192.0.2.8").targets(), Duration.ofMillis(99), null, true);

        assertThrows(IllegalArgumentException.class, () -> list.follow(bad));
        assertEquals(List.of("192.0.2.7 1"), intervals(list.ips()));
        assertFalse(list.isPaused());
    }

    @Test
    void poll_fileTakesAPlannedAddress_makesItTheClientsOwn() throws IOException {
        TargetList list = list("");
        list.follow(plan("192.0.2.8\n"));
        Files.writeString(folder.resolve("targets.txt"), "192.0.2.8\n");
        list.poll();

        assertTrue(list.poll());
        assertEquals(List.of("192.0.2.8 1"), intervals(list.own()));
        assertEquals(List.of(), list.planned());
    }

    @Test
    void follow_paused_isAChange() throws IOException {
        TargetList list = list("192.0.2.7\n");
        assertTrue(list.follow(new Plan(List.of(), null, null, true)));
        assertTrue(list.isPaused());
        assertFalse(list.follow(new Plan(List.of(), null, null, true)));
        assertTrue(list.follow(Plan.NONE));
        assertFalse(list.isPaused());
    }
}
