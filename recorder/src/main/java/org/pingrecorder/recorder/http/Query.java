package org.pingrecorder.recorder.http;

import io.micronaut.http.HttpParameters;
import io.micronaut.http.HttpRequest;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The query parameters of one call, read strictly: a parameter that the call does not know is a
 * fault, because a misspelt filter would answer with everything.
 */
public final class Query {

    private final HttpParameters parameters;

    private Query(HttpParameters parameters) {
        this.parameters = parameters;
    }

    /**
     * The parameters of a call.
     *
     * @param known all that the call understands
     * @throws Fault 400 naming one that it does not, or that PostgreSQL could not take as text
     */
    public static Query of(HttpRequest<?> request, Set<String> known) {
        HttpParameters parameters = request.getParameters();
        for (String name : parameters.names()) {
            if (!known.contains(name)) {
                throw Fault.badRequest(
                        name,
                        "This call has no parameter '"
                                + name
                                + "'; it "
                                + (known.isEmpty() ? "has none" : "knows " + new TreeSet<>(known))
                                + ".");
            }
            if (parameters.getAll(name).stream().anyMatch(value -> value.indexOf('\0') >= 0)) {
                throw Fault.badRequest(name, "Leave out the NUL character: no text contains one.");
            }
        }
        return new Query(parameters);
    }

    /** A parameter that may be absent; an empty one counts as absent. */
    public Optional<String> text(String name) {
        List<String> values = parameters.getAll(name);
        if (values.size() > 1) {
            throw Fault.badRequest(name, "Give it once.");
        }
        return values.stream().filter(value -> !value.isEmpty()).findFirst();
    }

    /**
     * A parameter that may be given several times.
     *
     * @param check turns each value into what it means, or throws {@link IllegalArgumentException}
     *     with a message for the caller
     */
    public <T> List<T> texts(String name, Function<String, T> check) {
        return parameters.getAll(name).stream()
                .filter(value -> !value.isEmpty())
                .map(value -> checked(name, value, check))
                .toList();
    }

    /** A parameter that may be absent; see {@link #texts} for its check. */
    public <T> Optional<T> value(String name, Function<String, T> check) {
        return text(name).map(value -> checked(name, value, check));
    }

    /** How many rows are wanted, from 1 to {@code max}. */
    public OptionalInt limit(int max) {
        return number("limit", max);
    }

    /** A whole number from 1 to {@code max}, which may be absent. */
    public OptionalInt number(String name, int max) {
        return value(name, text -> OptionalInt.of(upTo(text, max))).orElse(OptionalInt.empty());
    }

    private static int upTo(String value, int max) {
        if (value.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(value);
            if (number >= 1 && number <= max) {
                return number;
            }
        }
        throw new IllegalArgumentException("give a whole number from 1 to " + max);
    }

    /** An instant, ISO-8601 with an offset. */
    public Optional<Instant> time(String name) {
        return value(name, Query::instant);
    }

    /** Where a listing goes on, as an earlier answer's {@code Link} header said. */
    public <T> Optional<T> cursor(Function<String, T> check) {
        return value("cursor", check);
    }

    /**
     * Reads a time.
     *
     * @throws IllegalArgumentException with a message for the caller
     */
    public static Instant instant(String text) {
        try {
            // A plus sign that was not encoded arrives as a blank.
            Instant instant = OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
            if (instant.isAfter(Window.LATEST) || instant.isBefore(Window.EARLIEST)) {
                throw new IllegalArgumentException(
                        "give a time from " + Window.EARLIEST + " to " + Window.LATEST);
            }
            return instant;
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "write a time as ISO-8601 with its offset, such as 2026-11-21T06:00:00Z", e);
        }
    }

    private static <T> T checked(String name, String value, Function<String, T> check) {
        try {
            return check.apply(value);
        } catch (IllegalArgumentException e) {
            throw Fault.badRequest(name, "'" + name + "': " + e.getMessage() + ".");
        }
    }
}
