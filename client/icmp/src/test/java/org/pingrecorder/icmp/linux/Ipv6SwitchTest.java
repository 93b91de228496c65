package org.pingrecorder.icmp.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Ipv6SwitchTest {

    @TempDir private Path folder = Path.of("");

    private String note(String disabled) throws IOException {
        return Ipv6Switch.note(Files.writeString(folder.resolve("disable_ipv6"), disabled));
    }

    @Test
    void note_on_isEmpty() throws IOException {
        assertEquals("", note("0\n"));
    }

    @Test
    void note_off_namesTheSwitch() throws IOException {
        assertEquals("IPv6 is switched off: net.ipv6.conf.all.disable_ipv6 is 1", note("1\n"));
    }

    @Test
    void note_noSuchSwitch_isAKernelWithoutIpv6() {
        assertEquals(
                "this kernel has no IPv6, or was booted without it",
                Ipv6Switch.note(folder.resolve("absent")));
    }
}
