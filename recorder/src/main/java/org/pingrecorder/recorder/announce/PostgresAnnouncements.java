package org.pingrecorder.recorder.announce;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.database.Database;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announcements as PostgreSQL's NOTIFY. It is sent on a connection of its own, because a
 * transaction with a NOTIFY in it holds a lock on the whole database until its commit; another
 * connection listens. Each is made again when it breaks.
 */
@Singleton
final class PostgresAnnouncements implements Announcements {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresAnnouncements.class);

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(2);

    /** A listening connection that is silent for so long is asked whether it still works. */
    private static final int SILENCE_MILLIS = 10_000;

    private static final int VALID_LIMIT_SECONDS = 5;

    private static final String LISTEN = "LISTEN ping_recorder";

    private static final String NOTIFY =
            """
            SELECT pg_notify('ping_recorder', payload) FROM unnest(?::text[]) AS payload
            """;

    private final Database database;
    private final Outgoing outgoing = new Outgoing();
    private final Listeners listeners = new Listeners();
    private final Thread announcing = Thread.ofVirtual().name("announce").unstarted(this::announce);
    private final Thread listening = Thread.ofVirtual().name("listen").unstarted(this::listen);
    private volatile boolean stopping;

    PostgresAnnouncements(Database database) {
        this.database = database;
        announcing.start();
        listening.start();
    }

    @Override
    public void announce(String topic, Collection<String> keys) {
        outgoing.add(topic, keys);
    }

    @Override
    public Subscription listen(String topic, Listener listener) {
        return listeners.add(topic, listener);
    }

    private void announce() {
        Connection connection = null;
        try {
            for (List<Announcement> next = outgoing.take();
                    !next.isEmpty();
                    next = outgoing.take()) {
                connection = send(connection, next);
                Thread.sleep(connection == null ? PAUSE_AFTER_FAILURE : PAUSE);
            }
        } catch (InterruptedException e) {
            LOG.debug("Stopped before all was announced.", e);
        } finally {
            close(connection);
        }
    }

    /** Returns the connection for the next ones, null where it failed. */
    private @Nullable Connection send(@Nullable Connection open, List<Announcement> announcements) {
        Connection connection = open;
        try {
            if (connection == null) {
                connection = database.connect();
            }
            try (PreparedStatement statement = connection.prepareStatement(NOTIFY)) {
                statement.setArray(
                        1,
                        connection.createArrayOf(
                                "text",
                                announcements.stream().map(Announcement::payload).toArray()));
                statement.execute();
            }
            return connection;
        } catch (SQLException | RuntimeException e) {
            LOG.debug("Could not announce; that is tried again.", e);
            if (!stopping) {
                outgoing.putBack(announcements);
            }
            close(connection);
            return null;
        }
    }

    private void listen() {
        while (!stopping) {
            try (Connection connection = database.connect()) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute(LISTEN);
                }
                listeners.tellOfAnything();
                hear(connection);
            } catch (SQLException | RuntimeException e) {
                LOG.debug("Hear nothing; listening again in a second.", e);
            }
            try {
                Thread.sleep(PAUSE_AFTER_FAILURE);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void hear(Connection connection) throws SQLException {
        PGConnection postgres = connection.unwrap(PGConnection.class);
        while (!stopping) {
            PGNotification[] heard = postgres.getNotifications(SILENCE_MILLIS);
            if (heard == null || heard.length == 0) {
                if (!connection.isValid(VALID_LIMIT_SECONDS)) {
                    return;
                }
            } else {
                for (PGNotification notification : heard) {
                    listeners.tell(Announcement.parse(notification.getParameter()));
                }
            }
        }
    }

    private static void close(@Nullable Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                LOG.debug("The connection was gone already.", e);
            }
        }
    }

    /** Announces what is waiting, as far as that is quickly done. */
    @PreDestroy
    void stop() throws InterruptedException {
        stopping = true;
        outgoing.close();
        announcing.join(STOP_LIMIT);
        announcing.interrupt();
        listening.interrupt();
        listening.join(STOP_LIMIT);
    }
}
