package org.pingrecorder.recorder.database;

import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows that are taken one by one, and whatever must be closed after the last. */
public interface Rows<T> extends AutoCloseable {

    /** The next row, or null after the last. */
    @Nullable T next() throws SQLException;

    @Override
    void close() throws SQLException;

    /**
     * What these rows become.
     *
     * @param map gives null for a row that is left out
     */
    default <U> Rows<U> select(Function<T, @Nullable U> map) {
        Rows<T> all = this;
        return new Rows<>() {
            @Override
            public @Nullable U next() throws SQLException {
                U mapped = null;
                for (T row = all.next(); row != null; row = mapped == null ? all.next() : null) {
                    mapped = map.apply(row);
                }
                return mapped;
            }

            @Override
            public void close() throws SQLException {
                all.close();
            }
        };
    }

    /**
     * These rows, or some of them.
     *
     * @param limit how many at most; all if empty
     */
    default Rows<T> first(OptionalInt limit) {
        Rows<T> all = this;
        if (limit.isEmpty()) {
            return all;
        }
        return new Rows<>() {
            private int taken;

            @Override
            public @Nullable T next() throws SQLException {
                return taken++ < limit.getAsInt() ? all.next() : null;
            }

            @Override
            public void close() throws SQLException {
                all.close();
            }
        };
    }

    /** Rows that are already here. */
    static <T> Rows<T> of(List<T> rows) {
        Iterator<T> iterator = rows.iterator();
        return new Rows<>() {
            @Override
            public @Nullable T next() {
                return iterator.hasNext() ? iterator.next() : null;
            }

            @Override
            public void close() {}
        };
    }
}
