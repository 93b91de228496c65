package org.pingrecorder.recorder;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.PropertySource;
import io.micronaut.http.server.netty.NettyEmbeddedServer;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.config.ConfigFile;
import org.pingrecorder.recorder.config.RecorderConfig;
import org.pingrecorder.recorder.config.StartFailure;
import org.pingrecorder.recorder.http.LastingAnswers;
import org.pingrecorder.recorder.postgres.EmbeddedPostgres;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running recorder: its database, its HTTP server, and the order in which they stop. */
public final class Recorder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);

    /** {@code NULLS NOT DISTINCT} came with it. */
    private static final int OLDEST_POSTGRES = 15;

    /** PostgreSQL's {@code insufficient_privilege}. */
    private static final String NOT_PERMITTED = "42501";

    private static final int CONNECT_LIMIT_SECONDS = 10;

    /** For answers that are under way when it is told to stop. */
    private static final int LAST_ANSWERS_LIMIT_SECONDS = 2;

    private final ApplicationContext context;
    private final NettyEmbeddedServer server;
    private final @Nullable EmbeddedPostgres postgres;

    private Recorder(
            ApplicationContext context,
            NettyEmbeddedServer server,
            @Nullable EmbeddedPostgres postgres) {
        this.context = context;
        this.server = server;
        this.postgres = postgres;
    }

    /**
     * Starts a recorder and returns when it answers.
     *
     * @param overrides configuration that wins over environment and file, such as {@code
     *     recorder.port}
     * @throws StartFailure in words for the operator; nothing is left running
     */
    public static Recorder start(Map<String, Object> overrides) throws StartFailure {
        Optional<PropertySource> file = ConfigFile.read(System.getenv());
        ApplicationContext context =
                ApplicationContext.builder()
                        .deduceEnvironment(false)
                        .banner(false)
                        .propertySources(file.stream().toArray(PropertySource[]::new))
                        .properties(overrides)
                        .build();
        EmbeddedPostgres postgres = null;
        try {
            context.getEnvironment().start();
            RecorderConfig config = RecorderConfig.read(context.getEnvironment());
            PortCheck.check(config.host(), config.port());
            Map<String, Object> settings = new HashMap<>();
            settings.put("micronaut.server.host", config.host());
            settings.put("micronaut.server.port", config.port() == 0 ? -1 : config.port());
            if (config.database().isPresent()) {
                checkDatabase(config.database().get());
            } else {
                postgres = EmbeddedPostgres.start(config.data());
                settings.put("datasources.default.url", postgres.jdbcUrl());
                settings.put("datasources.default.username", postgres.user());
                settings.put("datasources.default.password", postgres.password());
                LOG.info("Data: {}", postgres.dataPath());
            }
            context.getEnvironment()
                    .addPropertySource(PropertySource.of("recorder-start", settings));
            context.registerSingleton(RecorderConfig.class, config);
            context.start();
            NettyEmbeddedServer server = context.getBean(NettyEmbeddedServer.class);
            server.start();
            return new Recorder(context, server, postgres);
        } catch (StartFailure | RuntimeException e) {
            stop(context, postgres);
            throw e instanceof StartFailure failure ? failure : unexpected((RuntimeException) e);
        }
    }

    /** Where the recorder answers. */
    public URI uri() {
        return server.getURI();
    }

    public ApplicationContext context() {
        return context;
    }

    private static void checkDatabase(RecorderConfig.Database database) throws StartFailure {
        Properties properties = new Properties();
        if (!database.user().isEmpty()) { // else the URL names it
            properties.setProperty("user", database.user());
            properties.setProperty("password", database.password());
        }
        properties.setProperty("connectTimeout", Integer.toString(CONNECT_LIMIT_SECONDS));
        properties.setProperty("loginTimeout", Integer.toString(CONNECT_LIMIT_SECONDS));
        String name = RecorderConfig.withoutSecrets(database.url());
        try (Connection connection = DriverManager.getConnection(database.url(), properties)) {
            int version = connection.getMetaData().getDatabaseMajorVersion();
            if (version < OLDEST_POSTGRES) {
                throw new StartFailure(
                        "The database "
                                + name
                                + " is PostgreSQL "
                                + version
                                + "; set DATASOURCES_DEFAULT_URL to version "
                                + OLDEST_POSTGRES
                                + " or newer.");
            }
            LOG.info("Database: {} (PostgreSQL {})", name, version);
        } catch (SQLException e) {
            throw new StartFailure(
                    "The database "
                            + name
                            + " cannot be reached"
                            + (database.user().isEmpty()
                                    ? ""
                                    : " as user '" + database.user() + "'")
                            + " ("
                            + String.valueOf(e.getMessage()).replaceAll("\\s+", " ")
                            + "); start it, or set DATASOURCES_DEFAULT_URL,"
                            + " DATASOURCES_DEFAULT_USERNAME and DATASOURCES_DEFAULT_PASSWORD.",
                    e);
        }
    }

    private static StartFailure unexpected(RuntimeException e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof SQLException refused && NOT_PERMITTED.equals(refused.getSQLState())) {
            return new StartFailure(
                    "The database account may not make the recorder's tables ("
                            + String.valueOf(refused.getMessage()).replaceAll("\\s+", " ")
                            + "); let it own the database, or GRANT CREATE ON SCHEMA public to it.",
                    e);
        }
        return new StartFailure(
                "The recorder could not start: "
                        + String.valueOf(root.getMessage()).replaceAll("\\s+", " "),
                e);
    }

    private static void stop(ApplicationContext context, @Nullable EmbeddedPostgres postgres) {
        try {
            context.close();
        } finally {
            if (postgres != null) {
                close(postgres);
            }
        }
    }

    /** Stops answering, stores what was accepted, then stops the database. */
    @Override
    public void close() {
        try {
            endAnswers();
            server.stop();
        } finally {
            stop(context, postgres);
        }
    }

    /** Takes no more calls, and waits until those under way are answered; not for slow readers. */
    private void endAnswers() {
        context.getBeansOfType(LastingAnswers.class).forEach(LastingAnswers::end);
        try {
            server.shutdownGracefully()
                    .toCompletableFuture()
                    .get(LAST_ANSWERS_LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.debug("Not every caller has its whole answer.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(EmbeddedPostgres postgres) {
        try {
            postgres.close();
        } catch (IOException e) {
            LOG.warn("The embedded PostgreSQL did not stop cleanly.", e);
        }
    }
}
