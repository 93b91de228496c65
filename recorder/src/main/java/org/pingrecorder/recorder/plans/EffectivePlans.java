package org.pingrecorder.recorder.plans;

import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.announce.Announcements;
import org.pingrecorder.recorder.clients.ClientStore;
import org.pingrecorder.recorder.control.PlanSource;
import org.pingrecorder.recorder.database.Database;
import org.pingrecorder.recorder.database.DatabaseException;
import org.pingrecorder.recorder.http.Fault;
import org.pingrecorder.recorder.samples.StorableText;
import org.pingrecorder.wire.Client;
import org.pingrecorder.wire.ClientState;
import org.pingrecorder.wire.control.Ack;
import org.pingrecorder.wire.control.Plan;
import org.pingrecorder.wire.control.PlanTarget;

/** What a client's own plan and those of its tags come to. Thread-safe. */
@Singleton
final class EffectivePlans implements PlanSource {

    private static final String REVISION = "SELECT plan_revision FROM client WHERE name = ?";

    /** The strongest first. */
    private static final String SETTINGS =
            """
            SELECT interval_ms, timeout_ms, metrics_interval_ms, paused
            FROM plan_source s JOIN plan p ON p.kind = s.kind AND p.name = s.plan
            WHERE s.client = ?
            ORDER BY s.kind, s.plan COLLATE "C"
            """;

    private static final String TARGETS =
            """
            SELECT DISTINCT ON (ip, family) ip, family, name, tags, interval_ms, timeout_ms, grace_ms
            FROM plan_source s JOIN plan_target t ON t.kind = s.kind AND t.plan = s.plan
            WHERE s.client = ?
            ORDER BY ip, family, s.kind, s.plan COLLATE "C"
            """;

    /** That it pings nothing is known only of the plan that it is to follow now. */
    private static final String ACKNOWLEDGE =
            """
            UPDATE client SET
                plan_acked_at = CASE WHEN plan_acked = g.revision AND plan_acked_at IS NOT NULL
                                     THEN plan_acked_at ELSE now() END,
                plan_acked = g.revision,
                plan_problems = g.problems,
                paused_at = CASE WHEN g.revision <> plan_revision THEN paused_at
                                 WHEN plan_paused THEN coalesce(paused_at, now()) END
            FROM (SELECT ?::bigint AS revision, ?::text[] AS problems) AS g
            WHERE name = ?
            RETURNING g.revision > plan_revision
            """;

    /**
     * A client that follows a plan of the future comes from before this database was restored: its
     * plan of now gets a revision after that one. Under the lock of changes, so that none is given
     * twice.
     */
    private static final String OVERTAKE =
            """
            UPDATE client SET plan_revision =
                setval('plan_revision',
                       greatest(nextval('plan_revision'), ? + 1))
            WHERE name = ? AND plan_revision < ?
            """;

    /** The newest that any plan got; a client of another database may be ahead of it. */
    private static final String NEWEST = "SELECT last_value FROM plan_revision";

    /** Revisions begin at the time in seconds and grow by changes. */
    private static final long MOST_AHEAD = 1_000_000_000;

    /** No database gets there by itself; beyond, revisions could run out. */
    private static final long MOST_REVISION = 1L << 52;

    private static final int MOST_PROBLEMS = 100;
    private static final int MOST_PROBLEM_CHARS = 500;

    private final Database database;
    private final ClientStore clients;
    private final Announcements announcements;

    EffectivePlans(Database database, ClientStore clients, Announcements announcements) {
        this.database = database;
        this.clients = clients;
        this.announcements = announcements;
    }

    @Override
    public Plan planOf(String client) {
        try (Connection connection = database.snapshot()) {
            long revision = revision(connection, client);
            PlanSettings settings = settings(connection, client);
            return new Plan(
                    revision,
                    settings.intervalMs(),
                    settings.timeoutMs(),
                    settings.metricsIntervalMs(),
                    Objects.requireNonNullElse(settings.paused(), false),
                    targets(connection, client));
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    /** The revision of what a client is to follow; 0 if nobody ever set anything. */
    long revisionOf(String client) {
        try (Connection connection = database.snapshot()) {
            return revision(connection, client);
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    private static long revision(Connection connection, String client) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(REVISION)) {
            statement.setString(1, client);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    /** What all plans that concern a client say, the strongest of each. */
    static PlanSettings settings(Connection connection, String client) throws SQLException {
        PlanSettings settings = PlanSettings.NONE;
        try (PreparedStatement statement = connection.prepareStatement(SETTINGS)) {
            statement.setString(1, client);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    settings = settings.or(PlanSettings.read(rows));
                }
            }
        }
        return settings;
    }

    private static List<PlanTarget> targets(Connection connection, String client)
            throws SQLException {
        List<PlanTarget> targets = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(TARGETS)) {
            statement.setString(1, client);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    targets.add(TargetTable.read(rows));
                }
            }
        }
        return targets;
    }

    /**
     * The word of a client that has no control channel, which anybody may send.
     *
     * @throws Fault 404 if nobody named the client, 409 if it is connected, 422 if no plan can have
     *     that revision
     */
    void acknowledgedByCall(String client, Ack ack) {
        Client known =
                clients.find(client)
                        .orElseThrow(
                                () ->
                                        Fault.of(
                                                HttpStatus.NOT_FOUND,
                                                "There is no client '%s'; GET /clients lists them."
                                                        .formatted(client)));
        if (known.state() == ClientState.CONNECTED) {
            throw Fault.of(
                    HttpStatus.CONFLICT,
                    "Client '%s' is connected, and acknowledges plans on its control channel; only one that has none does it here."
                            .formatted(client));
        }
        long newest = newest();
        if (ack.revision() - newest > MOST_AHEAD) {
            throw Fault.of(
                    HttpStatus.UNPROCESSABLE_ENTITY,
                    "No plan has revision %d; the newest is %d. Give the revision that GET /clients/%s/plan/effective answered."
                            .formatted(ack.revision(), newest, client));
        }
        acknowledged(client, ack);
    }

    private long newest() {
        try (Connection connection = database.snapshot();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(NEWEST)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    @Override
    public void acknowledged(String client, Ack ack) {
        try {
            boolean isOfTheFuture =
                    database.inTransaction(connection -> acknowledge(connection, client, ack));
            if (isOfTheFuture && ack.revision() < MOST_REVISION) {
                overtake(client, ack.revision());
            }
            announcements.announce(ClientStore.TOPIC, List.of(client));
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    /** Returns whether it is newer than what the client is to follow. */
    private static boolean acknowledge(Connection connection, String client, Ack ack)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ACKNOWLEDGE)) {
            statement.setLong(1, ack.revision());
            statement.setArray(2, problems(connection, ack.problems()));
            statement.setString(3, client);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /** Where this fails, the plan of now is sent, and the client says again what it follows. */
    private void overtake(String client, long revision) throws SQLException {
        database.inTransaction(
                connection -> {
                    PlanStore.lock(connection);
                    try (PreparedStatement statement = connection.prepareStatement(OVERTAKE)) {
                        statement.setLong(1, revision);
                        statement.setString(2, client);
                        statement.setLong(3, revision);
                        return statement.executeUpdate();
                    }
                });
        announcements.announce(TOPIC, List.of(client));
    }

    private static @Nullable Array problems(Connection connection, @Nullable List<String> problems)
            throws SQLException {
        if (problems == null || problems.isEmpty()) {
            return null;
        }
        return connection.createArrayOf(
                "text",
                problems.stream()
                        .limit(MOST_PROBLEMS)
                        .map(text -> text.substring(0, Math.min(text.length(), MOST_PROBLEM_CHARS)))
                        .map(StorableText::of)
                        .toArray());
    }
}
