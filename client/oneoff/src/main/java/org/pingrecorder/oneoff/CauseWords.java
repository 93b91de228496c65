package org.pingrecorder.oneoff;

/** The engine's short causes in words, after the cause itself where people look that up. */
final class CauseWords {

    private CauseWords() {}

    /** Such as {@code ENETUNREACH: no route} for {@code ENETUNREACH}. */
    static String of(String cause) {
        return switch (cause) {
            case "receive_overflow" -> "this machine's receive buffer was full";
            case "no_free_sequence" -> "too many pings in flight";
            default -> errno(cause);
        };
    }

    private static String errno(String name) {
        String words =
                switch (name) {
                    case "ENETUNREACH" -> "no route";
                    case "EHOSTUNREACH" -> "no route to this host";
                    case "ENETDOWN" -> "the network interface is down";
                    case "ENODEV" -> "no such network interface";
                    case "EPERM" -> "not permitted, perhaps by a firewall here";
                    case "EACCES" -> "not permitted: prohibited by a route, or a broadcast address";
                    case "EINVAL" -> "not an address to send to from here";
                    case "EADDRNOTAVAIL" -> "no source address";
                    case "EAFNOSUPPORT" -> "this machine has no such address family";
                    case "EMSGSIZE" -> "larger than the path allows";
                    case "EAGAIN", "ENOBUFS" -> "the send queue stayed full";
                    case "ENOMEM" -> "out of memory";
                    default -> "";
                };
        return words.isEmpty() ? name : name + ": " + words;
    }
}
