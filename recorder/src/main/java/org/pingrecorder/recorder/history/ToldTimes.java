package org.pingrecorder.recorder.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.samples.Hours;

/** When some of one client's ips were pinged and when not, by the client's own word. */
final class ToldTimes {

    /** With the rows before the window, the last of which goes on in it. */
    private static final String RUNNING =
            """
            SELECT ip_id, from_at, interval_us FROM running
            WHERE client = ? AND ip_id = ANY (?) AND from_at < ?
            """;

    private static final String GAPS =
            """
            SELECT ip_id, from_at, to_at, reason FROM gap
            WHERE client = ? AND (ip_id IS NULL OR ip_id = ANY (?)) AND from_at < ?
              AND (to_at IS NULL OR to_at > ?)
            ORDER BY id
            """;

    private static final Timetable NONE = new Timetable();

    private final Map<Long, Timetable> timetables = new HashMap<>();

    /** In the order in which they were told. */
    private final List<Told> gaps = new ArrayList<>();

    /**
     * A gap as it was told.
     *
     * @param ipId null for all of the client's ips
     * @param toMicros null where it lasts until the ip's timetable begins anew
     */
    private record Told(
            @Nullable Long ipId, long fromMicros, @Nullable Long toMicros, String reason) {

        boolean isOf(long id) {
            return ipId == null || ipId == id;
        }
    }

    private ToldTimes() {}

    /**
     * Reads them.
     *
     * @param targets one or more of one client's ips
     * @param filter whose window counts
     */
    static ToldTimes read(Connection connection, List<Target> targets, Filter filter)
            throws SQLException {
        ToldTimes told = new ToldTimes();
        String client = targets.getFirst().client();
        Object[] ids = targets.stream().map(Target::ipId).toArray();
        try (PreparedStatement statement = connection.prepareStatement(RUNNING)) {
            statement.setString(1, client);
            statement.setArray(2, connection.createArrayOf("int8", ids));
            statement.setObject(3, Hours.parameter(filter.endMicros()));
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
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    told.gaps.add(
                            new Told(
                                    rows.getObject("ip_id", Long.class),
                                    Hours.column(rows, "from_at"),
                                    rows.getObject("to_at") == null
                                            ? null
                                            : Long.valueOf(Hours.column(rows, "to_at")),
                                    rows.getString("reason")));
                }
            }
        }
        return told;
    }

    /** An ip's timetable; one without a slot where none was told. */
    Timetable timetable(long ipId) {
        return timetables.getOrDefault(ipId, NONE);
    }

    /** Whether a timetable of the ip was told that begins before the window's end. */
    boolean hasTimetable(long ipId) {
        return timetables.containsKey(ipId);
    }

    /** An ip's gaps by their starts; where several were told of one time, the first counts. */
    NavigableMap<Long, Gap> gaps(long ipId) {
        TreeMap<Long, Gap> apart = new TreeMap<>();
        for (Told gap : gaps) {
            if (gap.isOf(ipId)) {
                Long told = gap.toMicros();
                long to = told == null ? timetable(ipId).nextStartAfter(gap.fromMicros()) : told;
                addBetween(apart, gap.fromMicros(), to, gap.reason());
            }
        }
        return apart;
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
