package org.pingrecorder.icmp.command;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The output of iputils and of the BSDs' programs, which share an ancestor, in the C locale. */
final class UnixOutput {

    private static final int ICMP_HEADER_BYTES = 8;

    /** {@code 64 bytes from 192.0.2.7: icmp_seq=1 ttl=64 time=0.078 ms}, and with hlim. */
    private static final Pattern REPLY =
            Pattern.compile(
                    "([0-9]{1,6}) bytes from ([^ ]{1,80}?)[:,] (?:icmp_)?seq=[0-9]{1,6}"
                        + " (?:ttl|hlim)=([0-9]{1,3}) time=([0-9]{1,9}(?:\\.[0-9]{1,9})?) ms(.*)");

    /** {@code From 192.0.2.1 icmp_seq=1 Destination Host Unreachable}, of iputils. */
    private static final Pattern ERROR_FROM =
            Pattern.compile("From ([^ ]{1,80}?):? icmp_seq=[0-9]{1,6} (.*)");

    /** {@code 92 bytes from 192.0.2.1: Destination Host Unreachable}, of the BSDs. */
    private static final Pattern BYTES_FROM =
            Pattern.compile("[0-9]{1,6} bytes from ([^ ]{1,80}?): (.*)");

    /** {@code 1 packets transmitted, 0 received, ...}: it ran to its end. */
    private static final Pattern STATISTICS =
            Pattern.compile("1 packets transmitted, ([0-9]{1,6}) (?:packets )?received.*");

    /** {@code ping: sendmsg: Operation not permitted}, but no warning. */
    private static final Pattern COMPLAINT =
            Pattern.compile("ping6?: (?!warning)(.*)", Pattern.CASE_INSENSITIVE);

    private UnixOutput() {}

    static ProgramResult read(String output, InetAddress target, int payloadBytes, boolean waited) {
        List<String> lines = OutputText.lines(output);
        boolean wrongBytes = lines.stream().anyMatch(line -> line.startsWith("wrong data byte"));
        ProgramResult best = null;
        boolean complete = waited;
        for (String line : lines) {
            ProgramResult result = reply(line, target, payloadBytes, wrongBytes);
            if (result == null) {
                result = error(line, target, waited);
            }
            if (result == null && COMPLAINT.matcher(line).matches()) {
                result = OutputText.notSent(line.substring(line.indexOf(':') + 1).strip());
            }
            best = better(best, result);
            complete = complete || STATISTICS.matcher(line).matches();
        }
        if (best != null) {
            return best;
        } else if (complete) {
            return new ProgramResult.Silence();
        }
        return OutputText.notSent(lines.isEmpty() ? "it printed nothing" : lines.getFirst());
    }

    /** A reply says the most, a complaint the least; of equals, the first. */
    private static @Nullable ProgramResult better(
            @Nullable ProgramResult one, @Nullable ProgramResult other) {
        return rank(other) > rank(one) ? other : one;
    }

    private static int rank(@Nullable ProgramResult result) {
        return switch (result) {
            case null -> 0;
            case ProgramResult.NotSent _ -> 1;
            case ProgramResult.GaveUp _ -> 2;
            case ProgramResult.Foreign _, ProgramResult.Corrupted _ -> 3;
            case ProgramResult.Unreachable _ -> 4;
            case ProgramResult.Reply _ -> 5;
            case ProgramResult.Silence _ -> 0;
        };
    }

    private static @Nullable ProgramResult reply(
            String line, InetAddress target, int payloadBytes, boolean wrongBytes) {
        Matcher reply = REPLY.matcher(line);
        if (!reply.matches()) {
            return null;
        }
        if (!OutputText.same(OutputText.address(reply.group(2)), target)) {
            return new ProgramResult.Foreign();
        }
        int icmpBytes = Integer.parseInt(reply.group(1));
        boolean remark = !reply.group(5).isBlank(); // "(BAD CHECKSUM!)", "(truncated)"
        if (wrongBytes || remark || icmpBytes != ICMP_HEADER_BYTES + payloadBytes) {
            return new ProgramResult.Corrupted();
        }
        return new ProgramResult.Reply(
                OutputText.nanos(reply.group(4)), Integer.parseInt(reply.group(3)), icmpBytes);
    }

    private static @Nullable ProgramResult error(String line, InetAddress target, boolean waited) {
        Matcher from = ERROR_FROM.matcher(line);
        Matcher matched = from.matches() ? from : BYTES_FROM.matcher(line);
        if (!matched.matches()) {
            return null;
        }
        String text = matched.group(2);
        if (IcmpErrorTexts.decidesNothing(text)) {
            return waited ? null : new ProgramResult.GaveUp();
        }
        return IcmpErrorTexts.find(
                target instanceof Inet6Address, text, OutputText.address(matched.group(1)));
    }
}
