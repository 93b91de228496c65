package org.pingrecorder.icmp.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether the calling thread's network namespace has IPv6 at all. Sockets open all the same where
 * it is switched off, and only their sends fail, with errors that do not name the switch.
 */
public final class Ipv6Switch {

    private static final Path DISABLED = Path.of("/proc/sys/net/ipv6/conf/all/disable_ipv6");

    private Ipv6Switch() {}

    /** What people should know before they ping IPv6; empty where it is on. */
    public static String note() {
        return note(DISABLED);
    }

    static String note(Path disabled) {
        try {
            boolean off = !Files.readString(disabled).strip().equals("0");
            return off ? "IPv6 is switched off: net.ipv6.conf.all.disable_ipv6 is 1" : "";
        } catch (IOException absent) {
            return "this kernel has no IPv6, or was booted without it";
        }
    }
}
