package org.pingrecorder.recorder.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A span of time that is asked for.
 *
 * @param start inclusive
 * @param end exclusive, not before the start
 */
public record Window(Instant start, Instant end) {

    /** No ping of anybody's was before this. */
    static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");

    static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    /** All of it. */
    public static final Window ALWAYS = new Window(EARLIEST, LATEST);

    private static final Duration DEFAULT = Duration.ofHours(1);

    /**
     * The window that {@code start} and {@code end} name: up to now, and an hour long, where they
     * are absent.
     *
     * @throws Fault 400 if the end is before the start
     */
    public static Window of(Query query, Instant now) {
        Optional<Instant> start = query.time("start");
        Optional<Instant> end = query.time("end");
        Instant to = end.orElse(start.filter(now::isBefore).orElse(now));
        Instant from = start.orElseGet(() -> to.minus(DEFAULT));
        if (to.isBefore(from)) {
            throw Fault.badRequest("end", "'end' is before 'start'; exchange the two.");
        }
        return new Window(from, to);
    }

    /** From its start to its end. */
    public Duration length() {
        return Duration.between(start, end);
    }
}
