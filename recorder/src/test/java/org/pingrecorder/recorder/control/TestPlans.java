package org.pingrecorder.recorder.control;

import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.pingrecorder.recorder.announce.Announcements;
import org.pingrecorder.recorder.database.Database;
import org.pingrecorder.recorder.database.DatabaseException;
import org.pingrecorder.wire.control.Ack;
import org.pingrecorder.wire.control.Plan;

/** Plans that have nothing but a revision. */
@Singleton
@Primary
@Requires(property = "test.plans")
public final class TestPlans implements PlanSource {

    static final Map<String, Object> SETTINGS = Map.of("test.plans", true, "test.fast-pace", true);

    private final Database database;
    private final Announcements announcements;

    TestPlans(Database database, Announcements announcements) {
        this.database = database;
        this.announcements = announcements;
    }

    /** Gives the client another plan; returns its revision. */
    long change(String client) {
        long revision = changeUnannounced(client);
        announcements.announce(TOPIC, List.of(client));
        return revision;
    }

    long changeUnannounced(String client) {
        return number(
                """
                INSERT INTO client (name, plan_revision) VALUES (?, nextval('plan_revision'))
                ON CONFLICT (name) DO UPDATE SET plan_revision = excluded.plan_revision
                RETURNING plan_revision
                """,
                client);
    }

    @Override
    public Plan planOf(String client) {
        long revision = number("SELECT plan_revision FROM client WHERE name = ?", client);
        return new Plan(revision, null, null, null, false, List.of());
    }

    @Override
    public void acknowledged(String client, Ack ack) {
        number(
                "UPDATE client SET plan_acked = "
                        + ack.revision()
                        + ", plan_acked_at = now() WHERE name = ? RETURNING 1",
                client);
    }

    private long number(String sql, String client) {
        try {
            return database.inTransaction(
                    connection -> {
                        try (PreparedStatement statement = connection.prepareStatement(sql)) {
                            statement.setString(1, client);
                            try (ResultSet row = statement.executeQuery()) {
                                row.next();
                                return row.getLong(1);
                            }
                        }
                    });
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }
}
