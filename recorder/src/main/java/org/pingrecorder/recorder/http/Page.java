package org.pingrecorder.recorder.http;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.database.DatabaseException;
import org.pingrecorder.recorder.database.Rows;

/**
 * A part of a listing, and where the rest begins.
 *
 * @param next the cursor of the next page, empty when this is the last
 */
public record Page<T>(Rows<T> rows, Optional<String> next) {

    /**
     * All rows where there is no limit; otherwise as many, read at once to know whether there are
     * more.
     *
     * @param fetch gets the rows, at most so many
     * @param cursor names the place after a row
     */
    public static <T> Page<T> of(
            OptionalInt limit, Function<OptionalInt, Rows<T>> fetch, Function<T, String> cursor) {
        if (limit.isEmpty()) {
            return new Page<>(fetch.apply(limit), Optional.empty());
        }
        List<T> rows = new ArrayList<>();
        try (Rows<T> fetched = fetch.apply(OptionalInt.of(limit.getAsInt() + 1))) {
            for (T row = fetched.next(); row != null; row = fetched.next()) {
                rows.add(row);
            }
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
        if (rows.size() <= limit.getAsInt()) {
            return new Page<>(Rows.of(rows), Optional.empty());
        }
        List<T> kept = rows.subList(0, limit.getAsInt());
        return new Page<>(Rows.of(kept), Optional.of(cursor.apply(kept.getLast())));
    }

    /** Everything on one page. */
    public static <T> Page<T> all(Rows<T> rows) {
        return new Page<>(rows, Optional.empty());
    }

    /** The same page of what its rows become. */
    public <U> Page<U> map(Function<T, @Nullable U> row) {
        return new Page<>(rows.select(row), next);
    }
}
