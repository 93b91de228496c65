package org.pingrecorder.wire;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: a whole number and a unit, {@code 500ms}, {@code 10s}. */
public final class Durations {

    private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,12})(ms|s|m|h)");
    private static final Pattern BARE_NUMBER = Pattern.compile("[0-9]{1,12}");

    private Durations() {}

    /**
     * Reads a duration.
     *
     * @throws IllegalArgumentException with a message that says what to write
     */
    public static Duration parse(String text) {
        Matcher written = WRITTEN.matcher(text);
        if (!written.matches()) {
            throw new IllegalArgumentException(
                    BARE_NUMBER.matcher(text).matches()
                            ? "'%s' has no unit: write %ss for seconds or %sms for milliseconds"
                                    .formatted(text, text, text)
                            : "'%s' is not a duration: write a whole number and ms, s, m or h, such as 500ms or 10s"
                                    .formatted(text));
        }
        long number = Long.parseLong(written.group(1));
        return switch (written.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }

    /**
     * Reads a duration between two bounds, both included.
     *
     * @throws IllegalArgumentException with a message that says what to write
     */
    public static Duration parse(String text, Duration least, Duration most) {
        Duration duration = parse(text);
        if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "%s is out of bounds: write %s to %s".formatted(text, text(least), text(most)));
        }
        return duration;
    }

    /** The shortest way to write a duration of whole milliseconds. */
    public static String text(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1_000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1_000;
        if (seconds == 0 || seconds % 60 != 0) {
            return seconds + "s";
        }
        return seconds % 3_600 == 0 ? seconds / 3_600 + "h" : seconds / 60 + "m";
    }
}
