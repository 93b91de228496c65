package org.pingrecorder.recorder.history;

import io.micronaut.http.HttpStatus;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.http.Fault;
import org.pingrecorder.recorder.http.Window;
import org.pingrecorder.recorder.samples.Hours;

/** What one answer may cost; what would cost more is told before it is begun. */
final class Limits {

    /** Rows of one history. */
    static final int MOST_BUCKETS = 1_000_000;

    /** A few seconds of one processor. */
    static final long MOST_DECODED = 100_000_000;

    /** About as much. */
    static final long MOST_SUMMARIES = 2_000_000;

    /** Of one client, read at once from uploads that are not packed yet. */
    static final long MOST_WAITING = 5_000_000;

    /** Of one ip: whoever reads pings in their order has an hour of them in memory. */
    static final long MOST_OF_AN_HOUR = 1_000_000;

    /** Those of the client that has most. */
    private static final String WAITING =
            """
            SELECT coalesce(max(waiting.pings), 0) AS pings
            FROM (%s) asked
            CROSS JOIN LATERAL (
                SELECT sum(pings) AS pings FROM upload
                WHERE upload.client = asked.client AND last_at >= ? AND first_at < ?
            ) waiting
            """;

    /** Blocks of so many have an index of their own: so the bound is no parameter. */
    private static final String LARGEST_HOUR =
            """
            SELECT client, ip, hour, pings FROM (
                SELECT ip.client, ip.ip, hour, pings
                FROM block JOIN ip ON ip.client = block.client AND ip.id = block.ip_id
                WHERE hour >= ? AND hour < ? AND pings > %2$d%1$s
                UNION ALL
                SELECT ip.client, ip.ip, date_trunc('hour', slice, 'UTC') AS hour, sum(pings)
                FROM fresh JOIN ip ON ip.client = fresh.client AND ip.id = fresh.ip_id
                WHERE slice >= ? AND slice < ?%1$s
                GROUP BY ip.client, ip.ip, ip.id, date_trunc('hour', slice, 'UTC')
                HAVING sum(pings) > %2$d
            ) large
            ORDER BY pings DESC LIMIT 1
            """;

    /** An ip's pings in a window, if they came evenly over the time it was pinged. */
    private static final String COST =
            """
            SELECT coalesce(sum(hours), 0) AS hours, coalesce(sum(hours * an_hour), 0) AS pings
            FROM ip_total
            JOIN ip ON ip.client = ip_total.client AND ip.id = ip_total.ip_id
            CROSS JOIN LATERAL (
                SELECT extract(epoch FROM least(last_at, ?) - greatest(first_at, ?)) / 3600.0 AS hours,
                       (received + late + lost + not_sent)
                           / greatest(1, extract(epoch FROM last_at - first_at) / 3600.0) AS an_hour
            ) rate
            WHERE last_at >= ? AND first_at < ?\
            """;

    /** Weekly partitions are named by their first day. */
    private static final String OLDEST_BLOCKS =
            """
            SELECT min(to_date(right(child.relname, 8), 'YYYYMMDD'))::timestamp AT TIME ZONE 'UTC'
                AS start
            FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid
            WHERE inhparent = 'block'::regclass AND child.relname ~ '_[0-9]{8}$'
            """;

    private static final String SUMMARIZED =
            """
            SELECT EXISTS (
                SELECT FROM ip JOIN rollup ON rollup.client = ip.client AND rollup.ip_id = ip.id
                WHERE rollup.day >= ? AND rollup.day < ?%s)
            """;

    private static final String SHORTER = "ask for a shorter window or fewer ips.";

    private static final String SHORTER_OR_LONGER_STEP =
            "ask for a shorter window or fewer ips, or for a step of at least 1h that begins on the"
                    + " full hour.";

    private static final String FEWER_IPS =
            "ask for a shorter window or fewer ips, or for a page of them: limit, in an order that"
                    + " needs no counting, such as client, state or last_at, and without group.";

    private Limits() {}

    /**
     * Refuses more rows than an answer may have.
     *
     * @throws Fault 422
     */
    static void checkRows(Connection connection, Filter filter, long bucketsOfAnIp)
            throws SQLException {
        long ips = Targets.count(connection, filter);
        if (ips * bucketsOfAnIp > MOST_BUCKETS) {
            throw tooMuch(
                    bucketsOfAnIp
                            + " buckets of "
                            + ips
                            + " ips are more than "
                            + MOST_BUCKETS
                            + " rows; ask for a longer step, a shorter window or fewer ips.");
        }
    }

    /**
     * Refuses to count the pings of too many ips.
     *
     * @param ipIds of those whose pings are counted
     * @throws Fault 422
     */
    static void checkSummary(
            Connection connection, Filter filter, List<Long> ipIds, Buckets buckets)
            throws SQLException {
        if ((long) ipIds.size() * buckets.count() > MOST_BUCKETS) {
            throw tooMuch(
                    "Sparklines of %d points for %d ips are more than %d; %s"
                            .formatted(buckets.count(), ipIds.size(), MOST_BUCKETS, FEWER_IPS));
        }
        check(estimate(connection, filter, ipIds), buckets.cutPart(), true, FEWER_IPS);
    }

    /**
     * Refuses what would take too long to read.
     *
     * @param decodedPart of the window's hours, how many are decoded ping by ping: 0 to 1
     * @param isSummarized whether the other hours are read as summaries
     * @throws Fault 422
     */
    static void checkCost(
            Connection connection, Filter filter, double decodedPart, boolean isSummarized)
            throws SQLException {
        check(
                estimate(connection, filter, null),
                decodedPart,
                isSummarized,
                isSummarized && decodedPart == 0 ? SHORTER : SHORTER_OR_LONGER_STEP);
    }

    /** Hours and pings of a window. */
    private record Cost(double hours, double pings) {}

    /** By the ids of the ips, or of all that the filter chooses. */
    private static Cost estimate(Connection connection, Filter filter, @Nullable List<Long> ipIds)
            throws SQLException {
        String conditions = ipIds == null ? Targets.conditions(filter) : " AND ip.id = ANY (?)";
        try (PreparedStatement statement = connection.prepareStatement(COST + conditions)) {
            Object start = Hours.parameter(filter.startMicros());
            Object end = Hours.parameter(filter.endMicros());
            statement.setObject(1, end);
            statement.setObject(2, start);
            statement.setObject(3, start);
            statement.setObject(4, end);
            if (ipIds == null) {
                Targets.setConditions(statement, 5, filter);
            } else {
                statement.setArray(5, connection.createArrayOf("int8", ipIds.toArray()));
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new Cost(row.getDouble("hours"), row.getDouble("pings"));
            }
        }
    }

    private static void check(Cost cost, double decodedPart, boolean isSummarized, String mend) {
        double pings = cost.pings() * decodedPart;
        if (pings > MOST_DECODED) {
            throw tooMuch(
                    "About %,.0f pings would have to be read one by one, more than %,d; %s"
                            .formatted(pings, MOST_DECODED, mend));
        }
        if (isSummarized && cost.hours() > MOST_SUMMARIES) {
            throw tooMuch(
                    "About %,.0f hours would have to be summed up, more than %,d; %s"
                            .formatted(cost.hours(), MOST_SUMMARIES, mend));
        }
    }

    /**
     * Refuses to decode uploads that memory might not hold; packing makes them fewer.
     *
     * @param window of which uploads are read
     * @throws Fault 429
     */
    static void checkBacklog(Connection connection, Filter filter, Window window)
            throws SQLException {
        String asked =
                filter.choosesIps()
                        ? "SELECT DISTINCT client FROM ip WHERE true" + Targets.conditions(filter)
                        : "SELECT name AS client FROM client"
                                + (filter.clients().isEmpty() ? "" : " WHERE name = ANY (?)");
        try (PreparedStatement statement = connection.prepareStatement(WAITING.formatted(asked))) {
            int next = Targets.setConditions(statement, 1, filter);
            statement.setObject(next, Hours.parameter(Hours.micros(window.start())));
            statement.setObject(next + 1, Hours.parameter(Hours.micros(window.end())));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                long waiting = row.getLong("pings");
                if (waiting > MOST_WAITING) {
                    throw Fault.of(
                            HttpStatus.TOO_MANY_REQUESTS,
                            "Packing is behind by %,d pings; ask again later.".formatted(waiting));
                }
            }
        }
    }

    /**
     * Refuses to read pings of an hour that has too many of one ip.
     *
     * @throws Fault 422
     */
    static void checkHours(Connection connection, Filter filter) throws SQLException {
        String sql = LARGEST_HOUR.formatted(Targets.conditions(filter), MOST_OF_AN_HOUR);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int next = 1;
            for (long span : new long[] {Hours.HOUR_MICROS, Hours.SLICE_MICROS}) {
                long start = Hours.floor(filter.startMicros(), span);
                statement.setObject(next, Hours.parameter(start));
                statement.setObject(next + 1, Hours.parameter(filter.endMicros()));
                next = Targets.setConditions(statement, next + 2, filter);
            }
            try (ResultSet row = statement.executeQuery()) {
                if (row.next()) {
                    throw tooMuch(
                            ("%s of %s has %,d pings in the hour of %s, more than %,d; ask for a"
                                            + " window without that hour, for other ips, or for a"
                                            + " history of it in steps of at least 1h.")
                                    .formatted(
                                            row.getString("ip"),
                                            row.getString("client"),
                                            row.getLong("pings"),
                                            Hours.instant(Hours.column(row, "hour")),
                                            MOST_OF_AN_HOUR));
                }
            }
        }
    }

    /**
     * Refuses to show as gaps what retention has left only summaries of.
     *
     * @throws Fault 422
     */
    static void checkSamplesAreKept(Connection connection, Filter filter) throws SQLException {
        OptionalLong oldest = oldestBlocks(connection);
        long end = Math.min(filter.endMicros(), oldest.orElse(Long.MAX_VALUE));
        long start = Hours.floor(filter.startMicros(), Hours.DAY_MICROS);
        if (start >= end) {
            return;
        }
        String sql = SUMMARIZED.formatted(Targets.conditions(filter));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, Hours.parameter(start));
            statement.setObject(2, Hours.parameter(end));
            Targets.setConditions(statement, 3, filter);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                if (row.getBoolean(1)) {
                    String from =
                            oldest.isPresent()
                                    ? " or begin at " + Hours.instant(oldest.getAsLong())
                                    : "";
                    throw tooMuch(
                            "Of a part of this window only the summaries of hours are kept; ask for"
                                    + " a step of at least 1h"
                                    + from
                                    + ".");
                }
            }
        }
    }

    private static OptionalLong oldestBlocks(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OLDEST_BLOCKS);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getObject("start") == null
                    ? OptionalLong.empty()
                    : OptionalLong.of(Hours.column(row, "start"));
        }
    }

    private static Fault tooMuch(String detail) {
        return Fault.of(HttpStatus.UNPROCESSABLE_ENTITY, detail);
    }
}
