package org.pingrecorder.recorder.http;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One column of a flat answer.
 *
 * @param name as in JSON and in the CSV header
 * @param value a string, double, long, boolean, a list or map of these, or null; anything else is
 *     written as its text
 * @param isRare left out of JSON where it is null
 */
public record Column<T>(String name, Function<T, @Nullable Object> value, boolean isRare) {

    public Column(String name, Function<T, @Nullable Object> value) {
        this(name, value, false);
    }
}
