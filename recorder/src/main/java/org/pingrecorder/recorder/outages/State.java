package org.pingrecorder.recorder.outages;

import java.util.Locale;

/** What an ip is: by its newest pings, or by its client's plan. */
public enum State {
    /** No ping was sent, or none was decided for a while. */
    UNKNOWN,
    UP,
    /** The last ping was answered after its timeout. */
    LATE,
    /** In an outage. */
    DOWN,
    /** Its client pings nothing, by a plan; no ping tells this. */
    PAUSED;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** As it is stored and told: {@code up}. */
    public String text() {
        return text;
    }

    /**
     * The state of that text.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static State ofText(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
