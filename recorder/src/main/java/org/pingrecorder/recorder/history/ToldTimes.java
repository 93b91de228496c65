package org.pingrecorder.recorder.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.samples.Hours;

/** When some of one client's ips were pinged and when not, by the client's own word. */
final class ToldTimes {

    /** From the last row before the window on, which goes on in it. */
    private static final String RUNNING =
            """
            SELECT asked.ip_id, from_at, interval_us
            FROM unnest(?) AS asked (ip_id)
            LEFT JOIN LATERAL (
                SELECT from_at AS at FROM running
                WHERE client = ? AND running.ip_id = asked.ip_id AND from_at <= ?
                ORDER BY from_at DESC LIMIT 1
            ) before ON true
            CROSS JOIN LATERAL (
                SELECT from_at, interval_us FROM running
                WHERE client = ? AND running.ip_id = asked.ip_id AND from_at < ?
                  AND from_at >= coalesce(before.at, '-infinity')
            ) told
            """;

    /** Of those that last until their ip runs again, none that began before it did for all. */
    private static final String GAPS =
            """
            SELECT id, ip_id, from_at, to_at, reason FROM gap
            WHERE client = ? AND (ip_id IS NULL OR ip_id = ANY (?)) AND from_at < ?
              AND (to_at > ? OR (to_at IS NULL AND from_at >= ?))
            ORDER BY id
            """;

    private static final Timetable NONE = new Timetable();

    private final Map<Long, Timetable> timetables = new HashMap<>();

    private final long startMicros;

    /** In the order in which they were told: of all of the client's ips, and of one. */
    private final List<Told> gapsOfAll = new ArrayList<>();

    private final Map<Long, List<Told>> gapsOfIps = new HashMap<>();

    /**
     * A gap as it was told.
     *
     * @param id grows from one told to the next
     * @param toMicros null where it lasts until the ip's timetable begins anew
     */
    private record Told(long id, long fromMicros, @Nullable Long toMicros, String reason) {}

    private ToldTimes(long startMicros) {
        this.startMicros = startMicros;
    }

    /**
     * Reads them.
     *
     * @param targets one or more of one client's ips
     * @param filter whose window counts
     */
    static ToldTimes read(Connection connection, List<Target> targets, Filter filter)
            throws SQLException {
        ToldTimes told = new ToldTimes(filter.startMicros());
        String client = targets.getFirst().client();
        Object[] ids = targets.stream().map(Target::ipId).toArray();
        try (PreparedStatement statement = connection.prepareStatement(RUNNING)) {
            statement.setArray(1, connection.createArrayOf("int8", ids));
            statement.setString(2, client);
            statement.setObject(3, Hours.parameter(filter.startMicros()));
            statement.setString(4, client);
            statement.setObject(5, Hours.parameter(filter.endMicros()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    told.timetables
                            .computeIfAbsent(rows.getLong("ip_id"), id -> new Timetable())
                            .add(Hours.column(rows, "from_at"), rows.getLong("interval_us"));
                }
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(GAPS)) {
            statement.setString(1, client);
            statement.setArray(2, connection.createArrayOf("int8", ids));
            statement.setObject(3, Hours.parameter(filter.endMicros()));
            statement.setObject(4, Hours.parameter(filter.startMicros()));
            statement.setObject(5, Hours.parameter(told.oldestRunMicros()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    told.add(rows);
                }
            }
        }
        return told;
    }

    /**
     * Since when none of the ips began anew before the window. What began earlier and lasts until
     * then ended before the window; one without a timetable at its start has no slots until then.
     */
    private long oldestRunMicros() {
        return timetables.values().stream()
                .mapToLong(Timetable::firstMicros)
                .reduce(startMicros, Math::min);
    }

    private void add(ResultSet row) throws SQLException {
        Long ipId = row.getObject("ip_id", Long.class);
        List<Told> of =
                ipId == null ? gapsOfAll : gapsOfIps.computeIfAbsent(ipId, id -> new ArrayList<>());
        of.add(
                new Told(
                        row.getLong("id"),
                        Hours.column(row, "from_at"),
                        row.getObject("to_at") == null
                                ? null
                                : Long.valueOf(Hours.column(row, "to_at")),
                        row.getString("reason")));
    }

    /** An ip's timetable; one without a slot where none was told. */
    Timetable timetable(long ipId) {
        return timetables.getOrDefault(ipId, NONE);
    }

    /** Whether a timetable of the ip was told that begins before the window's end. */
    boolean hasTimetable(long ipId) {
        return timetables.containsKey(ipId);
    }

    /**
     * An ip's gaps that reach into the window, by their starts; where several were told of one
     * time, the first counts.
     */
    NavigableMap<Long, Gap> gaps(long ipId) {
        Timetable timetable = timetable(ipId);
        TreeMap<Long, Gap> apart = new TreeMap<>();
        for (Told gap : told(gapsOfIps.getOrDefault(ipId, List.of()))) {
            Long told = gap.toMicros();
            long to = told == null ? timetable.nextStartAfter(gap.fromMicros()) : told;
            if (to > startMicros) {
                addBetween(apart, gap.fromMicros(), to, gap.reason());
            }
        }
        return apart;
    }

    /** With those of all ips, in the order in which they were told. */
    private List<Told> told(List<Told> ofIp) {
        if (ofIp.isEmpty()) {
            return gapsOfAll;
        }
        List<Told> both = new ArrayList<>(gapsOfAll);
        both.addAll(ofIp);
        both.sort(Comparator.comparingLong(Told::id));
        return both;
    }

    private static void addBetween(
            NavigableMap<Long, Gap> apart, long fromMicros, long toMicros, String reason) {
        for (long from = fromMicros; from < toMicros; ) {
            Map.Entry<Long, Gap> before = apart.floorEntry(from);
            if (before != null && before.getValue().toMicros() > from) {
                from = before.getValue().toMicros();
                continue;
            }
            Long next = apart.higherKey(from);
            long to = next == null ? toMicros : Math.min(next, toMicros);
            apart.put(from, new Gap(from, to, reason));
            from = to;
        }
    }
}
