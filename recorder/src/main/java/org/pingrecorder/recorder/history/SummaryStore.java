package org.pingrecorder.recorder.history;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.database.Database;
import org.pingrecorder.recorder.database.Rows;
import org.pingrecorder.recorder.http.Window;
import org.pingrecorder.recorder.outages.IpState;
import org.pingrecorder.recorder.outages.Outage;
import org.pingrecorder.recorder.outages.State;
import org.pingrecorder.recorder.samples.Hours;
import org.pingrecorder.recorder.samples.Summary;

/** What the ips on the list are now, and what their pings in a window come to. Thread-safe. */
@Singleton
final class SummaryStore {

    /** The parts of a longer window are whole hours, which have summaries. */
    private static final long LONGEST_DECODED_MICROS = 6 * Hours.HOUR_MICROS;

    private final Database database;

    SummaryStore(Database database) {
        this.database = database;
    }

    /**
     * The ips on the list, by client and in the order of their registration.
     *
     * @param sparkPoints parts of the window that sparklines have; 0 for none
     */
    Rows<SummaryRow> find(Filter filter, int sparkPoints, long nowMicros) {
        Buckets buckets = parts(filter, Math.max(1, sparkPoints));
        return new ClientRows<>(
                database,
                filter,
                null,
                connection -> check(connection, filter, buckets),
                (connection, targets) ->
                        ofClient(
                                connection,
                                targets.stream().filter(Target::isListed).toList(),
                                filter,
                                buckets,
                                sparkPoints > 0,
                                nowMicros));
    }

    private static void check(Connection connection, Filter filter, Buckets buckets)
            throws SQLException {
        Limits.checkRows(connection, filter, buckets.count());
        Limits.checkBacklog(connection, filter, Window.ALWAYS);
        Limits.checkCost(connection, filter, buckets.cutPart(), true);
    }

    /** Equal parts of a window; fewer where they would be shorter than the hours they are of. */
    private static Buckets parts(Filter filter, int points) {
        long start = filter.startMicros();
        long length = filter.endMicros() - start;
        if (length == 0) {
            return new Buckets(new long[] {start});
        }
        boolean ofHours = length > LONGEST_DECODED_MICROS;
        int count =
                (int) Math.min(points, ofHours ? length / Hours.HOUR_MICROS : Math.max(1, length));
        long[] edges = new long[count + 1];
        for (int i = 0; i <= count; i++) {
            long edge = start + length / count * i + length % count * i / count;
            boolean isInner = i > 0 && i < count;
            edges[i] = isInner && ofHours ? Hours.floor(edge, Hours.HOUR_MICROS) : edge;
        }
        return new Buckets(edges);
    }

    private static Rows<SummaryRow> ofClient(
            Connection connection,
            List<Target> targets,
            Filter filter,
            Buckets buckets,
            boolean hasSpark,
            long nowMicros)
            throws SQLException {
        if (targets.isEmpty()) {
            return Rows.of(List.of());
        }
        Map<Long, LiveState> live = LiveState.read(connection, targets);
        Map<Long, Long> disconnected =
                disconnectedMicros(connection, targets, live, filter, nowMicros);
        return new MergedBuckets(connection, targets, buckets, Summary::withoutQuantiles)
                .select(
                        ip -> {
                            Target target = ip.target();
                            double disconnectedMs =
                                    disconnected.getOrDefault(target.ipId(), 0L) / 1_000.0;
                            return row(
                                    ip,
                                    live.get(target.ipId()),
                                    disconnectedMs,
                                    hasSpark,
                                    nowMicros);
                        });
    }

    private static SummaryRow row(
            MergedBuckets.OfIp ip,
            @Nullable LiveState live,
            double disconnectedMs,
            boolean hasSpark,
            long nowMicros) {
        Summary total = Summary.withoutQuantiles();
        List<@Nullable Double> spark = hasSpark ? new ArrayList<>() : null;
        for (Summary part : ip.summaries()) {
            if (part != null) {
                total.add(part);
            }
            if (spark != null) {
                spark.add(part == null ? null : Figures.ms(part.meanMicros()));
            }
        }
        if (live == null) {
            return SummaryRow.of(
                    ip.target(),
                    State.UNKNOWN.text(),
                    null,
                    total,
                    disconnectedMs,
                    null,
                    null,
                    null,
                    spark);
        }
        IpState last = live.last();
        return SummaryRow.of(
                ip.target(),
                live.at(nowMicros).text(),
                Hours.instant(live.sinceMicros(nowMicros)),
                total,
                disconnectedMs,
                Hours.instant(last.lastMicros()),
                last.lastOutcome().text(),
                Figures.ms(last.lastLatencyMicros()),
                spark);
    }

    /** How much of the window, up to now, is outages; by ip id. */
    private static Map<Long, Long> disconnectedMicros(
            Connection connection,
            List<Target> targets,
            Map<Long, LiveState> live,
            Filter filter,
            long nowMicros)
            throws SQLException {
        Map<Long, Long> sums = new HashMap<>();
        try (OverlappingOutages outages =
                new OverlappingOutages(connection, targets, live, filter, nowMicros)) {
            for (OverlappingOutages.OfIp row = outages.next(); row != null; row = outages.next()) {
                Outage outage = row.outage();
                Long ended = outage.endedMicros();
                long from = Math.max(outage.startedMicros(), filter.startMicros());
                long to = Math.min(ended == null ? nowMicros : ended, filter.endMicros());
                sums.merge(row.target().ipId(), Math.max(0, to - from), Long::sum);
            }
        }
        return sums;
    }
}
