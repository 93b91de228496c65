package org.pingrecorder.recorder.clients;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.announce.Announcements;
import org.pingrecorder.recorder.database.Database;
import org.pingrecorder.recorder.database.DatabaseException;

/** Changes what people say of clients, and takes clients off the list. Thread-safe. */
@Singleton
final class ClientChanges {

    private static final List<String> TOPICS = List.of("plan", ClientStore.TOPIC);

    /** Whoever registers an ip of the client locks its key, and must not wait for this. */
    private static final String TAGS =
            """
            SELECT tags FROM client WHERE name = ? AND listed FOR NO KEY UPDATE
            """;

    private static final String SET_TAGS =
            """
            UPDATE client SET tags = ? WHERE name = ?
            """;

    private static final String SET_NOTE =
            """
            UPDATE client SET note = ? WHERE name = ? AND listed
            """;

    private static final String IS_CONNECTED =
            """
            SELECT EXISTS (
                SELECT FROM conn JOIN recorder ON recorder.id = conn.recorder
                WHERE conn.client = ? AND conn.ended_at IS NULL AND conn.stopped_at IS NULL
                  AND recorder.seen_at > now() - interval '15 seconds')
            """;

    /** The revision of its registry tells those who remember its ips to look them up again. */
    private static final String DELETE =
            """
            WITH gone AS (
                UPDATE client SET listed = false, tags = '{}', note = NULL, registry = registry + 1
                WHERE name = ? RETURNING name
            ), channel AS (
                DELETE FROM conn USING gone WHERE conn.client = gone.name
            )
            UPDATE ip SET listed = false FROM gone WHERE ip.client = gone.name AND ip.listed
            """;

    private final Database database;
    private final List<ClientListener> listeners;
    private final ChangeTurns turns;
    private final Announcements announcements;

    ClientChanges(
            Database database,
            List<ClientListener> listeners,
            ChangeTurns turns,
            Announcements announcements) {
        this.database = database;
        this.listeners = listeners;
        this.turns = turns;
        this.announcements = announcements;
    }

    /** What became of the wish to take a client off the list. */
    enum Deletion {
        DONE,
        NOT_LISTED,
        CONNECTED
    }

    /** Gives a client other tags; returns whether it is on the list. */
    boolean setTags(String client, List<String> tags) {
        boolean found =
                inTurn(
                        connection -> {
                            for (ClientListener listener : listeners) {
                                listener.changing(connection);
                            }
                            List<String> before = lock(connection, client);
                            if (before == null || Set.copyOf(before).equals(Set.copyOf(tags))) {
                                return before != null;
                            }
                            try (PreparedStatement statement =
                                    connection.prepareStatement(SET_TAGS)) {
                                statement.setArray(
                                        1, connection.createArrayOf("text", tags.toArray()));
                                statement.setString(2, client);
                                statement.executeUpdate();
                            }
                            for (ClientListener listener : listeners) {
                                listener.tagsChanged(connection, client);
                            }
                            return true;
                        });
        announce(client);
        return found;
    }

    /** Writes something about a client, or nothing any more; returns whether it is on the list. */
    boolean setNote(String client, @Nullable String note) {
        return inTransaction(
                connection -> {
                    try (PreparedStatement statement = connection.prepareStatement(SET_NOTE)) {
                        statement.setString(1, note);
                        statement.setString(2, client);
                        return statement.executeUpdate() > 0;
                    }
                });
    }

    /** Takes a client and its ips off the list, unless it is connected. */
    Deletion delete(String client) {
        Deletion deletion = inTurn(connection -> delete(connection, client));
        announce(client);
        return deletion;
    }

    private Deletion delete(Connection connection, String client) throws SQLException {
        for (ClientListener listener : listeners) {
            listener.changing(connection);
        }
        if (lock(connection, client) == null) {
            return Deletion.NOT_LISTED;
        }
        try (PreparedStatement statement = connection.prepareStatement(IS_CONNECTED)) {
            statement.setString(1, client);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                if (row.getBoolean(1)) {
                    return Deletion.CONNECTED;
                }
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
            statement.setString(1, client);
            statement.executeUpdate();
        }
        for (ClientListener listener : listeners) {
            listener.deleted(connection, client);
        }
        return Deletion.DONE;
    }

    /** Its tags, or null if it is not on the list; nobody else changes it meanwhile. */
    private static @Nullable List<String> lock(Connection connection, String client)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TAGS)) {
            statement.setString(1, client);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? List.of((String[]) row.getArray(1).getArray()) : null;
            }
        }
    }

    private void announce(String client) {
        TOPICS.forEach(topic -> announcements.announce(topic, List.of(client)));
    }

    /** What others take part in: they may wait long for each other. */
    private <T> T inTurn(Database.Work<T> work) {
        return turns.take(() -> inTransaction(work));
    }

    private <T> T inTransaction(Database.Work<T> work) {
        try {
            return database.inTransaction(work);
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }
}
