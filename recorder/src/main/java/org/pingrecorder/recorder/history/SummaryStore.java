package org.pingrecorder.recorder.history;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.database.Database;
import org.pingrecorder.recorder.database.DatabaseException;
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

    /** An ip on the list, and what is told of it. */
    record Listed(Target target, SummaryRow row) {}

    /**
     * The ips on the list.
     *
     * @param chosen the ones that are wanted, in their order, of all as they are now; what their
     *     pings of the window come to is found out for these alone
     * @param sparkPoints parts of the window that sparklines have; 0 for none
     */
    List<SummaryRow> find(
            Filter filter, UnaryOperator<List<Listed>> chosen, int sparkPoints, long nowMicros) {
        try (Connection connection = database.snapshot()) {
            Limits.checkBacklog(connection, filter, Window.ALWAYS);
            List<Listed> all = new ArrayList<>();
            try (Targets targets = new Targets(connection, filter, null)) {
                for (List<Target> of = targets.next(); of != null; of = targets.next()) {
                    List<Target> listed = of.stream().filter(Target::isListed).toList();
                    if (!listed.isEmpty()) {
                        all.addAll(asTheyAre(connection, listed, filter, nowMicros));
                    }
                }
            }
            return counted(connection, chosen.apply(all), filter, sparkPoints);
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    private static List<SummaryRow> counted(
            Connection connection, List<Listed> wanted, Filter filter, int sparkPoints)
            throws SQLException {
        Buckets buckets = parts(filter, Math.max(1, sparkPoints));
        Limits.checkSummary(
                connection,
                filter,
                wanted.stream().map(row -> row.target().ipId()).toList(),
                buckets);
        TreeMap<String, List<Target>> clients = new TreeMap<>();
        for (Listed row : wanted) {
            clients.computeIfAbsent(row.target().client(), c -> new ArrayList<>())
                    .add(row.target());
        }
        Map<Long, SummaryRow> rows = new LinkedHashMap<>();
        wanted.forEach(row -> rows.put(row.target().ipId(), row.row()));
        for (List<Target> targets : clients.values()) {
            targets.sort(Comparator.comparingLong(Target::ipId));
            try (MergedBuckets merged =
                    new MergedBuckets(connection, targets, buckets, Summary::withoutQuantiles)) {
                for (MergedBuckets.OfIp ip = merged.next(); ip != null; ip = merged.next()) {
                    @Nullable Summary[] sums = ip.summaries();
                    rows.computeIfPresent(
                            ip.target().ipId(), (id, row) -> counted(row, sums, sparkPoints > 0));
                }
            }
        }
        return List.copyOf(rows.values());
    }

    private static SummaryRow counted(SummaryRow row, @Nullable Summary[] parts, boolean hasSpark) {
        Summary total = Summary.withoutQuantiles();
        List<@Nullable Double> means = hasSpark ? new ArrayList<>() : null;
        for (Summary part : parts) {
            if (part != null) {
                total.add(part);
            }
            if (means != null) {
                means.add(part == null ? null : Figures.ms(part.meanMicros()));
            }
        }
        return row.counted(total, means);
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

    private static List<Listed> asTheyAre(
            Connection connection, List<Target> targets, Filter filter, long nowMicros)
            throws SQLException {
        Map<Long, LiveState> live = LiveState.read(connection, targets);
        Map<Long, Long> disconnected =
                disconnectedMicros(connection, targets, live, filter, nowMicros);
        return targets.stream()
                .map(
                        target ->
                                new Listed(
                                        target,
                                        row(
                                                target,
                                                live.get(target.ipId()),
                                                disconnected.getOrDefault(target.ipId(), 0L)
                                                        / 1_000.0,
                                                nowMicros)))
                .toList();
    }

    private static SummaryRow row(
            Target target, @Nullable LiveState live, double disconnectedMs, long nowMicros) {
        if (live == null) {
            return SummaryRow.of(
                    target, State.UNKNOWN.text(), null, disconnectedMs, null, null, null);
        }
        IpState last = live.last();
        return SummaryRow.of(
                target,
                live.at(nowMicros).text(),
                Hours.instant(live.sinceMicros(nowMicros)),
                disconnectedMs,
                Hours.instant(last.lastMicros()),
                last.lastOutcome().text(),
                Figures.ms(last.lastLatencyMicros()));
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
                if (outage.isCutOff()) {
                    continue;
                }
                Long ended = outage.endedMicros();
                long from = Math.max(outage.startedMicros(), filter.startMicros());
                long to = Math.min(ended == null ? nowMicros : ended, filter.endMicros());
                sums.merge(row.target().ipId(), Math.max(0, to - from), Long::sum);
            }
        }
        return sums;
    }
}
