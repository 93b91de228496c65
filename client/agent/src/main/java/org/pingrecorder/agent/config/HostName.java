package org.pingrecorder.agent.config;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pingrecorder.wire.ClientName;

/** The machine's own name, as the client name of whoever gives none. */
final class HostName {

    private static final int MAX_CHARS = 64;

    private HostName() {}

    /** The machine's name made a valid client name. */
    static String ofMachine() {
        try {
            // Asking the kernel is exact and, unlike InetAddress, never asks a name server.
            return valid(Files.readString(Path.of("/proc/sys/kernel/hostname")).strip());
        } catch (IOException notLinux) {
            try {
                return valid(InetAddress.getLocalHost().getHostName());
            } catch (UnknownHostException nameless) {
                return ClientName.DEFAULT;
            }
        }
    }

    /** A client name as like {@code name} as can be. */
    static String valid(String name) {
        String usable = name.replaceAll("[^A-Za-z0-9._-]", "-");
        String cut = usable.length() > MAX_CHARS ? usable.substring(0, MAX_CHARS) : usable;
        return cut.isEmpty() || cut.equals(".") || cut.equals("..") ? ClientName.DEFAULT : cut;
    }
}
