package org.pingrecorder.wire;

import java.util.regex.Pattern;

/** The rule for client names: they appear in URLs and in folder names. */
public final class ClientName {

    /** The name of pings that were posted without saying who measured them. */
    public static final String DEFAULT = "host";

    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private ClientName() {}

    /**
     * Checks a client name.
     *
     * @return the same name
     * @throws IllegalArgumentException with a message that says what a name may be
     */
    public static String check(String name) {
        if (!VALID.matcher(name).matches() || name.equals(".") || name.equals("..")) {
            throw new IllegalArgumentException(
                    "a client name is 1 to 64 letters, digits, '.', '_' or '-' (and not just '.' or"
                            + " '..')");
        }
        return name;
    }
}
