package org.pingrecorder.icmp.command;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.icmp.command.ProgramResult.Unreachable;

/**
 * The output of Windows' program in whatever language: read by its numbers, by {@code TTL=}, which
 * is not translated, and by the order of its lines. Only in English are errors told apart by code.
 */
final class WindowsOutput {

    private static final int ICMP_HEADER_BYTES = 8;

    /**
     * {@code bytes=32 time<1ms TTL=128}: three numbers, in this order in every language, with what
     * was sent in brackets after the first where that differs.
     */
    private static final Pattern REPLY =
            Pattern.compile(
                    ".*?=\\s?([0-9]{1,6})(?:"
                        + " \\([^)]*\\))?\\P{Nd}*?([=<])\\s?([0-9]{1,9})\\P{Nd}*?TTL=([0-9]{1,3}).*");

    /** {@code Reply from ::1: time<1ms}: IPv6 has neither size nor TTL. */
    private static final Pattern REPLY_V6 =
            Pattern.compile("[^=<]*([=<])\\s?([0-9]{1,9})\\s?\\p{L}+\\P{Nd}*");

    /** {@code Packets: Sent = 1, Received = 1, Lost = 0}. */
    private static final Pattern STATISTICS =
            Pattern.compile("[^=]*= ?1\\P{Nd}+= ?([01])\\P{Nd}+= ?[01]\\b.*");

    private static final Pattern ADDRESS =
            Pattern.compile(
                    "(?<![0-9A-Za-z:.])([0-9]{1,3}(?:\\.[0-9]{1,3}){3}|[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,8})");

    private WindowsOutput() {}

    static ProgramResult read(String output, InetAddress target, int payloadBytes, boolean waited) {
        List<String> lines = OutputText.lines(output);
        boolean ipv6 = target instanceof Inet6Address;
        boolean ended = false;
        boolean answered = false;
        String told = null;
        // The first line only repeats the target, and what follows the counts only sums up.
        for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            Matcher statistics = STATISTICS.matcher(line);
            if (statistics.matches()) {
                ended = true;
                answered = statistics.group(1).equals("1");
                break;
            }
            ProgramResult reply = ipv6 ? replyV6(line, target) : reply(line, target, payloadBytes);
            if (reply != null) {
                return reply;
            }
            told = told == null ? line : told;
        }
        if (told == null) {
            return waited || ended
                    ? new ProgramResult.Silence()
                    : OutputText.notSent(lines.isEmpty() ? "it printed nothing" : lines.getFirst());
        }
        if (answered) { // by a router: its errors are counted as received
            return error(told, ipv6);
        }
        return waited ? new ProgramResult.Silence() : OutputText.notSent(told);
    }

    private static @Nullable ProgramResult reply(
            String line, InetAddress target, int payloadBytes) {
        Matcher reply = REPLY.matcher(line);
        if (!reply.matches()) {
            return null;
        }
        if (!OutputText.same(address(line), target)) {
            return new ProgramResult.Foreign();
        }
        int bytes = Integer.parseInt(reply.group(1));
        return bytes == payloadBytes
                ? new ProgramResult.Reply(
                        nanos(reply.group(2), reply.group(3)),
                        Integer.parseInt(reply.group(4)),
                        ICMP_HEADER_BYTES + bytes)
                : new ProgramResult.Corrupted();
    }

    private static @Nullable ProgramResult replyV6(String line, InetAddress target) {
        Matcher reply = REPLY_V6.matcher(line);
        if (!reply.matches()) {
            return null;
        }
        return OutputText.same(address(line), target)
                ? new ProgramResult.Reply(
                        nanos(reply.group(1), reply.group(2)),
                        ProgramResult.UNKNOWN,
                        ProgramResult.UNKNOWN)
                : new ProgramResult.Foreign();
    }

    /** It prints whole milliseconds, rounded down, and {@code <1ms} for none. */
    private static long nanos(String sign, String millis) {
        return sign.equals("<") ? 0 : OutputText.nanos(millis);
    }

    private static ProgramResult error(String line, boolean ipv6) {
        String text = line.toLowerCase(Locale.ROOT);
        InetAddress from = address(line);
        if (!ipv6 && text.contains("destination net unreachable")) {
            return new Unreachable(3, 0, from);
        } else if (text.contains("destination host unreachable")) {
            return ipv6 ? new Unreachable(1, 3, from) : new Unreachable(3, 1, from);
        } else if (text.contains("destination protocol unreachable") && !ipv6) {
            return new Unreachable(3, 2, from);
        } else if (text.contains("destination port unreachable")) {
            return ipv6 ? new Unreachable(1, 4, from) : new Unreachable(3, 3, from);
        } else if (text.contains("packet needs to be fragmented but df set") && !ipv6) {
            return new Unreachable(3, 4, from);
        } else if (text.contains("expired in transit")) {
            return ipv6 ? new Unreachable(3, 0, from) : new Unreachable(11, 0, from);
        }
        return new Unreachable(ProgramResult.UNKNOWN, ProgramResult.UNKNOWN, from);
    }

    /** The first address on a line. */
    private static @Nullable InetAddress address(String line) {
        Matcher address = ADDRESS.matcher(line);
        while (address.find()) {
            String literal = address.group(1);
            InetAddress found = OutputText.address(literal);
            if (found == null && literal.endsWith(":")) { // as in "Reply from ::1: time<1ms"
                found = OutputText.address(literal.substring(0, literal.length() - 1));
            }
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
