package org.pingrecorder.recorder.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.samples.Hours;
import org.pingrecorder.recorder.samples.PartReader;
import org.pingrecorder.recorder.samples.SampleCodec;
import org.pingrecorder.recorder.samples.SampleSpan;
import org.pingrecorder.recorder.samples.Samples;
import org.pingrecorder.recorder.samples.UploadPayload;

/**
 * Finds the newest pings: whatever ends before the oldest of those found so far is not looked into.
 * So it begins with the newest uploads, goes on with the ips that have the newest packed pings, and
 * reads each of these backwards in growing spans. For one search.
 */
final class NewestPings {

    private static final String UPLOADS =
            """
            SELECT client, id, least(last_at, ?) AS last_at FROM upload
            WHERE last_at >= ? AND first_at < ?%s
            ORDER BY least(last_at, ?) DESC
            """;

    private static final String PAYLOAD = "SELECT payload FROM upload WHERE client = ? AND id = ?";

    /**
     * Those ips that have pings after the window may have any in it; of the others each has its
     * last one in it, and no more of them can be among the newest than there are newest.
     */
    private static final String PACKED =
            """
            SELECT client, ip_id, first_at, last_at FROM (
                (SELECT client, ip_id, first_at, last_at FROM ip_total
                    WHERE last_at >= ? AND last_at < ?%1$s
                    ORDER BY last_at DESC LIMIT ?)
                UNION ALL
                (SELECT client, ip_id, first_at, last_at FROM ip_total
                    WHERE last_at >= ? AND first_at < ?%1$s)
            ) found
            ORDER BY least(last_at, ?) DESC
            """;

    private static final int FETCH_ROWS = 1_000;
    private static final Comparator<Found> OLDEST_FIRST =
            Comparator.comparingLong(Found::atMicros)
                    .thenComparing(Comparator.comparing(Found::client).reversed())
                    .thenComparing(Comparator.comparingLong(Found::ipId).reversed());

    private final Connection connection;
    private final long startMicros;
    private final long endMicros;
    private final int limit;
    private final PriorityQueue<Found> found = new PriorityQueue<>(OLDEST_FIRST);

    /** The ips that are wanted, by client; null where all of the clients' are. */
    private final @Nullable Map<String, Set<Long>> wanted;

    /** Whose pings are wanted; everybody's if empty. */
    private final List<String> clients;

    /** A ping, alone: those it was decoded with may be many. */
    private record Found(String client, long ipId, Samples ping, long atMicros) {}

    NewestPings(Connection connection, Filter filter, int limit) throws SQLException {
        this.connection = connection;
        this.startMicros = filter.startMicros();
        this.endMicros = filter.endMicros();
        this.limit = limit;
        this.wanted = filter.choosesIps() ? chosen(filter) : null;
        this.clients = wanted == null ? filter.clients() : List.copyOf(wanted.keySet());
    }

    private Map<String, Set<Long>> chosen(Filter filter) throws SQLException {
        Map<String, Set<Long>> chosen = new HashMap<>();
        try (Targets targets = new Targets(connection, filter, null)) {
            for (List<Target> client = targets.next(); client != null; client = targets.next()) {
                Set<Long> ids = new HashSet<>();
                client.forEach(target -> ids.add(target.ipId()));
                chosen.put(client.getFirst().client(), ids);
            }
        }
        return chosen;
    }

    List<StoredPing> find() throws SQLException {
        if (wanted != null && wanted.isEmpty()) {
            return List.of();
        }
        searchUploads();
        searchPacked();
        List<Found> newestFirst = new ArrayList<>();
        while (!found.isEmpty()) {
            newestFirst.add(found.remove());
        }
        Collections.reverse(newestFirst);
        Map<Long, Target> targets = targets(newestFirst);
        List<StoredPing> pings = new ArrayList<>();
        for (Found ping : newestFirst) {
            Target target = targets.get(ping.ipId());
            if (target != null) {
                pings.add(StoredPing.of(target, ping.ping(), 0));
            }
        }
        return pings;
    }

    private Map<Long, Target> targets(List<Found> pings) throws SQLException {
        Set<Long> ids = new HashSet<>();
        pings.forEach(ping -> ids.add(ping.ipId()));
        return Targets.ofIds(connection, ids);
    }

    /** Whether a ping of that time would be among the newest. */
    private boolean isWanted(long atMicros) {
        Found oldest = found.peek();
        return oldest == null || found.size() < limit || atMicros > oldest.atMicros();
    }

    private void offer(String client, long ipId, Samples samples, long from, long end) {
        for (int i = samples.size() - 1; i >= 0; i--) {
            long at = samples.atMicros(i);
            if (at >= from && at < end && isWanted(at)) {
                found.add(new Found(client, ipId, samples.only(i), at));
                if (found.size() > limit) {
                    found.remove();
                }
            }
        }
    }

    private boolean isWantedIp(String client, long ipId) {
        return wanted == null || wanted.getOrDefault(client, Set.of()).contains(ipId);
    }

    private void searchUploads() throws SQLException {
        try (PreparedStatement newest = connection.prepareStatement(forClients(UPLOADS, ""));
                PreparedStatement one = connection.prepareStatement(PAYLOAD)) {
            newest.setFetchSize(FETCH_ROWS);
            newest.setObject(1, Hours.parameter(endMicros));
            newest.setObject(2, Hours.parameter(startMicros));
            newest.setObject(3, Hours.parameter(endMicros));
            newest.setObject(setClients(newest, 4), Hours.parameter(endMicros));
            try (ResultSet rows = newest.executeQuery()) {
                while (rows.next() && isWanted(Hours.column(rows, "last_at"))) {
                    String client = rows.getString("client");
                    one.setString(1, client);
                    one.setLong(2, rows.getLong("id"));
                    try (ResultSet row = one.executeQuery()) {
                        row.next();
                        UploadPayload.read(
                                row.getBytes(1),
                                id -> isWantedIp(client, id),
                                (id, payload, start, length) -> {
                                    Samples samples = new Samples();
                                    SampleCodec.decode(payload, start, length, samples);
                                    offer(client, id, samples, startMicros, endMicros);
                                });
                    }
                }
            }
        }
    }

    private void searchPacked() throws SQLException {
        String ips = wanted == null ? "" : " AND ip_id = ANY (?)";
        try (PreparedStatement newest = connection.prepareStatement(forClients(PACKED, ips))) {
            newest.setFetchSize(FETCH_ROWS);
            newest.setObject(1, Hours.parameter(oldestWanted()));
            newest.setObject(2, Hours.parameter(endMicros));
            int next = setIps(newest, 3);
            newest.setInt(next++, limit);
            newest.setObject(next++, Hours.parameter(endMicros));
            newest.setObject(next++, Hours.parameter(endMicros));
            next = setIps(newest, next);
            newest.setObject(next, Hours.parameter(endMicros));
            try (ResultSet rows = newest.executeQuery()) {
                while (rows.next()) {
                    long last = Math.min(Hours.column(rows, "last_at"), endMicros - 1);
                    if (!isWanted(last)) {
                        return;
                    }
                    String client = rows.getString("client");
                    long ipId = rows.getLong("ip_id");
                    if (isWantedIp(client, ipId)) {
                        long first = Math.max(Hours.column(rows, "first_at"), startMicros);
                        searchBackwards(client, ipId, first, last);
                    }
                }
            }
        }
    }

    /** From the slice of the last ping back: first slices, then hours, then more and more. */
    private void searchBackwards(String client, long ipId, long firstMicros, long lastMicros)
            throws SQLException {
        long end = lastMicros + 1;
        long start = Hours.floor(lastMicros, Hours.SLICE_MICROS);
        long span = Hours.HOUR_MICROS;
        while (end > firstMicros && isWanted(end - 1)) {
            long from = Math.max(start, firstMicros);
            SampleSpan searched = SampleSpan.of(client, List.of(ipId), from, end);
            try (PartReader reader = PartReader.ofPacked(connection, searched)) {
                for (PartReader.Part part = reader.next(); part != null; part = reader.next()) {
                    offer(client, ipId, part.samples(), from, end);
                }
            }
            end = start;
            start = Hours.floor(start - span, Hours.HOUR_MICROS);
            span *= 2;
        }
    }

    /** The query for those of the clients that are wanted. */
    private String forClients(String sql, String ips) {
        return sql.formatted(clients.isEmpty() ? "" : " AND client = ANY (?)" + ips);
    }

    /** What is older need not be looked for. */
    private long oldestWanted() {
        Found oldest = found.peek();
        return oldest == null || found.size() < limit ? startMicros : oldest.atMicros();
    }

    /** Sets the clients and ips, where not all are wanted; returns the next parameter's number. */
    private int setIps(PreparedStatement statement, int number) throws SQLException {
        int next = setClients(statement, number);
        if (wanted != null) {
            Object[] ids = wanted.values().stream().flatMap(Set::stream).toArray();
            statement.setArray(next++, connection.createArrayOf("int8", ids));
        }
        return next;
    }

    /** Sets the clients, where not all are wanted; returns the number of the next parameter. */
    private int setClients(PreparedStatement statement, int number) throws SQLException {
        if (clients.isEmpty()) {
            return number;
        }
        statement.setArray(number, connection.createArrayOf("text", clients.toArray()));
        return number + 1;
    }
}
