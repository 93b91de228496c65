package org.pingrecorder.recorder.plans;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Makes the tables {@code ip} and {@code client} say what plans come to, as parts of the caller's
 * transaction. Rows are locked in key order, ips before clients.
 */
final class PlannedRows {

    private static final String LEAVE =
            """
            WITH given AS (
                SELECT * FROM unnest(?::text[], ?::int2[]) AS g (ip, family)
            ), still AS MATERIALIZED (
                SELECT DISTINCT s.client, t.ip, t.family
                FROM plan_source s
                JOIN plan_target t ON t.kind = s.kind AND t.plan = s.plan
                JOIN given ON given.ip = t.ip AND given.family = t.family
                WHERE s.client = ANY (?::text[])
            ), leaving AS (
                SELECT ip.client, ip.id FROM ip
                JOIN given ON given.ip = ip.ip AND given.family = coalesce(ip.family, 0)
                LEFT JOIN still ON still.client = ip.client AND still.ip = given.ip
                    AND still.family = given.family
                WHERE ip.client = ANY (?::text[]) AND ip.planned AND still.ip IS NULL
                ORDER BY ip.client COLLATE "C", ip.ip COLLATE "C", ip.family
                FOR NO KEY UPDATE OF ip
            )
            UPDATE ip SET planned = false, tags = '{}',
                   source = CASE source WHEN 'plan' THEN 'post' ELSE source END
            FROM leaving WHERE ip.client = leaving.client AND ip.id = leaving.id
            """;

    /** The client's own list wins over its plans, and they over what was posted. */
    private static final String JOIN =
            """
            WITH given AS (
                SELECT * FROM unnest(?::text[], ?::int2[]) AS g (ip, family)
            ), planned AS (
                SELECT DISTINCT ON (s.client, t.ip, t.family)
                       s.client, t.ip, t.family, t.name, t.tags
                FROM plan_source s
                JOIN plan_target t ON t.kind = s.kind AND t.plan = s.plan
                JOIN given ON given.ip = t.ip AND given.family = t.family
                WHERE s.client = ANY (?::text[])
                ORDER BY s.client, t.ip, t.family, s.kind, s.plan COLLATE "C"
            )
            INSERT INTO ip (client, ip, family, name, source, planned, tags)
            SELECT p.client, p.ip, nullif(p.family, 0), p.name, 'plan', true, p.tags
            FROM planned p
            ORDER BY p.client COLLATE "C", p.ip COLLATE "C", nullif(p.family, 0)
            ON CONFLICT (client, ip, family) DO UPDATE SET
                listed = true,
                planned = true,
                tags = excluded.tags,
                name = CASE WHEN ip.listed AND ip.source = 'client'
                            THEN coalesce(ip.name, excluded.name)
                            ELSE coalesce(excluded.name, ip.name) END,
                source = CASE WHEN ip.listed AND ip.source = 'client' THEN 'client' ELSE 'plan' END
            WHERE NOT (ip.listed AND ip.planned) OR ip.tags <> excluded.tags
               OR ip.name IS DISTINCT FROM coalesce(excluded.name, ip.name)
            """;

    private static final String OF_CLIENT =
            """
            SELECT ip, coalesce(family, 0) AS family FROM ip WHERE client = ? AND planned
            UNION
            SELECT t.ip, t.family FROM plan_source s
            JOIN plan_target t ON t.kind = s.kind AND t.plan = s.plan
            WHERE s.client = ?
            """;

    /** The length is that of the plan as JSON, in which a target has up to 110 bytes of its own. */
    private static final String FULL =
            """
            SELECT client FROM ip WHERE client = ANY (?::text[]) AND planned
            GROUP BY client
            HAVING count(*) > ?
                OR sum(110 + octet_length(ip) + coalesce(octet_length(name), 0)
                       + octet_length(array_to_string(tags, '","'))) > ?
            LIMIT 1
            """;

    private static final String WITH_TAG =
            """
            SELECT name FROM client WHERE tags @> ARRAY[?::text] ORDER BY name
            """;

    private static final String NAME =
            """
            INSERT INTO client (name) VALUES (?)
            ON CONFLICT (name) DO UPDATE SET listed = true WHERE NOT client.listed
            """;

    private static final String WANT =
            """
            WITH touched AS (
                SELECT name FROM client WHERE name = ANY (?::text[])
                ORDER BY name FOR NO KEY UPDATE
            )
            UPDATE client SET plan_revision = ?, plan_paused = coalesce(
                (SELECT paused FROM plan_source s
                 JOIN plan p ON p.kind = s.kind AND p.name = s.plan
                 WHERE s.client = client.name AND paused IS NOT NULL
                 ORDER BY s.kind, s.plan COLLATE "C" LIMIT 1),
                false)
            FROM touched WHERE client.name = touched.name
            """;

    private PlannedRows() {}

    /** Registers what plans name now, and releases what none does any more. */
    static void settle(Connection connection, List<String> clients, Collection<IpKey> keys)
            throws SQLException {
        Array names = texts(connection, clients);
        try (PreparedStatement statement = connection.prepareStatement(LEAVE)) {
            IpKey.set(statement, 1, keys);
            statement.setArray(3, names);
            statement.setArray(4, names);
            statement.executeUpdate();
        }
        try (PreparedStatement statement = connection.prepareStatement(JOIN)) {
            IpKey.set(statement, 1, keys);
            statement.setArray(3, names);
            statement.executeUpdate();
        }
    }

    /** A client whose plan is larger than it may be. */
    static Optional<String> overfull(
            Connection connection, List<String> clients, int mostTargets, int mostBytes)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FULL)) {
            statement.setArray(1, texts(connection, clients));
            statement.setInt(2, mostTargets);
            statement.setInt(3, mostBytes);
            return names(statement).stream().findFirst();
        }
    }

    /** What plans name for a client, or did when that was last settled. */
    static List<IpKey> keysOf(Connection connection, String client) throws SQLException {
        List<IpKey> keys = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(OF_CLIENT)) {
            statement.setString(1, client);
            statement.setString(2, client);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    keys.add(IpKey.read(rows));
                }
            }
        }
        return keys;
    }

    /** The clients that a plan concerns; a client that nobody named yet is named by its plan. */
    static List<String> clientsOf(Connection connection, PlanOwner owner) throws SQLException {
        if (owner.kind() == PlanOwner.Kind.CLIENT) {
            try (PreparedStatement statement = connection.prepareStatement(NAME)) {
                statement.setString(1, owner.name());
                statement.executeUpdate();
            }
            return List.of(owner.name());
        }
        try (PreparedStatement statement = connection.prepareStatement(WITH_TAG)) {
            statement.setString(1, owner.name());
            return names(statement);
        }
    }

    /** Makes the clients' plans those of a revision. */
    static void want(Connection connection, List<String> clients, long revision)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(WANT)) {
            statement.setArray(1, texts(connection, clients));
            statement.setLong(2, revision);
            statement.executeUpdate();
        }
    }

    private static List<String> names(PreparedStatement statement) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private static Array texts(Connection connection, List<String> values) throws SQLException {
        return connection.createArrayOf("text", values.toArray());
    }
}
