package org.pingrecorder.agent.ping;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Milliseconds as this command writes them. */
final class Millis {

    /** What stands where there is no number. */
    static final String NONE = "-";

    private Millis() {}

    /** Three digits after the point, or {@link #NONE}. */
    static String text(@Nullable Double ms) {
        return ms == null ? NONE : String.format(Locale.ROOT, "%.3f", ms);
    }

    /** At most {@code 7} characters: fewer digits after the point the longer it took. */
    static String shortText(@Nullable Double ms) {
        if (ms == null) {
            return NONE;
        }
        String digits = ms < 100 ? "%.3f" : ms < 10_000 ? "%.1f" : "%.0f";
        return String.format(Locale.ROOT, digits, ms);
    }
}
