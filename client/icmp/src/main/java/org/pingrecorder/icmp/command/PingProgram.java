package org.pingrecorder.icmp.command;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pingrecorder.icmp.packet.PacketOptions;

/** The ping program of one operating system. Implementations are immutable. */
public interface PingProgram {

    /** What it belongs to, for messages. */
    String system();

    /** What to run to learn whether the program is the one meant; empty to trust its name. */
    default List<String> identify() {
        return List.of();
    }

    /** Whether what {@link #identify} printed is the one meant. */
    default boolean isMeant(String printed) {
        return true;
    }

    /** How to get the program where it is missing. */
    String mend();

    /** The program that pings a family. */
    String name(boolean ipv6);

    /** Which packet option the program cannot set for a family, and why; empty for none. */
    String refusal(boolean ipv6, PacketOptions packet);

    /**
     * The command line of one ping.
     *
     * @param address a literal, with its zone where it is link-local
     * @param waitMillis how long the program has to wait at least; longer does no harm
     */
    List<String> line(boolean ipv6, String address, long waitMillis, PacketOptions packet);

    /**
     * What the output of one such ping means.
     *
     * @param output everything it printed; untrusted
     * @param target the address pinged
     * @param payloadBytes that were sent
     * @param waited whether it ran until its wait was over, or until it was ended
     */
    ProgramResult read(String output, InetAddress target, int payloadBytes, boolean waited);

    /**
     * That of an operating system.
     *
     * @param name as in the system property {@code os.name}
     */
    static Optional<PingProgram> of(String name) {
        String system = name.toLowerCase(Locale.ROOT);
        if (system.equals("linux")) {
            return Optional.of(new LinuxPing());
        } else if (system.startsWith("mac")) {
            return Optional.of(new MacPing());
        } else if (system.equals("freebsd")) {
            return Optional.of(new FreeBsdPing());
        }
        return system.startsWith("windows") ? Optional.of(new WindowsPing()) : Optional.empty();
    }
}
