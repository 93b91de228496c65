package org.pingrecorder.recorder.database;

import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows that are taken one by one, and whatever must be closed after the last. */
public interface Rows<T> extends AutoCloseable {

    /** The next row, or null after the last. */
    @Nullable T next() throws SQLException;

    @Override
    void close() throws SQLException;

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
