package org.pingrecorder.icmp.command;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.icmp.command.ProgramResult.Unreachable;

/** The English words of ICMP errors that decide a ping, with the type and code they stand for. */
final class IcmpErrorTexts {

    private record Text(String begins, int type, int code) {}

    /** Longer texts before those they begin with. */
    private static final List<Text> IPV4 =
            List.of(
                    new Text("Destination Net Unreachable for Type of Service", 3, 11),
                    new Text("Destination Host Unreachable for Type of Service", 3, 12),
                    new Text("Destination Net Unreachable", 3, 0),
                    new Text("Destination Host Unreachable", 3, 1),
                    new Text("Destination Protocol Unreachable", 3, 2),
                    new Text("Destination Port Unreachable", 3, 3),
                    new Text("Frag needed and DF set", 3, 4),
                    new Text("frag needed and DF set", 3, 4),
                    new Text("Source Route Failed", 3, 5),
                    new Text("Destination Net Unknown", 3, 6),
                    new Text("Destination Host Unknown", 3, 7),
                    new Text("Source Host Isolated", 3, 8),
                    new Text("Destination Net Prohibited", 3, 9),
                    new Text("Destination Host Prohibited", 3, 10),
                    new Text("Packet filtered", 3, 13),
                    new Text("Communication prohibited by filter", 3, 13),
                    new Text("Precedence Violation", 3, 14),
                    new Text("Host Precedence Violation", 3, 14),
                    new Text("Precedence Cutoff", 3, 15),
                    new Text("Dest Unreachable", 3, ProgramResult.UNKNOWN),
                    new Text("Time to live exceeded", 11, 0),
                    new Text("Frag reassembly time exceeded", 11, 1),
                    new Text("Parameter problem", 12, 0));

    private static final List<Text> IPV6 =
            List.of(
                    new Text("Destination unreachable: No route", 1, 0),
                    new Text("Destination unreachable: Administratively prohibited", 1, 1),
                    new Text("Destination unreachable: Beyond scope of source address", 1, 2),
                    new Text("Destination unreachable: Address unreachable", 1, 3),
                    new Text("Destination unreachable: Port unreachable", 1, 4),
                    new Text("Destination unreachable", 1, ProgramResult.UNKNOWN),
                    new Text("Packet too big", 2, 0),
                    new Text("Time exceeded: Hop limit", 3, 0),
                    new Text("Time exceeded: Defragmentation failure", 3, 1),
                    new Text("Parameter problem", 4, ProgramResult.UNKNOWN));

    private IcmpErrorTexts() {}

    /** Whether a text tells of an error after which the request is still on its way. */
    static boolean decidesNothing(String text) {
        return text.startsWith("Redirect") || text.startsWith("Source Quench");
    }

    /** The error that a text begins with; {@code null} for whatever else it is. */
    static @Nullable Unreachable find(boolean ipv6, String text, @Nullable InetAddress from) {
        for (Text known : ipv6 ? IPV6 : IPV4) {
            if (text.startsWith(known.begins())) {
                return new Unreachable(known.type(), known.code(), from);
            }
        }
        return null;
    }
}
