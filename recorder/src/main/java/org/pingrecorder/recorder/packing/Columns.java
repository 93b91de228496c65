package org.pingrecorder.recorder.packing;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Columns of many rows as PostgreSQL's arrays, for statements that {@code unnest} them. */
final class Columns<R> {

    private final Connection connection;
    private final List<R> rows;

    Columns(Connection connection, List<R> rows) {
        this.connection = connection;
        this.rows = rows;
    }

    Array longs(ToLongFunction<R> value) throws SQLException {
        return array("int8", value::applyAsLong);
    }

    Array nullableLongs(Function<R, @Nullable Long> value) throws SQLException {
        return array("int8", value);
    }

    Array texts(Function<R, @Nullable String> value) throws SQLException {
        return array("text", value);
    }

    Array bytes(Function<R, byte[]> value) throws SQLException {
        return connection.createArrayOf("bytea", rows.stream().map(value).toArray(byte[][]::new));
    }

    private Array array(String type, Function<R, ? extends @Nullable Object> value)
            throws SQLException {
        return connection.createArrayOf(type, rows.stream().map(value).toArray());
    }
}
