package org.pingrecorder.e2e.fleet;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Tells what happens, as it happens, in sentences with the time in front. */
final class Diary {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    private static final double MILLIS_PER_SECOND = 1e3;

    private Diary() {}

    static void chapter(String title) {
        System.out.printf("%n%s%n%s%n", title, "-".repeat(title.length()));
    }

    /** One entry, as of now. */
    static void tell(String sentence, @Nullable Object... parts) {
        tell(Instant.now(), sentence, parts);
    }

    /** One entry, as of then. */
    static void tell(Instant at, String sentence, @Nullable Object... parts) {
        System.out.printf(time(at) + "  " + sentence + "%n", parts);
    }

    /** The time of day, UTC. */
    static String time(Instant at) {
        return TIME.format(at);
    }

    static String seconds(Instant from, Instant to) {
        return "%.1f s".formatted(Duration.between(from, to).toMillis() / MILLIS_PER_SECOND);
    }
}
