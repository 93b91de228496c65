package org.pingrecorder.recorder.live;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pingrecorder.recorder.database.Database;
import org.pingrecorder.recorder.intake.StoredUpload;
import org.pingrecorder.recorder.ips.IpStore;
import org.pingrecorder.recorder.outages.IpState;

/** What the live stream reads. Thread-safe. */
@Singleton
final class LiveStore {

    /** Many rows by their keys, whatever statistics say of a table that fills and empties. */
    private static final String BY_KEYS =
            """
            SET LOCAL enable_seqscan = off;
            SET LOCAL enable_hashjoin = off;
            SET LOCAL enable_mergejoin = off;
            SET LOCAL statement_timeout = '10s'
            """;

    private static final String NEWEST = "SELECT coalesce(max(id), 0) FROM upload";

    private static final String IDS = "SELECT client, id FROM upload WHERE id > ? ORDER BY id";

    private static final String ALL =
            "SELECT client, id, payload FROM upload WHERE id > ? ORDER BY id";

    private static final String UPLOADS =
            """
            SELECT upload.client, upload.id, upload.payload
            FROM unnest(?::text[], ?::bigint[]) AS g (client, id)
            JOIN upload ON upload.client = g.client AND upload.id = g.id
            ORDER BY upload.id
            """;

    private static final String STATE_COLUMNS =
            """
            SELECT ip_id, last_at, last_outcome, last_latency_us, interval_us, lost_run, lost_since,
                   lost_until, lost_cause, cut_off_run, cut_off_since, cut_off_until,
                   state, state_since, decided_at
            FROM ip_total
            """;

    /** Those that may become unknown before they are heard of again. */
    private static final String RECENT_STATES =
            STATE_COLUMNS + "WHERE decided_at > now() - interval '4 hours'";

    private static final String STATES = STATE_COLUMNS + "WHERE client = ? AND ip_id = ANY (?)";

    private static final String IPS =
            """
            SELECT ip.id, ip.client, ip.ip, ip.family, ip.name, ip.tags, client.tags AS client_tags
            FROM ip JOIN client ON client.name = ip.client
            """;

    private static final String BY_IDS = IPS + "WHERE ip.id = ANY (?)";

    private static final String LISTED = IPS + "WHERE ip.client = ? AND ip.listed";

    private static final int FETCH_ROWS = 64;

    private final Database database;

    LiveStore(Database database) {
        this.database = database;
    }

    /** Takes rows one by one. */
    interface Uploads {
        void take(StoredUpload upload) throws SQLException;
    }

    /** What listening begins with: one snapshot of states, and of uploads that are not in them. */
    interface Beginning extends Uploads {
        void state(long ipId, IpState state);
    }

    /**
     * Reads where all ips stand.
     *
     * @param window uploads whose ids are so much below the newest are left out
     * @return the id above which all uploads were given
     */
    long begin(long window, Beginning beginning) throws SQLException {
        try (Connection connection = database.snapshot()) {
            long newest;
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(NEWEST)) {
                row.next();
                newest = row.getLong(1);
            }
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(1_000);
                try (ResultSet rows = statement.executeQuery(RECENT_STATES)) {
                    while (rows.next()) {
                        beginning.state(rows.getLong("ip_id"), IpState.read(rows));
                    }
                }
            }
            long above = newest - window;
            try (PreparedStatement statement = connection.prepareStatement(ALL)) {
                statement.setLong(1, above);
                read(statement, beginning);
            }
            return above;
        }
    }

    private static void read(PreparedStatement statement, Uploads uploads) throws SQLException {
        statement.setFetchSize(FETCH_ROWS);
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                uploads.take(
                        new StoredUpload(
                                rows.getString("client"),
                                rows.getLong("id"),
                                rows.getBytes("payload")));
            }
        }
    }

    /** The keys of all uploads above an id that are not packed yet, by id. */
    List<Inbox.Entry> keys(long above) {
        return database.list(
                IDS,
                statement -> statement.setLong(1, above),
                row -> new Inbox.Entry(row.getString("client"), row.getLong("id"), null));
    }

    /**
     * Reads some uploads, by id; those that are packed meanwhile are left out.
     *
     * @param keys of which
     */
    void read(List<Inbox.Entry> keys, Uploads uploads) throws SQLException {
        database.<Object>inTransaction(
                connection -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute(BY_KEYS);
                    }
                    try (PreparedStatement statement = connection.prepareStatement(UPLOADS)) {
                        statement.setArray(
                                1,
                                connection.createArrayOf(
                                        "text", keys.stream().map(Inbox.Entry::client).toArray()));
                        statement.setArray(
                                2,
                                connection.createArrayOf(
                                        "int8", keys.stream().map(Inbox.Entry::id).toArray()));
                        read(statement, uploads);
                    }
                    return keys;
                });
    }

    /** Where some of a client's ips stood when they were packed; an ip without a ping has none. */
    Map<Long, IpState> states(String client, Collection<Long> ipIds) {
        Map<Long, IpState> states = new HashMap<>();
        database.list(
                STATES,
                statement -> {
                    statement.setString(1, client);
                    statement.setArray(
                            2, statement.getConnection().createArrayOf("int8", ipIds.toArray()));
                },
                row -> states.put(row.getLong("ip_id"), IpState.read(row)) == null);
        return states;
    }

    /** Some ips, by id; one that is gone for good is left out. */
    Map<Long, LiveIp> ips(Collection<Long> ids) {
        Map<Long, LiveIp> ips = new HashMap<>();
        List<LiveIp> found =
                database.list(
                        BY_IDS,
                        statement ->
                                statement.setArray(
                                        1,
                                        statement
                                                .getConnection()
                                                .createArrayOf("int8", ids.toArray())),
                        LiveStore::ip);
        found.forEach(ip -> ips.put(ip.id(), ip));
        return ips;
    }

    /** A client's ips on the list. */
    List<LiveIp> ipsOf(String client) {
        return database.list(LISTED, statement -> statement.setString(1, client), LiveStore::ip);
    }

    private static LiveIp ip(ResultSet row) throws SQLException {
        Set<String> tags = new HashSet<>(tags(row, "tags"));
        tags.addAll(tags(row, "client_tags"));
        return LiveIp.of(
                row.getLong("id"),
                row.getString("client"),
                row.getString("ip"),
                IpStore.family(row),
                row.getString("name"),
                Set.copyOf(tags));
    }

    private static List<String> tags(ResultSet row, String column) throws SQLException {
        return Arrays.asList((String[]) row.getArray(column).getArray());
    }
}
