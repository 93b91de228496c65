package org.pingrecorder.recorder.http;

import java.util.Locale;

/**
 * The host and port of a {@code Host} or {@code Origin} header.
 *
 * @param name lower case; an IPv6 address without its brackets
 * @param port as written, empty where it is not
 */
record Authority(String name, String port) {

    static Authority parse(String text) {
        String given = text.strip().toLowerCase(Locale.ROOT);
        int bracket = given.indexOf(']');
        int colon = given.indexOf(':', Math.max(bracket, 0));
        String name = colon < 0 ? given : given.substring(0, colon);
        String port = colon < 0 ? "" : given.substring(colon + 1);
        if (name.startsWith("[") && name.endsWith("]")) {
            return new Authority(name.substring(1, name.length() - 1), port);
        }
        return new Authority(
                name.endsWith(".") ? name.substring(0, name.length() - 1) : name, port);
    }

    /** Whether it is an address: a page that made its own name point here cannot send one. */
    boolean isLiteral() {
        return name.indexOf(':') >= 0 || name.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    }
}
