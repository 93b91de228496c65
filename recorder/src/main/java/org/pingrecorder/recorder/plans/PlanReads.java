package org.pingrecorder.recorder.plans;

import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.database.Database;
import org.pingrecorder.recorder.database.DatabaseException;
import org.pingrecorder.recorder.database.Rows;
import org.pingrecorder.recorder.http.Fault;

/** Reads plans as people see them. Thread-safe. */
@Singleton
final class PlanReads {

    private static final String PROGRESS =
            """
            SELECT name, plan_revision, plan_acked, plan_acked_at, plan_problems FROM client
            WHERE listed AND CASE ? WHEN 'client' THEN name = ? ELSE tags @> ARRAY[?::text] END
            ORDER BY name
            """;

    private static final String OF_PLAN =
            """
            SELECT 0 AS part, NULL AS tag,
                   ip, family, name, tags, interval_ms, timeout_ms, grace_ms
            FROM plan_target WHERE kind = ? AND plan = ?
            ORDER BY ip, family
            """;

    private static final String OF_CLIENT =
            """
            WITH concerning AS (
                SELECT DISTINCT ON (t.ip, t.family) t.* FROM plan_source s
                JOIN plan_target t ON t.kind = s.kind AND t.plan = s.plan
                WHERE s.client = ?
                ORDER BY t.ip, t.family, s.kind, s.plan COLLATE "C"
            )
            SELECT CASE kind WHEN 'client' THEN 0 ELSE 1 END AS part,
                   CASE kind WHEN 'tag' THEN plan END AS tag,
                   ip, family, name, tags, interval_ms, timeout_ms, grace_ms
            FROM concerning
            UNION ALL
            SELECT 2, NULL, ip, coalesce(family, 0), name, '{}', NULL, NULL, NULL
            FROM ip WHERE client = ? AND listed AND source = 'client'
            ORDER BY part, ip, family
            """;

    private static final String TAGS =
            """
            WITH given AS (
                SELECT tag, count(*) AS clients FROM client CROSS JOIN unnest(tags) AS tag
                WHERE listed GROUP BY tag
            ), planned AS (
                SELECT name AS tag, revision,
                       (SELECT count(*) FROM plan_target t
                        WHERE t.kind = plan.kind AND t.plan = plan.name) AS targets
                FROM plan WHERE kind = 'tag'
            )
            SELECT tag, coalesce(clients, 0) AS clients, coalesce(targets, 0) AS targets,
                   coalesce(revision, 0) AS revision
            FROM given FULL JOIN planned USING (tag)
            WHERE tag > ?
            ORDER BY tag
            LIMIT ?
            """;

    private final Database database;

    PlanReads(Database database) {
        this.database = database;
    }

    /**
     * A plan without its targets.
     *
     * @param effective what all plans that concern the client say together; null for a tag's
     * @param clients whom the plan concerns
     */
    record Head(
            long revision,
            PlanSettings settings,
            @Nullable PlanSettings effective,
            List<Progress> clients) {}

    /**
     * How far a client is with its plan.
     *
     * @param wanted revision of what it is to follow
     * @param acknowledged revision of what it follows
     * @param acknowledgedAt since when; null if it never followed any
     * @param problems what of it it cannot follow
     */
    record Progress(
            String client,
            long wanted,
            long acknowledged,
            @Nullable Instant acknowledgedAt,
            List<String> problems) {}

    /**
     * Reads it.
     *
     * @throws Fault 404 for a client that nobody named
     */
    Head head(PlanOwner owner) {
        boolean isClient = owner.kind() == PlanOwner.Kind.CLIENT;
        try (Connection connection = database.snapshot()) {
            List<Progress> clients = progress(connection, owner);
            if (isClient && clients.isEmpty()) {
                throw Fault.of(
                        HttpStatus.NOT_FOUND,
                        "There is no client '%s'; GET /clients lists them, and PUT %s prepares one that is yet to come."
                                .formatted(owner.name(), owner.path()));
            }
            PlanStore.Row row = PlanStore.read(connection, owner);
            return new Head(
                    row.revision(),
                    row.settings(),
                    isClient ? EffectivePlans.settings(connection, owner.name()) : null,
                    clients);
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    private static List<Progress> progress(Connection connection, PlanOwner owner)
            throws SQLException {
        List<Progress> clients = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(PROGRESS)) {
            owner.set(statement, 1);
            statement.setString(3, owner.name());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    clients.add(progress(rows));
                }
            }
        }
        return clients;
    }

    private static Progress progress(ResultSet row) throws SQLException {
        OffsetDateTime at = row.getObject("plan_acked_at", OffsetDateTime.class);
        Array problems = row.getArray("plan_problems");
        return new Progress(
                row.getString("name"),
                row.getLong("plan_revision"),
                row.getLong("plan_acked"),
                at == null ? null : at.toInstant(),
                problems == null ? List.of() : List.of((String[]) problems.getArray()));
    }

    /** The tags by name, after the given one. */
    Rows<ListedTag> tags(String after, OptionalInt limit) {
        return database.stream(
                TAGS,
                statement -> {
                    statement.setString(1, after);
                    statement.setLong(2, limit.isPresent() ? limit.getAsInt() : Long.MAX_VALUE);
                },
                ListedTag::read);
    }

    /** The targets of a plan; of a client also what other plans and its own list name. */
    Rows<ListedTarget> targets(PlanOwner owner) {
        boolean isClient = owner.kind() == PlanOwner.Kind.CLIENT;
        return database.stream(
                isClient ? OF_CLIENT : OF_PLAN,
                statement -> {
                    if (isClient) {
                        statement.setString(1, owner.name());
                        statement.setString(2, owner.name());
                    } else {
                        owner.set(statement, 1);
                    }
                },
                ListedTarget::read);
    }

    /** The targets of a plan and no other. */
    Rows<ListedTarget> ownTargets(PlanOwner owner) {
        return database.stream(OF_PLAN, statement -> owner.set(statement, 1), ListedTarget::read);
    }
}
