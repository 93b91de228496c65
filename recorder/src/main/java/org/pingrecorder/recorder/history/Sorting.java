package org.pingrecorder.recorder.history;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.http.Column;

/** Orders rows by any of their columns. */
final class Sorting {

    private Sorting() {}

    /**
     * The order that a text such as {@code lost} or {@code -lost} names, the latter descending;
     * nulls come last.
     *
     * @throws IllegalArgumentException with a message for the caller
     */
    static <T> Comparator<T> by(String text, List<Column<T>> columns) {
        boolean descending = text.startsWith("-");
        String name = descending ? text.substring(1) : text;
        for (Column<T> column : columns) {
            if (column.name().equals(name)) {
                Comparator<Object> values = Sorting::compare;
                return Comparator.comparing(
                        column.value(),
                        Comparator.nullsLast(descending ? values.reversed() : values));
            }
        }
        throw new IllegalArgumentException(
                "give one of "
                        + columns.stream().map(Column::name).toList()
                        + ", with a - before it for the largest first");
    }

    @SuppressWarnings("unchecked") // values of one column are of one type
    private static int compare(Object one, @Nullable Object other) {
        return one instanceof Comparable<?> value
                ? ((Comparable<@Nullable Object>) value).compareTo(other)
                : 0;
    }
}
