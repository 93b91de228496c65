package org.pingrecorder.recorder.plans;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.Family;
import org.pingrecorder.wire.control.PlanTarget;

/** Rows of {@code plan_target}, as parts of the caller's transaction. */
final class TargetTable {

    /** Columns of a target, as {@link #read} has them. */
    static final String COLUMNS = "ip, family, name, tags, interval_ms, timeout_ms, grace_ms";

    /**
     * Adds targets, or makes them all there is. One that says nothing but its ip leaves one that is
     * there as it is, unless all are replaced. Answers with the rows that are not as they were.
     */
    private static final String PUT =
            """
            WITH given AS (
                SELECT ip, family, name, string_to_array(tags, ',') AS tags,
                       interval_ms, timeout_ms, grace_ms
                FROM unnest(?::text[], ?::int2[], ?::text[], ?::text[], ?::int8[], ?::int8[],
                            ?::int8[])
                    AS g (ip, family, name, tags, interval_ms, timeout_ms, grace_ms)
            ), owner AS (
                SELECT ?::text AS kind, ?::text AS plan, ?::boolean AS replaces
            ), gone AS (
                DELETE FROM plan_target t USING owner
                WHERE owner.replaces AND t.kind = owner.kind AND t.plan = owner.plan
                  AND NOT EXISTS (
                      SELECT FROM given WHERE given.ip = t.ip AND given.family = t.family)
                RETURNING t.ip, t.family
            ), put AS (
                INSERT INTO plan_target AS t
                       (kind, plan, ip, family, name, tags, interval_ms, timeout_ms, grace_ms)
                SELECT kind, plan, given.* FROM given CROSS JOIN owner
                ON CONFLICT (kind, plan, ip, family) DO UPDATE SET
                    name = excluded.name, tags = excluded.tags,
                    interval_ms = excluded.interval_ms, timeout_ms = excluded.timeout_ms,
                    grace_ms = excluded.grace_ms
                WHERE t IS DISTINCT FROM excluded
                  AND ((SELECT replaces FROM owner)
                       OR num_nonnulls(excluded.name, excluded.interval_ms, excluded.timeout_ms,
                                       excluded.grace_ms) > 0
                       OR cardinality(excluded.tags) > 0)
                RETURNING t.ip, t.family
            )
            SELECT 'removed' AS what, ip, family FROM gone
            UNION ALL
            SELECT CASE WHEN old.ip IS NULL THEN 'added' ELSE 'changed' END, put.ip, put.family
            FROM put CROSS JOIN owner
            LEFT JOIN plan_target old ON old.kind = owner.kind AND old.plan = owner.plan
                AND old.ip = put.ip AND old.family = put.family
            """;

    private static final String REMOVE =
            """
            DELETE FROM plan_target WHERE kind = ? AND plan = ? AND ip = ? AND family = ?
            """;

    private static final String COUNT =
            """
            SELECT count(*) FROM plan_target WHERE kind = ? AND plan = ?
            """;

    private static final String TAGS_WITH =
            """
            SELECT s.plan FROM plan_source s
            JOIN plan_target t ON t.kind = s.kind AND t.plan = s.plan
            WHERE s.client = ? AND s.kind = 'tag' AND t.ip = ? AND t.family = ?
            ORDER BY s.plan
            """;

    private TargetTable() {}

    /**
     * How a plan's targets differ from what they were.
     *
     * @param keys of those that were added, changed or removed
     * @param kept how many of the given ones were there as they are
     */
    record Difference(List<IpKey> keys, int added, int changed, int removed, int kept) {

        static final Difference NONE = new Difference(List.of(), 0, 0, 0, 0);
    }

    /**
     * Adds targets to a plan.
     *
     * @param targets each ip once
     * @param replaces whether all others are removed
     */
    static Difference put(
            Connection connection, PlanOwner owner, List<PlanTarget> targets, boolean replaces)
            throws SQLException {
        List<IpKey> keys = new ArrayList<>();
        int added = 0;
        int changed = 0;
        int removed = 0;
        try (PreparedStatement statement = connection.prepareStatement(PUT)) {
            IpKey.set(statement, 1, targets.stream().map(IpKey::of).toList());
            set(statement, 3, "text", targets, PlanTarget::name);
            set(statement, 4, "text", targets, TargetTable::joinedTags);
            set(statement, 5, "int8", targets, PlanTarget::intervalMs);
            set(statement, 6, "int8", targets, PlanTarget::timeoutMs);
            set(statement, 7, "int8", targets, PlanTarget::graceMs);
            owner.set(statement, 8);
            statement.setBoolean(10, replaces);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    keys.add(IpKey.read(rows));
                    switch (rows.getString("what")) {
                        case "added" -> added++;
                        case "changed" -> changed++;
                        default -> removed++;
                    }
                }
            }
        }
        return new Difference(keys, added, changed, removed, targets.size() - added - changed);
    }

    private static String joinedTags(PlanTarget target) {
        return target.tags() == null ? "" : String.join(",", target.tags());
    }

    private static void set(
            PreparedStatement statement,
            int number,
            String type,
            List<PlanTarget> targets,
            Function<PlanTarget, @Nullable Object> value)
            throws SQLException {
        Object[] values = targets.stream().map(value).toArray();
        statement.setArray(number, statement.getConnection().createArrayOf(type, values));
    }

    /** Removes a target from a plan, if it is there. */
    static Difference remove(Connection connection, PlanOwner owner, IpKey key)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(REMOVE)) {
            owner.set(statement, 1);
            statement.setString(3, key.ip());
            statement.setInt(4, key.family());
            return statement.executeUpdate() == 0
                    ? Difference.NONE
                    : new Difference(List.of(key), 0, 0, 1, 0);
        }
    }

    /** How many targets a plan has. */
    static int count(Connection connection, PlanOwner owner) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
            owner.set(statement, 1);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    /** The tags of a client whose plans name an ip. */
    static List<String> tagsWith(Connection connection, String client, IpKey key)
            throws SQLException {
        List<String> tags = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(TAGS_WITH)) {
            statement.setString(1, client);
            statement.setString(2, key.ip());
            statement.setInt(3, key.family());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    tags.add(rows.getString(1));
                }
            }
        }
        return tags;
    }

    /** The target of a row. */
    static PlanTarget read(ResultSet row) throws SQLException {
        String[] tags = (String[]) row.getArray("tags").getArray();
        return new PlanTarget(
                row.getString("ip"),
                Family.ofVersion(row.getInt("family")).orElse(null),
                row.getString("name"),
                tags.length == 0 ? null : List.of(tags),
                row.getObject("interval_ms", Long.class),
                row.getObject("timeout_ms", Long.class),
                row.getObject("grace_ms", Long.class));
    }
}
