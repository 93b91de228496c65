package org.pingrecorder.recorder.database;

import com.zaxxer.hikari.HikariDataSource;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Runs the stores' own SQL, for what repositories cannot say: many rows in one statement, and
 * answers longer than memory. Thread-safe; every call takes a connection of the pool.
 */
@Singleton
public final class Database {

    private static final int FETCH_ROWS = 1_000;

    /**
     * Both limits end with the transaction. While it lasts, nothing that was deleted since can be
     * removed: a reader who takes so little that it asks for nothing in a minute is ended.
     */
    private static final String SNAPSHOT =
            """
            SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY;
            SET LOCAL statement_timeout = '30s';
            SET LOCAL idle_in_transaction_session_timeout = '60s'
            """;

    private final DataSource pool;

    Database(DataSource dataSource) {
        // Micronaut Data's own wrapper only gives connections inside its transactions.
        this.pool = DelegatingDataSource.unwrapDataSource(dataSource);
    }

    /** Work on one connection. */
    @FunctionalInterface
    public interface Work<T extends @Nullable Object> {
        T run(Connection connection) throws SQLException;
    }

    /** Gives a statement its parameters. */
    @FunctionalInterface
    public interface Parameters {
        void set(PreparedStatement statement) throws SQLException;
    }

    /** Makes a value of the row a result set stands on. */
    @FunctionalInterface
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Does all of the work in one transaction, or none of it. */
    public <T extends @Nullable Object> T inTransaction(Work<T> work) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.run(connection);
                commit(connection);
                return result;
            } catch (Throwable e) { // also when memory is short
                rollBack(connection, e);
                throw e;
            }
        }
    }

    /**
     * A connection in a transaction that writes nothing, and sees the database as it is at its
     * first statement; whoever asked for it closes it.
     */
    public Connection snapshot() throws SQLException {
        Connection connection = pool.getConnection();
        try {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute(SNAPSHOT);
            }
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** All rows of a short answer. */
    public <T> List<T> list(String sql, Parameters parameters, RowReader<T> reader) {
        try (Rows<T> rows = stream(sql, parameters, reader)) {
            List<T> list = new ArrayList<>();
            for (T row = rows.next(); row != null; row = rows.next()) {
                list.add(row);
            }
            return list;
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    /** Rows that are fetched as they are taken; they hold a connection until they are closed. */
    public <T> Rows<T> stream(String sql, Parameters parameters, RowReader<T> reader) {
        try {
            // PostgreSQL's driver uses a cursor only in a transaction.
            Connection connection = snapshot();
            try {
                PreparedStatement statement = connection.prepareStatement(sql);
                statement.setFetchSize(FETCH_ROWS);
                parameters.set(statement);
                return new CursorRows<>(connection, statement.executeQuery(), reader);
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    /** A connection outside of the pool, for who keeps one or changes its settings. */
    public Connection connect() throws SQLException {
        HikariDataSource hikari = pool.unwrap(HikariDataSource.class);
        Properties properties = new Properties();
        properties.putAll(hikari.getDataSourceProperties());
        if (hikari.getUsername() != null) {
            properties.setProperty("user", hikari.getUsername());
        }
        if (hikari.getPassword() != null) {
            properties.setProperty("password", hikari.getPassword());
        }
        return DriverManager.getConnection(hikari.getJdbcUrl(), properties);
    }

    private static void commit(Connection connection) throws SQLException {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw new UnknownOutcomeException(e);
        }
    }

    private static void rollBack(Connection connection, Throwable cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private static final class CursorRows<T> implements Rows<T> {

        private final Connection connection;
        private final ResultSet rows;
        private final RowReader<T> reader;

        CursorRows(Connection connection, ResultSet rows, RowReader<T> reader) {
            this.connection = connection;
            this.rows = rows;
            this.reader = reader;
        }

        @Override
        public @Nullable T next() throws SQLException {
            return rows.next() ? reader.read(rows) : null;
        }

        @Override
        public void close() throws SQLException {
            connection.close(); // the pool closes statements and rolls back
        }
    }
}
