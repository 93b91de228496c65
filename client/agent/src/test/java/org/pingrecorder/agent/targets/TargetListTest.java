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
import org.pingrecorder.wire.Address;

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
                        PACE);

        assertEquals(List.of("192.0.2.7", "192.0.2.8", "192.0.2.9"), texts(list));
        assertEquals("router", list.ips().getFirst().name());
    }

    @Test
    void poll_changedFile_keepsWhatStays() throws IOException {
        TargetList list = new TargetList(List.of(), write("192.0.2.7\n192.0.2.8\n"), PACE);
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
        TargetList list = new TargetList(List.of(), write("192.0.2.7\n"), PACE);

        write("");
        assertFalse(list.poll());
        write("192.0.2.7\n192.0.2.8\n");
        assertFalse(list.poll());

        assertTrue(list.poll());
        assertEquals(2, list.ips().size());
    }

    @Test
    void poll_halfBrokenFile_usesTheGoodLines() throws IOException {
        TargetList list = new TargetList(List.of(), write("192.0.2.7\n"), PACE);

        write("1.2.3\n192.0.2.8\n");

        assertTrue(changed(list));
        assertEquals(List.of("192.0.2.8"), texts(list));
    }

    @Test
    void poll_vanishedFile_keepsTheListAndTakesUpANewOne() throws IOException {
        Path file = write("192.0.2.7\n");
        TargetList list = new TargetList(List.of(), file, PACE);

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
                () -> new TargetList(List.of(), folder.resolve("none.txt"), PACE));
    }
}
