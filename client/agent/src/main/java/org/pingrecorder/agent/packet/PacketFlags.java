package org.pingrecorder.agent.packet;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.agent.config.EngineSettings;
import org.pingrecorder.agent.config.Setting;
import org.pingrecorder.agent.config.Settings;
import org.pingrecorder.icmp.EngineConfig;
import picocli.CommandLine.Option;

/** The flags about packets, the same for every command that pings. */
public final class PacketFlags {

    @Option(
            names = {"-b", "--size"},
            paramLabel = "BYTES",
            description =
                    "Payload of a request, 16 to 65507 bytes after its 8-byte ICMP header; more"
                            + " than the MTU holds leaves in fragments. Default: "
                            + EngineSettings.DEFAULT_SIZE
                            + ".")
    private @Nullable String size;

    @Option(
            names = "--ttl",
            paramLabel = "HOPS",
            description =
                    "Time to live (IPv6: hop limit) of a request, 1 to 255. Default: "
                            + EngineSettings.DEFAULT_TTL
                            + ", which is its own.")
    private @Nullable String ttl;

    @Option(
            names = "--dscp",
            paramLabel = "CLASS",
            description =
                    "Differentiated Services code point of a request: 0 to 63, or CS0 to CS7, AF11"
                            + " to AF43, EF, VA, LE. Default: "
                            + EngineSettings.DEFAULT_DSCP
                            + ".")
    private @Nullable String dscp;

    @Option(
            names = "--dont-fragment",
            description =
                    "Never fragment a request: larger than the MTU here it is a send_error"
                            + " (EMSGSIZE), larger than a router's it is unreachable.")
    private boolean dontFragment;

    @Option(
            names = {"-S", "--source"},
            paramLabel = "SOURCE",
            description =
                    "Where requests leave from: an address of this machine, one of each family with"
                            + " a comma between them, or an interface. With an address of one"
                            + " family only, pings of the other are a send_error.")
    private @Nullable String source;

    @Option(
            names = "--icmp",
            paramLabel = "KIND",
            description =
                    "What to ping with: datagram or raw sockets, command (the system's ping"
                        + " program, a process a ping, slow), or auto: the first of datagram and"
                        + " raw that is allowed, command where there are neither. Default: "
                            + EngineSettings.DEFAULT_ICMP
                            + ".")
    private @Nullable String icmp;

    /** Those that were given. */
    public Map<Setting, String> given() {
        Map<Setting, String> flags = new EnumMap<>(Setting.class);
        put(flags, Setting.SIZE, size);
        put(flags, Setting.TTL, ttl);
        put(flags, Setting.DSCP, dscp);
        put(flags, Setting.DONT_FRAGMENT, dontFragment ? "true" : null);
        put(flags, Setting.SOURCE, source);
        put(flags, Setting.ICMP, icmp);
        return flags;
    }

    private static void put(Map<Setting, String> flags, Setting setting, @Nullable String value) {
        if (value != null) {
            flags.put(setting, value);
        }
    }

    /** The engine these flags ask for, of a command that has no other settings. */
    public EngineConfig read(List<String> problems) {
        Settings settings = Settings.ofFlags(given());
        EngineConfig config = EngineSettings.read(settings);
        problems.addAll(settings.problems());
        return config;
    }
}
