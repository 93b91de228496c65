package org.pingrecorder.oneoff;

/**
 * ICMP errors in words. The names are those of IANA's registries of ICMP and ICMPv6 parameters, in
 * plain words: RFC 792, 1122 and 1812 for IPv4; RFC 4443, 6550, 7112 and 8883 for IPv6.
 */
final class IcmpWords {

    private static final String[] UNREACHABLE_IPV4 = {
        "network unreachable",
        "host unreachable",
        "protocol unreachable",
        "port unreachable",
        "too big, and may not be fragmented",
        "source route failed",
        "network unknown",
        "host unknown",
        "source host isolated",
        "network prohibited by an administrator",
        "host prohibited by an administrator",
        "network unreachable for this type of service",
        "host unreachable for this type of service",
        "prohibited by an administrator",
        "host precedence violation",
        "precedence cut off"
    };

    private static final String[] UNREACHABLE_IPV6 = {
        "no route to destination",
        "prohibited by an administrator",
        "beyond the scope of the source address",
        "address unreachable",
        "port unreachable",
        "source address failed a policy",
        "route to destination rejected",
        "error in the source routing header",
        "headers too long"
    };

    private static final String[] TIME_EXCEEDED = {
        "hop limit exceeded in transit", "fragments not reassembled in time"
    };

    private static final String[] BAD_PARAMETER_IPV4 = {
        "bad header field", "required option missing", "bad length"
    };

    private static final String[] BAD_PARAMETER_IPV6 = {
        "bad header field",
        "unknown next header",
        "unknown IPv6 option",
        "incomplete header chain in the first fragment"
    };

    private static final String[] TOO_BIG_IPV6 = {"packet too big"};

    private IcmpWords() {}

    /** What such an error means; for a code without a name, that of its type. */
    static String of(boolean ipv6, int type, int code) {
        return ipv6 ? ipv6(type, code) : ipv4(type, code);
    }

    private static String ipv4(int type, int code) {
        return switch (type) {
            case 3 -> word(UNREACHABLE_IPV4, code, "destination unreachable");
            case 11 -> word(TIME_EXCEEDED, code, "time exceeded");
            case 12 -> word(BAD_PARAMETER_IPV4, code, "bad parameter");
            default -> "ICMP error";
        };
    }

    private static String ipv6(int type, int code) {
        return switch (type) {
            case 1 -> word(UNREACHABLE_IPV6, code, "destination unreachable");
            case 2 -> word(TOO_BIG_IPV6, code, "packet too big");
            case 3 -> word(TIME_EXCEEDED, code, "time exceeded");
            case 4 -> word(BAD_PARAMETER_IPV6, code, "bad parameter");
            default -> "ICMPv6 error";
        };
    }

    private static String word(String[] words, int code, String otherwise) {
        return code >= 0 && code < words.length ? words[code] : otherwise;
    }
}
