package org.pingrecorder.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Which addresses of a host name are to be pinged. An address is pinged as it is. */
public enum Families {
    /** Whichever its resolver names first, as one ip without a family. */
    ANY,
    IPV4,
    IPV6,
    /** One of each as two ips, a pair. */
    BOTH;

    /** Each is an ip of its own; empty if the name is one ip without a family. */
    public List<Family> families() {
        return switch (this) {
            case ANY -> List.of();
            case IPV4 -> List.of(Family.IPV4);
            case IPV6 -> List.of(Family.IPV6);
            case BOTH -> List.of(Family.IPV4, Family.IPV6);
        };
    }

    /** As it is written in settings. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads such a setting.
     *
     * @throws IllegalArgumentException with a message that says what to write
     */
    public static Families parse(String text) {
        return Arrays.stream(values())
                .filter(families -> families.text().equals(text))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "'" + text + "' is not any, ipv4, ipv6 or both"));
    }
}
