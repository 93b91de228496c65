package org.pingrecorder.icmp.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/**
 * What decides whether this process may open ICMP sockets, read from /proc for the calling thread
 * and its network namespace.
 *
 * @param pingGroupRange value of {@code net.ipv4.ping_group_range}, such as {@code 1 0}
 * @param groups the process's group ids, ascending, separated by spaces
 * @param netRaw whether {@code CAP_NET_RAW} is in the effective set
 */
public record Permissions(String pingGroupRange, String groups, boolean netRaw) {

    private static final Path PING_GROUP_RANGE = Path.of("/proc/sys/net/ipv4/ping_group_range");
    private static final Path STATUS = Path.of("/proc/thread-self/status");
    private static final int CAP_NET_RAW = 13;
    private static final String UNKNOWN = "unknown";

    /** Those of the calling thread. */
    public static Permissions read() {
        List<String> status = lines(STATUS);
        List<String> range = lines(PING_GROUP_RANGE);
        return of(range.isEmpty() ? UNKNOWN : range.getFirst(), status);
    }

    /** From the text of the two files. */
    static Permissions of(String pingGroupRange, List<String> status) {
        TreeSet<Long> groups = new TreeSet<>();
        boolean netRaw = false;
        for (String line : status) {
            String[] words = line.trim().split("\\s+", -1);
            if (words[0].equals("Gid:") && words.length > 2) {
                groups.add(Long.valueOf(words[2])); // the effective one
            } else if (words[0].equals("Groups:")) {
                for (int i = 1; i < words.length; i++) {
                    groups.add(Long.valueOf(words[i]));
                }
            } else if (words[0].equals("CapEff:") && words.length > 1) {
                netRaw = (Long.parseUnsignedLong(words[1], 16) >>> CAP_NET_RAW & 1) != 0;
            }
        }
        String all = groups.toString().replaceAll("[\\[\\],]", "");
        return new Permissions(
                pingGroupRange.trim().replaceAll("\\s+", " "),
                all.isEmpty() ? UNKNOWN : all,
                netRaw);
    }

    /** One sentence with all three. */
    public String describe() {
        return "net.ipv4.ping_group_range is \"%s\", the process's groups are %s, CAP_NET_RAW is %s."
                .formatted(pingGroupRange, groups, netRaw ? "held" : "not held");
    }

    /** The line that allows datagram sockets to every group of this network namespace. */
    public static String allowDatagram() {
        return "sudo sysctl -w net.ipv4.ping_group_range=\"0 2147483647\"";
    }

    /** The line that gives this Java the right to raw sockets. */
    public static String allowRaw() {
        Path java = Path.of(System.getProperty("java.home", ""), "bin", "java");
        return "sudo setcap cap_net_raw+ep " + java;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException unreadable) {
            return List.of(); // described as unknown; the errno of the socket still says why
        }
    }
}
