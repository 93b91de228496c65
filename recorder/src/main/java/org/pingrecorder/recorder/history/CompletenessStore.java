package org.pingrecorder.recorder.history;

import jakarta.inject.Singleton;
import java.sql.Connection;
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
import org.pingrecorder.recorder.database.Database;
import org.pingrecorder.recorder.database.Rows;
import org.pingrecorder.recorder.http.Window;
import org.pingrecorder.recorder.samples.Summary;

/** What is stored, against what clients say they planned. Thread-safe. */
@Singleton
final class CompletenessStore {

    /** A client's default timeout and grace: so long after its slot a ping may be undecided. */
    private static final long UNDECIDED_MICROS = TimeUnit.SECONDS.toMicros(5);

    /** And so much more until it is here. */
    private static final long UPLOAD_MICROS = TimeUnit.SECONDS.toMicros(10);

    private final Database database;

    CompletenessStore(Database database) {
        this.database = database;
    }

    /**
     * An ip a row, of all that are on the list or have pings or a timetable; up to the newest pings
     * that should be here by now.
     */
    Rows<CompletenessRow> find(Filter asked, Instant now) {
        Filter filter = untilDecided(asked, now);
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

    /** The part of its window whose pings should be decided and here by now. */
    static Filter untilDecided(Filter asked, Instant now) {
        Instant latest = now.minusMillis((UNDECIDED_MICROS + UPLOAD_MICROS) / 1_000);
        Instant start = asked.window().start();
        Instant end = asked.window().end().isAfter(latest) ? latest : asked.window().end();
        Window window = new Window(start, end.isBefore(start) ? start : end);
        return asked.within(window);
    }

    /**
     * A client's pings before that time are delivered, if they ever will be.
     *
     * @param targets the ips in question, of one client
     * @param filter how long before or after its window it is does not matter
     */
    static long deliveredMicros(Connection connection, List<Target> targets, Filter filter)
            throws SQLException {
        OptionalLong newest =
                NewestDelivered.find(
                        connection,
                        targets,
                        filter.startMicros(),
                        filter.endMicros() + UNDECIDED_MICROS);
        return newest.isPresent() ? newest.getAsLong() - UNDECIDED_MICROS : 0;
    }

    private static List<CompletenessRow> ofClient(
            Connection connection, List<Target> targets, Filter filter) throws SQLException {
        ToldTimes told = ToldTimes.read(connection, targets, filter);
        long delivered = deliveredMicros(connection, targets, filter);
        Map<Long, Completeness> all = new HashMap<>();
        // Most ips share their reasons, and are then read together.
        Map<List<Long>, List<Target>> sameParts = new LinkedHashMap<>();
        for (Target target : targets) {
            long id = target.ipId();
            Completeness ofIp = new Completeness(told.timetable(id), told.gaps(id), delivered);
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
                    if (ip.target().isListed() || ip.hasAny() || told.hasTimetable(id)) {
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
}
