package org.pingrecorder.recorder.clients;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.OptionalInt;
import org.pingrecorder.recorder.database.Database;
import org.pingrecorder.recorder.database.Rows;
import org.pingrecorder.wire.Client;

/** The clients that anyone named. Thread-safe. */
@Singleton
final class ClientStore {

    private static final String LIST =
            """
            SELECT name, address, created_at, last_seen, clock_offset_us,
                   (SELECT count(*) FROM ip WHERE ip.client = client.name AND listed) AS ips
            FROM client
            WHERE name > ?
            ORDER BY name
            LIMIT ?
            """;

    private final Database database;

    ClientStore(Database database) {
        this.database = database;
    }

    /** The clients by name, after the given one. */
    Rows<Client> list(String after, OptionalInt limit) {
        return database.stream(
                LIST,
                statement -> {
                    statement.setString(1, after);
                    statement.setLong(2, limit.isPresent() ? limit.getAsInt() : Long.MAX_VALUE);
                },
                ClientStore::client);
    }

    private static Client client(ResultSet row) throws SQLException {
        OffsetDateTime lastSeen = row.getObject("last_seen", OffsetDateTime.class);
        long offsetMicros = row.getLong("clock_offset_us");
        Double offsetMs = row.wasNull() ? null : offsetMicros / 1_000.0;
        return new Client(
                row.getString("name"),
                row.getString("address"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                lastSeen == null ? null : lastSeen.toInstant(),
                offsetMs,
                row.getLong("ips"));
    }
}
