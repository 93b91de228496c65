package org.pingrecorder.recorder.history;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.database.Rows;
import org.pingrecorder.recorder.ips.IpStore;
import org.pingrecorder.recorder.samples.Hours;

/** The ips that a filter chooses, those of one client at a time, by client and id. */
final class Targets implements Rows<List<Target>> {

    private static final int FETCH_ROWS = 1_000;

    private static final String COLUMNS =
            "SELECT client, id, ip, family, name, listed FROM ip WHERE true";

    private static final String TAGGED =
            " AND (ip.tags && ? OR ip.client IN (SELECT name FROM client WHERE client.tags && ?))";

    private static final String PAUSED =
            "SELECT name, paused_at FROM client WHERE paused_at IS NOT NULL";

    private final Map<String, Instant> paused;
    private final PreparedStatement statement;
    private final ResultSet rows;
    private @Nullable Target ahead;

    /**
     * Opens it.
     *
     * @param after the place of the last known ping, whose ip is the first; null for all
     */
    Targets(Connection connection, Filter filter, @Nullable Position after) throws SQLException {
        paused = paused(connection);
        statement =
                connection.prepareStatement(
                        COLUMNS
                                + conditions(filter)
                                + (after == null ? "" : " AND (client, id) >= (?, ?)")
                                + " ORDER BY client, id");
        statement.setFetchSize(FETCH_ROWS);
        int next = setConditions(statement, 1, filter);
        if (after != null) {
            statement.setString(next, after.client());
            statement.setLong(next + 1, after.ipId());
        }
        rows = statement.executeQuery();
        advance();
    }

    private static Map<String, Instant> paused(Connection connection) throws SQLException {
        Map<String, Instant> paused = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(PAUSED);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                paused.put(rows.getString("name"), Hours.instant(Hours.column(rows, "paused_at")));
            }
        }
        return paused;
    }

    /** What of a filter concerns table {@code ip}, to follow another condition. */
    static String conditions(Filter filter) {
        return (filter.ips().isEmpty() ? "" : " AND ip.ip = ANY (?)")
                + (filter.families().isEmpty() ? "" : " AND ip.family = ANY (?)")
                + (filter.clients().isEmpty() ? "" : " AND ip.client = ANY (?)")
                + (filter.tags().isEmpty() ? "" : TAGGED);
    }

    /** Sets what {@link #conditions} asks for; returns the number of the next parameter. */
    static int setConditions(PreparedStatement statement, int first, Filter filter)
            throws SQLException {
        Connection connection = statement.getConnection();
        int next = first;
        if (!filter.ips().isEmpty()) {
            statement.setArray(next++, connection.createArrayOf("text", filter.ips().toArray()));
        }
        if (!filter.families().isEmpty()) {
            Object[] versions = filter.families().stream().map(IpStore::version).toArray();
            statement.setArray(next++, connection.createArrayOf("int2", versions));
        }
        if (!filter.clients().isEmpty()) {
            statement.setArray(
                    next++, connection.createArrayOf("text", filter.clients().toArray()));
        }
        if (!filter.tags().isEmpty()) {
            Array tags = connection.createArrayOf("text", filter.tags().toArray());
            statement.setArray(next++, tags);
            statement.setArray(next++, tags);
        }
        return next;
    }

    /** How many ips a filter chooses. */
    static long count(Connection connection, Filter filter) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "SELECT count(*) FROM ip WHERE true" + conditions(filter))) {
            setConditions(statement, 1, filter);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** Some ips by their ids, whoever's they are. */
    static Map<Long, Target> ofIds(Connection connection, Collection<Long> ids)
            throws SQLException {
        Map<String, Instant> paused = paused(connection);
        Map<Long, Target> targets = new HashMap<>();
        try (PreparedStatement statement =
                connection.prepareStatement(COLUMNS + " AND id = ANY (?)")) {
            statement.setArray(1, connection.createArrayOf("int8", ids.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Target target = read(rows, paused);
                    targets.put(target.ipId(), target);
                }
            }
        }
        return targets;
    }

    private void advance() throws SQLException {
        ahead = rows.next() ? read(rows, paused) : null;
    }

    private static Target read(ResultSet row, Map<String, Instant> paused) throws SQLException {
        String client = row.getString("client");
        return new Target(
                client,
                row.getLong("id"),
                row.getString("ip"),
                IpStore.family(row),
                row.getString("name"),
                paused.get(client),
                row.getBoolean("listed"));
    }

    @Override
    public @Nullable List<Target> next() throws SQLException {
        Target first = ahead;
        if (first == null) {
            return null;
        }
        List<Target> ofClient = new ArrayList<>();
        for (Target target = first;
                target != null && target.client().equals(first.client());
                target = ahead) {
            ofClient.add(target);
            advance();
        }
        return ofClient;
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
