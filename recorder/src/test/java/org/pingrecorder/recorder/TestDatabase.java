package org.pingrecorder.recorder;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.pingrecorder.recorder.config.StartFailure;
import org.pingrecorder.recorder.postgres.EmbeddedPostgres;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * A database of a test class's own, on the one PostgreSQL that the tests of this JVM share: in a
 * container where a Docker engine answers, else the recorder's embedded one.
 */
public record TestDatabase(String url, String user, String password) {

    private static final String IMAGE = "postgres:18";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** Started by the first who asks; what keeps it from starting fails every test that asks. */
    private static final class Server {
        static final TestDatabase SHARED = start();
    }

    /** Makes an empty database. */
    public static TestDatabase create() {
        TestDatabase shared = Server.SHARED;
        String name = "test_" + NUMBER.incrementAndGet();
        try (Connection connection = shared.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("The tests' PostgreSQL makes no database", e);
        }
        String url = shared.url.replaceFirst("(?<=\\w/)\\w+", name);
        return new TestDatabase(url, shared.user, shared.password);
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    /** The number that a query such as {@code SELECT count(*) …} gives. */
    public long number(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    public void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The configuration of a recorder that uses it. */
    Map<String, Object> settings() {
        return Map.of(
                "datasources.default.url", url,
                "datasources.default.username", user,
                "datasources.default.password", password);
    }

    String host() {
        return URI.create(url.substring("jdbc:".length())).getHost();
    }

    int port() {
        return URI.create(url.substring("jdbc:".length())).getPort();
    }

    private static TestDatabase start() {
        boolean docker = isDockerAvailable();
        TestDatabase database = docker ? startContainer() : startEmbedded();
        try (Connection connection = database.connect()) {
            System.out.println(
                    "Tests run on "
                            + (docker ? "a container with" : "the embedded")
                            + " PostgreSQL "
                            + connection.getMetaData().getDatabaseProductVersion());
        } catch (SQLException e) {
            throw new IllegalStateException("The tests' PostgreSQL does not answer", e);
        }
        return database;
    }

    private static boolean isDockerAvailable() {
        Logger logger = (Logger) LoggerFactory.getLogger("org.testcontainers");
        logger.setLevel(Level.OFF); // that there is no engine is no error here
        try {
            return DockerClientFactory.instance().isDockerAvailable();
        } finally {
            logger.setLevel(null);
        }
    }

    private static TestDatabase startContainer() {
        // Ends with this JVM: Testcontainers removes it.
        PostgreSQLContainer container = new PostgreSQLContainer(IMAGE);
        container.start();
        return new TestDatabase(
                container.getJdbcUrl(), container.getUsername(), container.getPassword());
    }

    private static TestDatabase startEmbedded() {
        try {
            Path folder = Files.createTempDirectory("ping-recorder-tests-");
            EmbeddedPostgres postgres = EmbeddedPostgres.start(folder);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(postgres, folder)));
            return new TestDatabase(postgres.jdbcUrl(), postgres.user(), postgres.password());
        } catch (IOException | StartFailure e) {
            throw new IllegalStateException("The tests' PostgreSQL does not start", e);
        }
    }

    private static void remove(EmbeddedPostgres postgres, Path folder) {
        try {
            postgres.close();
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
