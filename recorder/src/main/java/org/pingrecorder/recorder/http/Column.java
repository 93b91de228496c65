package org.pingrecorder.recorder.http;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One column of a flat answer.
 *
 * @param name as in JSON and in the CSV header
 * @param value a string, number, boolean or null; anything else is written as its text
 */
public record Column<T>(String name, Function<T, @Nullable Object> value) {}
