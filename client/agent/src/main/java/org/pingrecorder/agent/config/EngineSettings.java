package org.pingrecorder.agent.config;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.pingrecorder.icmp.EngineConfig;
import org.pingrecorder.icmp.IcmpSupport.Kind;
import org.pingrecorder.icmp.packet.Dscp;
import org.pingrecorder.icmp.packet.PacketOptions;
import org.pingrecorder.icmp.packet.PacketSource;

/** How the engine of a command pings, from that command's settings. */
public final class EngineSettings {

    public static final String DEFAULT_SIZE = "56";
    public static final String DEFAULT_TTL = "system";
    public static final String DEFAULT_DSCP = "0";
    public static final String DEFAULT_DONT_FRAGMENT = "false";
    public static final String DEFAULT_ICMP = "auto";

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    private EngineSettings() {}

    /** Reads them all; what is wrong is left in {@code settings} for {@link Settings#check}. */
    public static EngineConfig read(Settings settings) {
        Optional<PacketSource> source = settings.value(Setting.SOURCE, "", EngineSettings::source);
        Optional<Kind> kind = settings.value(Setting.ICMP, DEFAULT_ICMP, EngineSettings::kind);
        return EngineConfig.DEFAULT
                .withPacket(
                        new PacketOptions(
                                settings.value(Setting.SIZE, DEFAULT_SIZE, EngineSettings::size),
                                settings.value(Setting.TTL, DEFAULT_TTL, EngineSettings::ttl),
                                settings.value(Setting.DSCP, DEFAULT_DSCP, Dscp::parse),
                                settings.value(
                                        Setting.DONT_FRAGMENT,
                                        DEFAULT_DONT_FRAGMENT,
                                        EngineSettings::yes),
                                source.orElse(null)))
                .withKind(kind.orElse(null));
    }

    private static int size(String text) {
        return number(text, PacketOptions.LEAST_PAYLOAD_BYTES, PacketOptions.MOST_PAYLOAD_BYTES);
    }

    private static int ttl(String text) {
        return text.equals(DEFAULT_TTL)
                ? PacketOptions.SYSTEM_TTL
                : number(text, 1, PacketOptions.MOST_TTL);
    }

    /** Reads a whole number within its bounds. */
    static int number(String text, int least, int most) {
        int number = NUMBER.matcher(text).matches() ? Integer.parseInt(text) : -1;
        if (number < least || number > most) {
            throw new IllegalArgumentException(
                    "'%s' is out of bounds: write %d to %d".formatted(text, least, most));
        }
        return number;
    }

    private static boolean yes(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default ->
                    throw new IllegalArgumentException(
                            "'%s' is neither: write true or false".formatted(text));
        };
    }

    private static Optional<PacketSource> source(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(PacketSource.parse(text));
    }

    private static Optional<Kind> kind(String text) {
        if (text.equals(DEFAULT_ICMP)) {
            return Optional.empty();
        }
        for (Kind kind : Kind.values()) {
            if (text.equals(kind.name().toLowerCase(Locale.ROOT))) {
                return Optional.of(kind);
            }
        }
        throw new IllegalArgumentException(
                "'%s' is no way to ping: write auto, datagram, raw or command".formatted(text));
    }
}
