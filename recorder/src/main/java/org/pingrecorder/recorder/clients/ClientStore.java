package org.pingrecorder.recorder.clients;

import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.database.Database;
import org.pingrecorder.recorder.database.Rows;
import org.pingrecorder.wire.Client;
import org.pingrecorder.wire.ClientState;

/** Reads the clients on the list. Thread-safe. */
@Singleton
public final class ClientStore {

    /** The topic on which names of clients are announced that are not on the list as they were. */
    public static final String TOPIC = "client";

    /**
     * A recorder that was not seen for 15 s is gone, and what was connected to it is not. A client
     * without a channel passes for delivering for a minute; what it delivered on its way out, with
     * its channel closed already, does not count.
     */
    private static final String LIST =
            """
            SELECT * FROM (
                SELECT client.*, conn.addresses, conn.installation, conn.version,
                       conn.capabilities,
                       (SELECT array_agg(kind)
                        FROM jsonb_array_elements_text(conn.capabilities -> 'icmp') AS kind)
                           AS icmp,
                       (conn.capabilities ->> 'ipv4')::bool AS ipv4,
                       (conn.capabilities ->> 'ipv6')::bool AS ipv6,
                       (conn.capabilities ->> 'most_pings_per_second')::int AS most_pings,
                       conn.capabilities ->> 'os' AS os,
                       conn.connected_at, conn.stopped_at,
                       greatest(coalesce(conn.ended_at, recorder.seen_at, conn.connected_at),
                                last_seen) AS heard_at,
                       conn.status_at, conn.pinged_ips, conn.spooled_pings, conn.dropped_pings,
                       conn.cut_off, conn.cut_off_since,
                       CASE
                           WHEN conn.ended_at IS NULL AND conn.stopped_at IS NULL
                               AND recorder.seen_at > now() - interval '15 seconds'
                               THEN 'connected'
                           WHEN last_seen > now() - interval '1 minute'
                               AND last_seen > interval '10 seconds' + coalesce(
                                   conn.stopped_at, conn.ended_at, recorder.seen_at, '-infinity')
                               THEN 'delivering'
                           WHEN conn.stopped_at IS NOT NULL THEN 'stopped'
                           WHEN conn.client IS NOT NULL THEN 'lost'
                           WHEN last_seen IS NOT NULL THEN 'silent'
                           ELSE 'never_seen'
                       END AS state,
                       (SELECT count(*) FROM ip WHERE ip.client = client.name AND ip.listed) AS ips
                FROM client
                LEFT JOIN conn ON conn.client = client.name
                LEFT JOIN recorder ON recorder.id = conn.recorder
                WHERE client.listed
            ) AS fleet
            WHERE name > ?
              AND (?::text[] IS NULL OR name = ANY (?::text[]))
              AND (cardinality(?::text[]) = 0 OR state = ANY (?::text[]))
              AND (cardinality(?::text[]) = 0 OR tags && ?::text[])
            ORDER BY name
            LIMIT ?
            """;

    private final Database database;

    ClientStore(Database database) {
        this.database = database;
    }

    /**
     * Which clients are wanted.
     *
     * @param states in one of these; all if empty
     * @param tags with one of these; all if empty
     */
    record Filter(List<ClientState> states, List<String> tags) {

        static final Filter NONE = new Filter(List.of(), List.of());

        Filter {
            states = List.copyOf(states);
            tags = List.copyOf(tags);
        }
    }

    /** The clients by name, after the given one. */
    Rows<Client> list(Filter filter, String after, OptionalInt limit) {
        return database.stream(LIST, wanted(null, filter, after, limit), ClientStore::client);
    }

    /** All clients on the list, by name. */
    public List<Client> all() {
        return database.list(
                LIST, wanted(null, Filter.NONE, "", OptionalInt.empty()), ClientStore::client);
    }

    /** One client, if it is on the list. */
    public Optional<Client> find(String name) {
        return find(List.of(name)).stream().findFirst();
    }

    /** Those of the clients that are on the list, by name. */
    public List<Client> find(Collection<String> names) {
        return database.list(
                LIST, wanted(names, Filter.NONE, "", OptionalInt.empty()), ClientStore::client);
    }

    private static Database.Parameters wanted(
            @Nullable Collection<String> names, Filter filter, String after, OptionalInt limit) {
        return statement -> {
            Connection connection = statement.getConnection();
            Array named = names == null ? null : connection.createArrayOf("text", names.toArray());
            Array states =
                    connection.createArrayOf(
                            "text", filter.states().stream().map(ClientState::text).toArray());
            Array tags = connection.createArrayOf("text", filter.tags().toArray());
            statement.setString(1, after);
            statement.setArray(2, named);
            statement.setArray(3, named);
            statement.setArray(4, states);
            statement.setArray(5, states);
            statement.setArray(6, tags);
            statement.setArray(7, tags);
            statement.setLong(8, limit.isPresent() ? limit.getAsInt() : Long.MAX_VALUE);
        };
    }

    private static Client client(ResultSet row) throws SQLException {
        ClientState state = ClientState.parse(row.getString("state"));
        return new Client(
                row.getString("name"),
                state,
                since(state, row),
                Objects.requireNonNull(texts(row, "tags")),
                row.getString("note"),
                row.getString("address"),
                texts(row, "addresses"),
                row.getString("installation"),
                row.getString("version"),
                texts(row, "icmp"),
                row.getObject("ipv4", Boolean.class),
                row.getObject("ipv6", Boolean.class),
                row.getObject("most_pings", Integer.class),
                row.getString("os"),
                time(row, "connected_at"),
                time(row, "stopped_at"),
                Objects.requireNonNull(time(row, "created_at")),
                time(row, "last_seen"),
                clockOffsetMs(row),
                row.getLong("ips"),
                row.getLong("plan_revision"),
                row.getLong("plan_acked"),
                time(row, "plan_acked_at"),
                texts(row, "plan_problems"),
                row.getBoolean("plan_paused"),
                time(row, "paused_at"),
                time(row, "status_at"),
                row.getObject("pinged_ips", Long.class),
                row.getObject("spooled_pings", Long.class),
                row.getObject("dropped_pings", Long.class),
                row.getObject("cut_off", Boolean.class),
                time(row, "cut_off_since"));
    }

    private static @Nullable Instant since(ClientState state, ResultSet row) throws SQLException {
        return switch (state) {
            case CONNECTED -> time(row, "connected_at");
            case DELIVERING -> null;
            case STOPPED -> time(row, "stopped_at");
            case LOST -> time(row, "heard_at");
            case SILENT -> time(row, "last_seen");
            case NEVER_SEEN -> time(row, "created_at");
        };
    }

    private static @Nullable Double clockOffsetMs(ResultSet row) throws SQLException {
        Long micros = row.getObject("clock_offset_us", Long.class);
        return micros == null ? null : micros / 1_000.0;
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static @Nullable List<String> texts(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return array == null ? null : List.of((String[]) array.getArray());
    }
}
