package org.pingrecorder.recorder.ips;

import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.database.Database;
import org.pingrecorder.recorder.database.DatabaseException;
import org.pingrecorder.recorder.database.Rows;
import org.pingrecorder.wire.Family;
import org.pingrecorder.wire.Ip;
import org.pingrecorder.wire.Source;

/** The registry as a whole: registering many, listing all. Thread-safe. */
@Singleton
public final class IpStore {

    private static final String ADD_CLIENTS =
            """
            WITH given AS (
                SELECT unnest(?::text[]) AS name
            ), back AS (
                UPDATE client SET listed = true FROM given
                WHERE client.name = given.name AND NOT client.listed
            )
            INSERT INTO client (name) SELECT name FROM given ON CONFLICT (name) DO NOTHING
            """;

    private static final String REVISIONS =
            """
            SELECT name, registry FROM client WHERE name = ANY (?::text[])
            """;

    /** Those on the list that have a name, or need none. */
    private static final String RESOLVE =
            """
            SELECT g.n, ip.id, ip.name IS NOT NULL AS named
            FROM unnest(?::int[], ?::text[], ?::text[], ?::int2[], ?::text[])
                AS g (n, client, ip, family, name)
            JOIN ip ON ip.client = g.client AND ip.ip = g.ip
                AND ip.family IS NOT DISTINCT FROM g.family
            WHERE ip.listed AND (g.name IS NULL OR ip.name IS NOT NULL)
            """;

    /** Rows come in key order, so that two recorders never wait for each other in a circle. */
    private static final String REGISTER =
            """
            WITH given AS (
                SELECT * FROM unnest(?::text[], ?::text[], ?::int2[], ?::text[], ?::text[])
                    AS g (client, ip, family, name, source)
            ), was AS (
                SELECT ip.id FROM ip JOIN given g USING (client, ip)
                WHERE ip.family IS NOT DISTINCT FROM g.family AND ip.listed
            )
            INSERT INTO ip (client, ip, family, name, source)
            SELECT client, ip, family, name, coalesce(source, 'post') FROM given
            ON CONFLICT (client, ip, family) DO UPDATE SET
                listed = ip.listed OR ? OR ip.unplanned_at IS NULL
                         OR ip.unplanned_at < now() - interval '1 minute',
                name = coalesce(excluded.name, ip.name),
                source = CASE
                    (SELECT g.source FROM given g
                     WHERE g.client = excluded.client AND g.ip = excluded.ip
                       AND g.family IS NOT DISTINCT FROM excluded.family)
                    WHEN 'client' THEN 'client'
                    WHEN 'post' THEN CASE WHEN ip.planned THEN 'plan' ELSE 'post' END
                    ELSE ip.source END
            RETURNING id, ip, family, client, name, source, tags, created_at, listed,
                      id IN (SELECT id FROM was) AS was_listed
            """;

    private static final String LIST =
            """
            SELECT id, ip, family, client, name, source, tags, created_at FROM ip
            WHERE listed
              AND id > ?
              AND (cardinality(?::text[]) = 0 OR client = ANY (?::text[]))
              AND (?::text IS NULL
                   OR position(lower(?) IN lower(ip)) > 0
                   OR position(lower(?) IN lower(coalesce(name, ''))) > 0)
              AND (cardinality(?::text[]) = 0 OR tags && ?
                   OR client IN (SELECT client.name FROM client WHERE client.tags && ?))
            ORDER BY id
            LIMIT ?
            """;

    private final Database database;

    IpStore(Database database) {
        this.database = database;
    }

    /**
     * An ip after it was registered.
     *
     * @param isNew whether it was not on the list before
     * @param isListed whether it is now
     */
    public record Registered(Ip ip, boolean isNew, boolean isListed) {}

    /**
     * What may be remembered of an ip until its client's {@link #revisions revision} changes.
     *
     * @param isNamed whether people call it something
     * @param isListed whether it is on the list; if not, that may change by itself
     */
    public record Known(long id, boolean isNamed, boolean isListed) {}

    /** Registers ips in a transaction of their own; the answers come in the order given. */
    List<Registered> register(List<Registration> registrations) {
        try {
            Map<String, Registered> byKey =
                    database.inTransaction(connection -> register(connection, registrations, true));
            List<Registered> registered = new ArrayList<>(registrations.size());
            for (Registration registration : registrations) {
                registered.add(byKey.get(key(registration)));
            }
            return registered;
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    /**
     * Registers ips as a part of the caller's transaction.
     *
     * @param wanted whether somebody wants them on the list; else pings came for them
     * @return what is now in the registry, by {@link #key}
     */
    private Map<String, Registered> register(
            Connection connection, Collection<Registration> registrations, boolean wanted)
            throws SQLException {
        TreeMap<String, Registration> distinct = new TreeMap<>();
        for (Registration registration : registrations) {
            distinct.merge(key(registration), registration, IpStore::later);
        }
        List<Registration> ordered = List.copyOf(distinct.values());
        addClients(connection, ordered.stream().map(Registration::client).toList());
        Map<String, Registered> registered = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(REGISTER)) {
            setIdentities(statement, 1, ordered);
            statement.setArray(
                    4, texts(connection, ordered.stream().map(Registration::name).toArray()));
            statement.setArray(
                    5, texts(connection, ordered.stream().map(IpStore::sourceText).toArray()));
            statement.setBoolean(6, wanted);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Ip ip = ip(rows);
                    registered.put(
                            key(ip.client(), ip.ip(), ip.family()),
                            new Registered(
                                    ip, !rows.getBoolean("was_listed"), rows.getBoolean("listed")));
                }
            }
        }
        return registered;
    }

    /**
     * The ids of ips, as a part of the caller's transaction; those that are not on the list are
     * registered, and a name is given to those that have none.
     *
     * @return one for each registration, in their order
     */
    public List<Known> resolve(Connection connection, List<Registration> registrations)
            throws SQLException {
        @Nullable Known[] known = new @Nullable Known[registrations.size()];
        try (PreparedStatement statement = connection.prepareStatement(RESOLVE)) {
            Integer[] numbers = new Integer[known.length];
            Arrays.setAll(numbers, i -> i);
            statement.setArray(1, connection.createArrayOf("int4", numbers));
            setIdentities(statement, 2, registrations);
            statement.setArray(
                    5, texts(connection, registrations.stream().map(Registration::name).toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    known[rows.getInt("n")] =
                            new Known(rows.getLong("id"), rows.getBoolean("named"), true);
                }
            }
        }
        List<Registration> missing = new ArrayList<>();
        for (int i = 0; i < known.length; i++) {
            if (known[i] == null) {
                missing.add(registrations.get(i));
            }
        }
        Map<String, Registered> registered =
                missing.isEmpty() ? Map.of() : register(connection, missing, false);
        List<Known> all = new ArrayList<>(known.length);
        for (int i = 0; i < known.length; i++) {
            Known found = known[i];
            if (found == null) {
                Registered now = Objects.requireNonNull(registered.get(key(registrations.get(i))));
                found = new Known(now.ip().id(), now.ip().name() != null, now.isListed());
            }
            all.add(found);
        }
        return all;
    }

    /** Puts clients on the list that are not, as a part of the caller's transaction. */
    public void addClients(Connection connection, Collection<String> names) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ADD_CLIENTS)) {
            statement.setArray(1, texts(connection, names.stream().distinct().sorted().toArray()));
            statement.executeUpdate();
        }
    }

    /**
     * How often ips of clients have left the list or were renamed; clients that nobody named yet
     * are left out.
     */
    public Map<String, Long> revisions(Connection connection, Collection<String> clients)
            throws SQLException {
        Map<String, Long> revisions = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(REVISIONS)) {
            statement.setArray(1, texts(connection, clients.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    revisions.put(rows.getString("name"), rows.getLong("registry"));
                }
            }
        }
        return revisions;
    }

    /** Sets client, ip and family as three arrays, from a parameter on. */
    private static void setIdentities(
            PreparedStatement statement, int first, List<Registration> registrations)
            throws SQLException {
        Connection connection = statement.getConnection();
        statement.setArray(
                first,
                texts(connection, registrations.stream().map(Registration::client).toArray()));
        statement.setArray(
                first + 1,
                texts(connection, registrations.stream().map(r -> r.address().text()).toArray()));
        statement.setArray(
                first + 2,
                connection.createArrayOf(
                        "int2", registrations.stream().map(r -> version(r.family())).toArray()));
    }

    /**
     * The ips on the list, oldest first.
     *
     * @param clients whose; all if empty
     * @param search part of the address or name, in any case; null for all
     * @param tags of which the ip or its client has one; all if empty
     * @param after the id to go on after
     * @param limit how many at most
     */
    Rows<Ip> list(
            List<String> clients,
            @Nullable String search,
            List<String> tags,
            OptionalLong after,
            OptionalInt limit) {
        return database.stream(
                LIST,
                statement -> {
                    statement.setLong(1, after.orElse(0));
                    statement.setArray(2, texts(statement.getConnection(), clients.toArray()));
                    statement.setArray(3, texts(statement.getConnection(), clients.toArray()));
                    statement.setString(4, search);
                    statement.setString(5, search);
                    statement.setString(6, search);
                    Array tagged = texts(statement.getConnection(), tags.toArray());
                    statement.setArray(7, tagged);
                    statement.setArray(8, tagged);
                    statement.setArray(9, tagged);
                    statement.setLong(10, limit.isPresent() ? limit.getAsInt() : Long.MAX_VALUE);
                },
                IpStore::ip);
    }

    /** What tells one ip from another. */
    public static String key(Registration registration) {
        return key(registration.client(), registration.address().text(), registration.family());
    }

    private static String key(String client, String ip, @Nullable Family family) {
        return client + ' ' + ip + ' ' + family;
    }

    /** A family as the database keeps it: 4, 6 or null. */
    public static @Nullable Integer version(@Nullable Family family) {
        return family == null ? null : family.version();
    }

    /** The family of a row's column {@code family}. */
    public static @Nullable Family family(ResultSet row) throws SQLException {
        int version = row.getInt("family");
        return row.wasNull() ? null : Family.ofVersion(version).orElseThrow();
    }

    private static Registration later(Registration first, Registration second) {
        return new Registration(
                first.client(),
                first.address(),
                first.family(),
                second.name() == null ? first.name() : second.name(),
                second.source() == null ? first.source() : second.source());
    }

    private static @Nullable String sourceText(Registration registration) {
        Source source = registration.source();
        return source == null ? null : source.text();
    }

    private static Array texts(Connection connection, @Nullable Object[] values)
            throws SQLException {
        return connection.createArrayOf("text", values);
    }

    private static Ip ip(ResultSet row) throws SQLException {
        return new Ip(
                row.getLong("id"),
                row.getString("ip"),
                family(row),
                row.getString("client"),
                row.getString("name"),
                Source.ofText(row.getString("source")).orElseThrow(),
                List.of((String[]) row.getArray("tags").getArray()),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
