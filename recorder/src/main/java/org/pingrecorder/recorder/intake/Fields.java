package org.pingrecorder.recorder.intake;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads single values where a JSON parser stands, and skips what is of another type. Null counts as
 * absent.
 */
final class Fields {

    /** More pings of one ip than this allows would not fit an hour's block. */
    private static final int SHORTEST_INTERVAL_MILLIS = 10;

    private static final int LONGEST_INTERVAL_MILLIS = 3_600_000;

    private Fields() {}

    /** Takes what is wrong with a value while the parser stands on it. */
    @FunctionalInterface
    interface Problems {
        void add(String problem) throws IOException;
    }

    /**
     * A text.
     *
     * @param read turns it into what it means, or throws {@link IllegalArgumentException}
     * @return null if it is absent or wrong
     */
    static <T> @Nullable T text(
            JsonParser json, String name, Function<String, T> read, Problems problems)
            throws IOException {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            try {
                return read.apply(json.getText());
            } catch (IllegalArgumentException e) {
                problems.add("'" + name + "': " + e.getMessage());
                return null;
            }
        }
        if (json.currentToken() != JsonToken.VALUE_NULL) {
            problems.add("'" + name + "' is a string, in quotes");
            json.skipChildren();
        }
        return null;
    }

    /** A whole number within bounds; null if it is absent or wrong. */
    static @Nullable Long whole(JsonParser json, String name, long min, long max, Problems problems)
            throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NUMBER_INT
                && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            long value = json.getLongValue();
            if (value >= min && value <= max) {
                return value;
            }
        } else if (json.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        problems.add("'" + name + "' is a whole number from " + min + " to " + max);
        json.skipChildren();
        return null;
    }

    /** An interval in milliseconds, as microseconds; null if it is absent or wrong. */
    static @Nullable Long intervalMicros(JsonParser json, Problems problems) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (json.currentToken().isNumeric()) {
            double millis = json.getDoubleValue();
            if (millis >= SHORTEST_INTERVAL_MILLIS && millis <= LONGEST_INTERVAL_MILLIS) {
                return Math.round(millis * 1_000);
            }
        }
        problems.add(
                "'interval_ms' is milliseconds from "
                        + SHORTEST_INTERVAL_MILLIS
                        + " to "
                        + LONGEST_INTERVAL_MILLIS);
        json.skipChildren();
        return null;
    }
}
