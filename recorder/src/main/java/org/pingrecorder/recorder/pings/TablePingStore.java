package org.pingrecorder.recorder.pings;

import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.database.Database;
import org.pingrecorder.recorder.ips.IpStore;
import org.pingrecorder.recorder.ips.Registration;
import org.pingrecorder.wire.Family;

/** Keeps one row a ping in table {@code ping}. */
@Singleton
final class TablePingStore implements PingStore {

    /** The ips that are not on the list, or have no name yet where their pings bring one. */
    private static final String UNREGISTERED =
            """
            SELECT g.n FROM unnest(?::int[], ?::text[], ?::text[], ?::int2[], ?::text[])
                AS g (n, client, ip, family, name)
            WHERE NOT EXISTS (
                SELECT FROM ip
                WHERE ip.client = g.client AND ip.ip = g.ip
                  AND ip.family IS NOT DISTINCT FROM g.family
                  AND ip.listed AND (g.name IS NULL OR ip.name IS NOT NULL))
            """;

    private static final String INSERT =
            """
            INSERT INTO ping (client, ip_id, at, outcome, latency_us)
            SELECT ip.client, ip.id, timestamptz 'epoch' + g.at_us * interval '1 microsecond',
                   g.outcome, g.latency_us
            FROM unnest(?::text[], ?::text[], ?::int2[], ?::bigint[], ?::text[], ?::int[])
                AS g (client, ip, family, at_us, outcome, latency_us)
            JOIN ip ON ip.client = g.client AND ip.ip = g.ip
                AND ip.family IS NOT DISTINCT FROM g.family
            """;

    /**
     * At most one write a second for a client, however many pings it delivers; one that another
     * recorder writes just now is left to it.
     */
    private static final String SEEN =
            """
            WITH due AS (
                SELECT client.name, g.address FROM client
                JOIN unnest(?::text[], ?::text[]) AS g (name, address) USING (name)
                WHERE client.last_seen IS NULL OR client.last_seen < now() - interval '1 second'
                   OR client.address IS DISTINCT FROM g.address
                FOR NO KEY UPDATE OF client SKIP LOCKED
            )
            UPDATE client SET last_seen = now(), address = due.address
            FROM due WHERE client.name = due.name
            """;

    private final Database database;
    private final IpStore ips;

    TablePingStore(Database database, IpStore ips) {
        this.database = database;
        this.ips = ips;
    }

    @Override
    public void store(List<Ping> pings) throws SQLException {
        database.<@Nullable Void>inTransaction(
                connection -> {
                    registerMissing(connection, pings);
                    insert(connection, pings);
                    markSeen(connection, pings);
                    return null;
                });
    }

    private void registerMissing(Connection connection, List<Ping> pings) throws SQLException {
        Map<String, Registration> distinct = new HashMap<>();
        for (Ping ping : pings) {
            Registration registration =
                    new Registration(
                            ping.client(), ping.address(), ping.family(), ping.name(), null);
            distinct.merge(
                    IpStore.key(registration),
                    registration,
                    (first, second) -> second.name() == null ? first : second);
        }
        List<Registration> given = List.copyOf(distinct.values());
        List<Registration> missing = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(UNREGISTERED)) {
            Integer[] numbers = new Integer[given.size()];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = i;
            }
            statement.setArray(1, connection.createArrayOf("int4", numbers));
            statement.setArray(2, texts(connection, given.stream().map(Registration::client)));
            statement.setArray(3, texts(connection, given.stream().map(r -> r.address().text())));
            statement.setArray(4, versions(connection, given.stream().map(Registration::family)));
            statement.setArray(5, texts(connection, given.stream().map(Registration::name)));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    missing.add(given.get(rows.getInt("n")));
                }
            }
        }
        if (!missing.isEmpty()) {
            ips.register(connection, missing);
        }
    }

    private static void insert(Connection connection, List<Ping> pings) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setArray(1, texts(connection, pings.stream().map(Ping::client)));
            statement.setArray(2, texts(connection, pings.stream().map(p -> p.address().text())));
            statement.setArray(3, versions(connection, pings.stream().map(Ping::family)));
            statement.setArray(
                    4,
                    connection.createArrayOf(
                            "int8", pings.stream().map(p -> micros(p.at())).toArray()));
            statement.setArray(5, texts(connection, pings.stream().map(p -> p.outcome().text())));
            statement.setArray(
                    6,
                    connection.createArrayOf(
                            "int4", pings.stream().map(Ping::latencyMicros).toArray()));
            int stored = statement.executeUpdate();
            if (stored != pings.size()) {
                throw new SQLException(stored + " of " + pings.size() + " pings were inserted");
            }
        }
    }

    private static void markSeen(Connection connection, List<Ping> pings) throws SQLException {
        TreeMap<String, String> senders = new TreeMap<>();
        pings.forEach(ping -> senders.put(ping.client(), ping.sender()));
        try (PreparedStatement statement = connection.prepareStatement(SEEN)) {
            statement.setArray(1, texts(connection, senders.keySet().stream()));
            statement.setArray(2, texts(connection, senders.values().stream()));
            statement.executeUpdate();
        }
    }

    private static Array texts(Connection connection, Stream<? extends @Nullable String> values)
            throws SQLException {
        return connection.createArrayOf("text", values.toArray());
    }

    private static Array versions(Connection connection, Stream<? extends @Nullable Family> values)
            throws SQLException {
        return connection.createArrayOf("int2", values.map(IpStore::version).toArray());
    }

    private static long micros(Instant instant) {
        return TimeUnit.SECONDS.toMicros(instant.getEpochSecond()) + instant.getNano() / 1_000;
    }
}
