package org.pingrecorder.bench.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Where a recorder of a bench has its data, and so the way to its database. Thread-safe. */
record ServerFolder(Path path) {

    static final String DATABASE_USER = "recorder";

    private static final String STORED =
            """
            SELECT (SELECT coalesce(sum(pings), 0) FROM upload)
                 + (SELECT coalesce(sum(pings), 0) FROM fresh)
                 + (SELECT coalesce(sum(pings), 0) FROM block)
            """;

    /** What {@code RECORDER_DATA} is to be. */
    Path data() {
        return path.resolve("data");
    }

    Connection connect() throws IOException, SQLException {
        return DriverManager.getConnection(databaseUrl(), DATABASE_USER, databasePassword());
    }

    String databaseUrl() throws IOException {
        return "jdbc:postgresql://127.0.0.1:" + postmaster().get(3).strip() + "/postgres";
    }

    String databasePassword() throws IOException {
        return Files.readString(data().resolve("postgres-password")).strip();
    }

    /** The server of the database. */
    ProcessHandle postgres() throws IOException {
        return ProcessHandle.of(Long.parseLong(postmaster().get(0).strip())).orElseThrow();
    }

    private List<String> postmaster() throws IOException {
        return Files.readAllLines(data().resolve("postgres/postmaster.pid"));
    }

    /** Pings that the database holds, packed or not. */
    long stored() throws IOException, SQLException {
        try (Connection connection = connect()) {
            return number(connection, STORED);
        }
    }

    /** The one number that a query answers; 0 for null. */
    static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
