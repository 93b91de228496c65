package org.pingrecorder.wire;

import java.util.regex.Pattern;

/**
 * The rule for names of measured values, which become names of Prometheus: {@code cpu_percent}, or
 * with one label {@code disk_used_bytes{mount="/"}}.
 */
public final class MetricName {

    /** The most characters of a name with its label. */
    public static final int LONGEST = 300;

    private static final int LONGEST_VALUE = 120;

    private static final String BARE = "[a-zA-Z_:][a-zA-Z0-9_:]{0,99}";

    private static final Pattern BARE_NAME = Pattern.compile(BARE);

    /** The recorder adds the client as a label of its own. */
    private static final Pattern NAME =
            Pattern.compile(
                    BARE
                            + "(?:\\{(?!client=)[a-zA-Z_][a-zA-Z0-9_]{0,49}="
                            + "\"(?:[^\"\\\\\\p{Cntrl}]|\\\\[\"\\\\])*+\"\\})?");

    private MetricName() {}

    /**
     * Checks a name, with its label if it has one.
     *
     * @return the same name
     * @throws IllegalArgumentException with a message that says what to change
     */
    public static String check(String name) {
        if (name.length() > LONGEST || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a name is 1 to 100 letters, digits, '_' or ':', not beginning with a digit;"
                            + " one label such as {mount=\"/\"} may follow, but not client, and all"
                            + " of it has at most "
                            + LONGEST
                            + " characters");
        }
        return name;
    }

    /** Whether it is a name without a label. */
    public static boolean isBare(String text) {
        return BARE_NAME.matcher(text).matches();
    }

    /** A name without its label. */
    public static String bare(String name) {
        int brace = name.indexOf('{');
        return brace < 0 ? name : name.substring(0, brace);
    }

    /**
     * A name with a label.
     *
     * @param value cut where it is long
     */
    public static String labelled(String name, String label, String value) {
        StringBuilder text = new StringBuilder(name).append('{').append(label).append("=\"");
        for (int i = 0; i < Math.min(value.length(), LONGEST_VALUE); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\');
            }
            text.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c);
        }
        return text.append("\"}").toString();
    }
}
