package org.pingrecorder.recorder.intake;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** When clients delivered last, from where, and how their clocks stood. */
final class SeenClients {

    /**
     * At most one write a second for a client, however many pings it delivers; one that another
     * recorder writes just now is left to it.
     */
    private static final String SEEN =
            """
            WITH due AS (
                SELECT client.name, g.address, g.offset_us FROM client
                JOIN unnest(?::text[], ?::text[], ?::bigint[]) AS g (name, address, offset_us)
                    USING (name)
                WHERE client.last_seen IS NULL OR client.last_seen < now() - interval '1 second'
                   OR client.address IS DISTINCT FROM g.address OR NOT client.listed
                FOR NO KEY UPDATE OF client SKIP LOCKED
            )
            UPDATE client SET last_seen = now(), address = due.address, listed = true,
                   clock_offset_us = coalesce(due.offset_us, client.clock_offset_us)
            FROM due WHERE client.name = due.name
            """;

    private SeenClients() {}

    /** What the latest delivery of a client told. */
    private record Seen(String sender, @Nullable Long offsetMicros) {}

    static void mark(Connection connection, List<TableDeliveryStore.News> all) throws SQLException {
        Map<String, Seen> seen = new TreeMap<>();
        for (TableDeliveryStore.News news : all) {
            Long offset =
                    news.batches().isEmpty() ? null : news.batches().getLast().estimateMicros();
            seen.put(news.delivery().client(), new Seen(news.delivery().sender(), offset));
        }
        try (PreparedStatement statement = connection.prepareStatement(SEEN)) {
            statement.setArray(1, connection.createArrayOf("text", seen.keySet().toArray()));
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "text", seen.values().stream().map(Seen::sender).toArray()));
            statement.setArray(
                    3,
                    connection.createArrayOf(
                            "int8", seen.values().stream().map(Seen::offsetMicros).toArray()));
            statement.executeUpdate();
        }
    }
}
