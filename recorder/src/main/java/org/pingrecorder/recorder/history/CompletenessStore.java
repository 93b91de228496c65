package org.pingrecorder.recorder.history;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.database.Database;
import org.pingrecorder.recorder.database.Rows;
import org.pingrecorder.recorder.http.Window;
import org.pingrecorder.recorder.samples.Hours;
import org.pingrecorder.recorder.samples.Summary;

/** What is stored, against what clients say they planned. Thread-safe. */
@Singleton
final class CompletenessStore {

    /** A client's default timeout and grace: so long after its slot a ping may be undecided. */
    private static final long UNDECIDED_MICROS = TimeUnit.SECONDS.toMicros(5);

    /** And so much more until it is here. */
    private static final long UPLOAD_MICROS = TimeUnit.SECONDS.toMicros(10);

    /** With the row before the window, whose timetable goes on in it. */
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

    private final Database database;

    CompletenessStore(Database database) {
        this.database = database;
    }

    /**
     * An ip a row, of all that are on the list or have pings or a timetable; up to the newest pings
     * that should be here by now.
     */
    Rows<CompletenessRow> find(Filter asked, Instant now) {
        Instant latest = now.minusMillis((UNDECIDED_MICROS + UPLOAD_MICROS) / 1_000);
        Instant start = asked.window().start();
        Instant end = asked.window().end().isAfter(latest) ? latest : asked.window().end();
        Window window = new Window(start, end.isBefore(start) ? start : end);
        Filter filter = asked.within(window);
        return new ClientRows<>(
                database,
                filter,
                null,
                connection -> {
                    Limits.checkBacklog(connection, filter, Window.ALWAYS);
                    Limits.checkCost(connection, filter, 0, true);
                },
                (connection, targets) -> Rows.of(ofClient(connection, targets, filter)));
    }

    private static List<CompletenessRow> ofClient(
            Connection connection, List<Target> targets, Filter filter) throws SQLException {
        Map<Long, Timetable> timetables = timetables(connection, targets, filter);
        Map<@Nullable Long, List<Gap>> gaps = gaps(connection, targets, filter, timetables);
        OptionalLong newest =
                NewestDelivered.find(connection, targets.getFirst().client(), filter.startMicros());
        // Pings before it are delivered, if they ever will be.
        long delivered = newest.isPresent() ? newest.getAsLong() - UNDECIDED_MICROS : 0;
        Map<Long, Completeness> all = new HashMap<>();
        // Most ips share their reasons, and are then read together.
        Map<List<Long>, List<Target>> sameParts = new LinkedHashMap<>();
        for (Target target : targets) {
            long id = target.ipId();
            Completeness ofIp =
                    new Completeness(
                            timetables.getOrDefault(id, new Timetable()),
                            gaps.getOrDefault(id, List.of()),
                            delivered);
            all.put(id, ofIp);
            long[] edges = ofIp.parts(filter.startMicros(), filter.endMicros()).edges();
            sameParts
                    .computeIfAbsent(Arrays.stream(edges).boxed().toList(), e -> new ArrayList<>())
                    .add(target);
        }
        TreeMap<Long, CompletenessRow> rows = new TreeMap<>();
        for (Map.Entry<List<Long>, List<Target>> group : sameParts.entrySet()) {
            long[] edges = group.getKey().stream().mapToLong(Long::longValue).toArray();
            Buckets parts = new Buckets(edges);
            try (MergedBuckets merged =
                    new MergedBuckets(
                            connection, group.getValue(), parts, Summary::withoutQuantiles)) {
                for (MergedBuckets.OfIp ip = merged.next(); ip != null; ip = merged.next()) {
                    long id = ip.target().ipId();
                    if (ip.target().isListed() || ip.hasAny() || timetables.containsKey(id)) {
                        Completeness ofIp = all.get(id);
                        if (ofIp != null) {
                            rows.put(id, ofIp.row(ip.target(), parts, ip.summaries()));
                        }
                    }
                }
            }
        }
        return List.copyOf(rows.values());
    }

    private static Map<Long, Timetable> timetables(
            Connection connection, List<Target> targets, Filter filter) throws SQLException {
        Map<Long, Timetable> timetables = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(RUNNING)) {
            setIps(statement, targets);
            statement.setObject(3, Hours.parameter(filter.endMicros()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    timetables
                            .computeIfAbsent(rows.getLong("ip_id"), id -> new Timetable())
                            .add(Hours.column(rows, "from_at"), rows.getLong("interval_us"));
                }
            }
        }
        return timetables;
    }

    /** By ip; one that lasts ends where the ip's timetable begins anew. */
    private static Map<@Nullable Long, List<Gap>> gaps(
            Connection connection,
            List<Target> targets,
            Filter filter,
            Map<Long, Timetable> timetables)
            throws SQLException {
        Map<@Nullable Long, List<Gap>> gaps = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(GAPS)) {
            setIps(statement, targets);
            statement.setObject(3, Hours.parameter(filter.endMicros()));
            statement.setObject(4, Hours.parameter(filter.startMicros()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    long ipId = rows.getLong("ip_id");
                    boolean isOfAll = rows.wasNull();
                    long from = Hours.column(rows, "from_at");
                    boolean lasts = rows.getObject("to_at") == null;
                    String reason = rows.getString("reason");
                    for (Target target : targets) {
                        if (isOfAll || target.ipId() == ipId) {
                            long to =
                                    lasts
                                            ? timetables
                                                    .getOrDefault(target.ipId(), new Timetable())
                                                    .nextStartAfter(from)
                                            : Hours.column(rows, "to_at");
                            gaps.computeIfAbsent(target.ipId(), id -> new ArrayList<>())
                                    .add(new Gap(from, to, reason));
                        }
                    }
                }
            }
        }
        return gaps;
    }

    private static void setIps(PreparedStatement statement, List<Target> targets)
            throws SQLException {
        statement.setString(1, targets.getFirst().client());
        statement.setArray(
                2,
                statement
                        .getConnection()
                        .createArrayOf("int8", targets.stream().map(Target::ipId).toArray()));
    }
}
