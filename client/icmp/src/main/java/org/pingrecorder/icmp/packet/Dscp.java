package org.pingrecorder.icmp.packet;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of Differentiated Services code points: CS0 to CS7 (RFC 2474), AF11 to AF43 (RFC 2597),
 * EF (RFC 3246), VA (RFC 5865) and LE (RFC 8622).
 */
public final class Dscp {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,2}");
    private static final Pattern CLASS_SELECTOR = Pattern.compile("CS([0-7])");
    private static final Pattern ASSURED = Pattern.compile("AF([1-4])([1-3])");

    private Dscp() {}

    /**
     * Reads a number from 0 to 63 or a name in either case.
     *
     * @throws IllegalArgumentException with a message that says what to write
     */
    public static int parse(String text) {
        String name = text.toUpperCase(Locale.ROOT);
        Matcher selector = CLASS_SELECTOR.matcher(name);
        Matcher assured = ASSURED.matcher(name);
        if (NUMBER.matcher(text).matches() && Integer.parseInt(text) <= PacketOptions.MOST_DSCP) {
            return Integer.parseInt(text);
        } else if (selector.matches()) {
            return 8 * Integer.parseInt(selector.group(1));
        } else if (assured.matches()) {
            return 8 * Integer.parseInt(assured.group(1)) + 2 * Integer.parseInt(assured.group(2));
        }
        return switch (name) {
            case "EF" -> 46;
            case "VA" -> 44;
            case "LE" -> 1;
            default ->
                    throw new IllegalArgumentException(
                            ("'%s' is no code point: write 0 to 63 or a name such as EF, AF41 or"
                                            + " CS1")
                                    .formatted(text));
        };
    }
}
