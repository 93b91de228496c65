package org.pingrecorder.icmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pingrecorder.icmp.packet.PacketOptions;
import org.pingrecorder.icmp.packet.PacketSource;

/** Which ping program is used, and what is said of one that is not. */
class CommandChoiceIT {

    @TempDir private Path folder = Path.of("");

    @BeforeEach
    void makeProgram() throws Exception {
        Path program = Files.createFile(folder.resolve("sh")); // as ScriptProgram calls it
        assertEquals(true, program.toFile().setExecutable(true));
    }

    private String whyUnusable(String path, String... identify) {
        return CommandChoice.whyUnusable(new ScriptProgram(List.of(identify)), false, path);
    }

    @Test
    void whyUnusable_onThePathAndMeant_isEmpty() {
        assertEquals("", whyUnusable("/nowhere:" + folder, "echo", "ours 1.0"));
    }

    @Test
    void whyUnusable_notOnThePath_saysSo() {
        String why = "there is no program 'sh' on the PATH";

        assertEquals(why, whyUnusable("", "echo", "ours"));
        assertEquals(why, whyUnusable("/nowhere:" + folder.resolve("sh"), "echo", "ours"));
    }

    @Test
    void whyUnusable_anotherProgramOfThatName_saysSo() {
        String why = "the program 'sh' on the PATH is not the one whose output is known here";

        assertEquals(why, whyUnusable(folder.toString(), "echo", "BusyBox v1.36"));
        assertEquals(why, whyUnusable(folder.toString(), "/no/such/program"));
    }

    @Test
    void whyNot_familyWithoutSource_comesFirst() {
        PacketOptions ipv4Only = PacketOptions.DEFAULT.withSource(PacketSource.parse("192.0.2.7"));
        ScriptProgram program = new ScriptProgram(List.of());

        assertEquals("", CommandChoice.whyNot(program, false, ipv4Only));
        assertEquals("no IPv6 source address given", CommandChoice.whyNot(program, true, ipv4Only));
        assertEquals(
                "no IPv6 in this script",
                CommandChoice.whyNot(program, true, PacketOptions.DEFAULT));
    }

    @Test
    void program_unknownSystem_isRefusedByName() {
        assertEquals(
                "Pinging works on Linux, macOS, FreeBSD and Windows, and this is Plan 9",
                assertThrows(IcmpUnavailableException.class, () -> CommandChoice.program("Plan 9"))
                        .getMessage());
    }
}
