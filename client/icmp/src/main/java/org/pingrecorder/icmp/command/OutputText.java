package org.pingrecorder.icmp.command;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the readers of all programs' outputs need. */
final class OutputText {

    private static final int MOST_CAUSE_CHARS = 200;
    private static final int NANOS_DIGITS_OF_MILLI = 6;

    /** What the C library says in its own language, in lower case, as the engine says it. */
    private static final Map<String, String> ERRNO =
            Map.ofEntries(
                    Map.entry("network is unreachable", "ENETUNREACH"),
                    Map.entry("no route to host", "EHOSTUNREACH"),
                    Map.entry("host is down", "EHOSTDOWN"),
                    Map.entry("operation not permitted", "EPERM"),
                    Map.entry("permission denied", "EACCES"),
                    Map.entry("message too long", "EMSGSIZE"),
                    Map.entry("no buffer space available", "ENOBUFS"),
                    Map.entry("cannot assign requested address", "EADDRNOTAVAIL"),
                    Map.entry("can't assign requested address", "EADDRNOTAVAIL"),
                    Map.entry("network is down", "ENETDOWN"),
                    Map.entry("no such device", "ENODEV"),
                    Map.entry("invalid argument", "EINVAL"));

    private OutputText() {}

    /** Lines with something on them, without spaces around. */
    static List<String> lines(String output) {
        return output.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    /** A request that was not sent, for the reason a line gives. */
    static ProgramResult.NotSent notSent(String line) {
        String lower = line.toLowerCase(Locale.ROOT);
        for (Map.Entry<String, String> errno : ERRNO.entrySet()) {
            if (lower.contains(errno.getKey())) {
                return new ProgramResult.NotSent(errno.getValue());
            }
        }
        String printable = line.replaceAll("\\p{Cntrl}", " ").strip();
        return new ProgramResult.NotSent(
                printable.substring(0, Math.min(printable.length(), MOST_CAUSE_CHARS)));
    }

    /** The address that is written, without its zone, or {@code null} if none is. */
    static @Nullable InetAddress address(String text) {
        int zone = text.indexOf('%');
        String literal = zone < 0 ? text : text.substring(0, zone);
        boolean plausible =
                literal.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
        try {
            return plausible ? InetAddress.ofLiteral(literal) : null;
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    /** Whether two addresses are the same but for their zones. */
    static boolean same(@Nullable InetAddress one, InetAddress other) {
        return one != null && Arrays.equals(one.getAddress(), other.getAddress());
    }

    /** Nanoseconds of a decimal number of milliseconds, of up to 9 digits before its point. */
    static long nanos(String millis) {
        return new BigDecimal(millis).movePointRight(NANOS_DIGITS_OF_MILLI).longValue();
    }
}
