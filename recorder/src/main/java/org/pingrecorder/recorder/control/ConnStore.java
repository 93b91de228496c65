package org.pingrecorder.recorder.control;

import io.micronaut.serde.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Function;
import org.pingrecorder.recorder.database.Database;
import org.pingrecorder.recorder.database.DatabaseException;
import org.pingrecorder.recorder.database.Rows;
import org.pingrecorder.recorder.samples.StorableText;
import org.pingrecorder.wire.ConnectedClient;
import org.pingrecorder.wire.control.Capabilities;
import org.pingrecorder.wire.control.Register;
import org.pingrecorder.wire.control.Status;

/** Who is connected to this recorder, for the other recorders to know. Thread-safe. */
@Singleton
final class ConnStore {

    /** Locks the client's row, so that of several claims one comes after the other. */
    private static final String CLIENT =
            """
            INSERT INTO client (name, address, last_seen, clock_offset_us)
            VALUES (?, ?, now(), ?)
            ON CONFLICT (name) DO UPDATE SET
                address = excluded.address, last_seen = now(), listed = true,
                clock_offset_us = coalesce(client.clock_offset_us, excluded.clock_offset_us)
            RETURNING plan_revision, plan_acked
            """;

    private static final String HOLDER =
            """
            SELECT conn.installation, conn.address, conn.connected_at,
                   conn.recorder <> ? AS is_elsewhere
            FROM conn LEFT JOIN recorder ON recorder.id = conn.recorder
            WHERE conn.client = ? AND conn.ended_at IS NULL AND conn.stopped_at IS NULL
              AND (conn.recorder = ? OR recorder.seen_at > now() - interval '15 seconds')
            """;

    private static final String CONNECT =
            """
            INSERT INTO conn (client, id, recorder, installation, address, addresses, version,
                              capabilities)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?::jsonb)
            ON CONFLICT (client) DO UPDATE SET
                id = excluded.id, recorder = excluded.recorder,
                installation = excluded.installation, address = excluded.address,
                addresses = excluded.addresses, version = excluded.version,
                capabilities = excluded.capabilities, connected_at = now(),
                ended_at = NULL, stopped_at = NULL, status_at = NULL, pinged_ips = NULL,
                spooled_pings = NULL, dropped_pings = NULL, cut_off = NULL,
                cut_off_since = NULL
            """;

    private static final String STOPPED =
            """
            UPDATE conn SET stopped_at = coalesce(stopped_at, now()) WHERE client = ? AND id = ?
            """;

    private static final String ENDED =
            """
            UPDATE conn SET ended_at = now() - make_interval(secs => g.silent_seconds)
            FROM unnest(?::text[], ?::text[], ?::float8[]) AS g (client, id, silent_seconds)
            WHERE conn.client = g.client AND conn.id = g.id AND conn.ended_at IS NULL
            RETURNING conn.client
            """;

    private static final String STATUS =
            """
            UPDATE conn SET status_at = now(), pinged_ips = g.ips, spooled_pings = g.spooled,
                   dropped_pings = g.dropped, cut_off = g.cut_off,
                   cut_off_since = CASE
                       WHEN NOT g.cut_off THEN NULL
                       WHEN conn.cut_off THEN conn.cut_off_since
                       ELSE now() - g.cut_off_us * interval '1 microsecond'
                   END
            FROM unnest(?::text[], ?::text[], ?::int8[], ?::int8[], ?::int8[], ?::bool[], ?::int8[])
                AS g (client, id, ips, spooled, dropped, cut_off, cut_off_us)
            WHERE conn.client = g.client AND conn.id = g.id
            """;

    private static final String CONNECTED =
            """
            SELECT conn.client, conn.id, conn.recorder, conn.address, conn.addresses, conn.version,
                   conn.capabilities, conn.connected_at
            FROM conn JOIN recorder ON recorder.id = conn.recorder
            WHERE conn.ended_at IS NULL AND conn.stopped_at IS NULL
              AND recorder.seen_at > now() - interval '15 seconds' AND conn.client > ?
            ORDER BY conn.client
            LIMIT ?
            """;

    private static final long LONGEST_CUT_OFF_MICROS = Duration.ofDays(3_650).toNanos() / 1_000;

    private final Database database;
    private final ObjectMapper mapper;

    private final String recorder;

    ConnStore(Database database, ObjectMapper mapper, RecorderId id) {
        this.database = database;
        this.mapper = mapper;
        this.recorder = id.text();
    }

    /** Connects a client, unless another installation is by its name. */
    Claim claim(Conn conn, Register register, long clockOffsetMicros) {
        return inTransaction(
                connection -> {
                    long[] plans =
                            addClient(connection, register, conn.address(), clockOffsetMicros);
                    boolean tookOver = false;
                    try (PreparedStatement statement = connection.prepareStatement(HOLDER)) {
                        statement.setString(1, recorder);
                        statement.setString(2, register.client());
                        statement.setString(3, recorder);
                        try (ResultSet holder = statement.executeQuery()) {
                            if (holder.next()) {
                                if (!register.installation()
                                        .equals(holder.getString("installation"))) {
                                    connection.rollback(); // nothing is known of who is refused
                                    return new Claim.Taken(
                                            holder.getString("address"),
                                            holder.getObject("connected_at", OffsetDateTime.class)
                                                    .toInstant());
                                }
                                tookOver = holder.getBoolean("is_elsewhere");
                            }
                        }
                    }
                    connect(connection, conn, register);
                    return new Claim.Granted(plans[0], plans[1], tookOver);
                });
    }

    private static long[] addClient(
            Connection connection, Register register, String address, long clockOffsetMicros)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CLIENT)) {
            statement.setString(1, register.client());
            statement.setString(2, address);
            statement.setLong(3, clockOffsetMicros);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new long[] {row.getLong("plan_revision"), row.getLong("plan_acked")};
            }
        }
    }

    private void connect(Connection connection, Conn conn, Register register) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CONNECT)) {
            statement.setString(1, register.client());
            statement.setString(2, conn.id());
            statement.setString(3, recorder);
            statement.setString(4, register.installation());
            statement.setString(5, conn.address());
            statement.setArray(6, array(connection, "text", register.addresses(), a -> a));
            statement.setString(7, StorableText.of(register.version()));
            statement.setString(8, mapper.writeValueAsString(storable(register.capabilities())));
            statement.executeUpdate();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // to memory: only a defect of ours
        }
    }

    private static Capabilities storable(Capabilities given) {
        return new Capabilities(
                given.icmp().stream().map(StorableText::of).toList(),
                given.ipv4(),
                given.ipv6(),
                given.mostPingsPerSecond(),
                StorableText.of(given.os()));
    }

    /** The client said that it stops. */
    void stopped(String client, String conn) {
        inTransaction(
                connection -> {
                    try (PreparedStatement statement = connection.prepareStatement(STOPPED)) {
                        statement.setString(1, client);
                        statement.setString(2, conn);
                        return statement.executeUpdate();
                    }
                });
    }

    /**
     * A connection that is over.
     *
     * @param heardNanos when something was heard on it last
     */
    record Ended(String client, String conn, long heardNanos) {

        double silentSeconds(long nowNanos) {
            return (nowNanos - heardNanos) / 1e9;
        }
    }

    /**
     * Connections ended.
     *
     * @return the clients that are not connected any more: without those that have another one
     */
    List<String> ended(List<Ended> all) {
        return inTransaction(
                connection -> {
                    long nowNanos = System.nanoTime();
                    try (PreparedStatement statement = connection.prepareStatement(ENDED)) {
                        statement.setArray(1, array(connection, "text", all, Ended::client));
                        statement.setArray(2, array(connection, "text", all, Ended::conn));
                        statement.setArray(
                                3,
                                array(
                                        connection,
                                        "float8",
                                        all,
                                        each -> each.silentSeconds(nowNanos)));
                        try (ResultSet rows = statement.executeQuery()) {
                            List<String> clients = new ArrayList<>();
                            while (rows.next()) {
                                clients.add(rows.getString(1));
                            }
                            return clients;
                        }
                    }
                });
    }

    /** The newest word of a client on how it does. */
    record Reported(String client, String conn, Status status) {}

    /** Stores how clients do, in key order. */
    void status(List<Reported> all) {
        inTransaction(
                connection -> {
                    try (PreparedStatement statement = connection.prepareStatement(STATUS)) {
                        statement.setArray(1, array(connection, "text", all, Reported::client));
                        statement.setArray(2, array(connection, "text", all, Reported::conn));
                        statement.setArray(
                                3, array(connection, "int8", all, each -> each.status().ips()));
                        statement.setArray(
                                4, array(connection, "int8", all, r -> r.status().spooledPings()));
                        statement.setArray(
                                5, array(connection, "int8", all, r -> r.status().droppedPings()));
                        statement.setArray(
                                6, array(connection, "bool", all, r -> r.status().cutOff()));
                        statement.setArray(
                                7, array(connection, "int8", all, r -> cutOffMicros(r.status())));
                        return statement.executeUpdate();
                    }
                });
    }

    /** How long it is cut off by now; both times are of one clock, whatever that shows. */
    private static long cutOffMicros(Status status) {
        Long since = status.cutOffSinceUs();
        return since == null ? 0 : Math.clamp(status.timeUs() - since, 0, LONGEST_CUT_OFF_MICROS);
    }

    /** The clients that are connected, to whichever recorder, by name, after the given one. */
    Rows<ConnectedClient> connected(String after, OptionalInt limit) {
        return database.stream(
                CONNECTED,
                statement -> {
                    statement.setString(1, after);
                    statement.setLong(2, limit.isPresent() ? limit.getAsInt() : Long.MAX_VALUE);
                },
                this::connected);
    }

    private ConnectedClient connected(ResultSet row) throws SQLException {
        Capabilities capabilities = capabilities(row.getString("capabilities"));
        return new ConnectedClient(
                row.getString("client"),
                row.getString("id"),
                row.getString("recorder"),
                row.getString("address"),
                List.of((String[]) row.getArray("addresses").getArray()),
                row.getString("version"),
                capabilities.icmp(),
                capabilities.ipv4(),
                capabilities.ipv6(),
                capabilities.mostPingsPerSecond(),
                capabilities.os(),
                row.getObject("connected_at", OffsetDateTime.class).toInstant());
    }

    private Capabilities capabilities(String json) {
        try {
            return Objects.requireNonNull(mapper.readValue(json, Capabilities.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // we wrote it
        }
    }

    private <T> T inTransaction(Database.Work<T> work) {
        try {
            return database.inTransaction(work);
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    private static <T> java.sql.Array array(
            Connection connection, String type, List<T> rows, Function<T, Object> value)
            throws SQLException {
        return connection.createArrayOf(type, rows.stream().map(value).toArray());
    }
}
