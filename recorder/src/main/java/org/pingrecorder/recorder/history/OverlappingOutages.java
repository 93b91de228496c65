package org.pingrecorder.recorder.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.database.Rows;
import org.pingrecorder.recorder.outages.Outage;
import org.pingrecorder.recorder.samples.Hours;

/**
 * Outages of one client's ips that overlap a window, by ip and time: the stored ones, or what pings
 * that are not packed yet made of them.
 */
final class OverlappingOutages implements Rows<OverlappingOutages.OfIp> {

    /**
     * Those of one ip do not overlap, nor do those in which its client was cut off: only the newest
     * of either kind before the window can reach into it. Sorted within, so that each ip is looked
     * up by its key whatever the planner thinks of their number.
     */
    private static final String OVERLAPPING =
            """
            SELECT asked.ip_id, started_at, ended_at, lost, cause, by_gap
            FROM unnest(?) AS asked (ip_id)
            CROSS JOIN LATERAL (
                SELECT max(started_at) AS at FROM outage
                WHERE client = ? AND outage.ip_id = asked.ip_id AND started_at <= ?
                  AND NOT cut_off
            ) before
            CROSS JOIN LATERAL (
                SELECT max(started_at) AS at FROM outage
                WHERE client = ? AND outage.ip_id = asked.ip_id AND started_at <= ?
                  AND cut_off
            ) before_cut_off
            CROSS JOIN LATERAL (
                SELECT started_at, ended_at, lost, cause, by_gap, cut_off FROM outage
                WHERE client = ? AND outage.ip_id = asked.ip_id AND started_at < ?
                  AND started_at >= coalesce(least(before.at, before_cut_off.at), '-infinity')
                ORDER BY started_at, cut_off
            ) stored
            ORDER BY asked.ip_id, started_at, stored.cut_off
            """;

    private static final int FETCH_ROWS = 1_000;

    private final Iterator<Target> targets;
    private final Map<Long, LiveState> live;
    private final Filter filter;
    private final long nowMicros;
    private final PreparedStatement statement;
    private final ResultSet rows;
    private boolean hasRow;

    // Of one ip.
    private @Nullable Target target;
    private Deque<Outage> changed = new ArrayDeque<>();

    /** An outage of an ip. */
    record OfIp(Target target, Outage outage) {

        Position position() {
            return new Position(
                    target.client(),
                    target.ipId(),
                    outage.startedMicros(),
                    outage.isCutOff() ? 1 : 0);
        }
    }

    /**
     * Opens them.
     *
     * @param targets by id
     * @param live of the same snapshot
     */
    OverlappingOutages(
            Connection connection,
            List<Target> targets,
            Map<Long, LiveState> live,
            Filter filter,
            long nowMicros)
            throws SQLException {
        this.targets = targets.iterator();
        this.live = live;
        this.filter = filter;
        this.nowMicros = nowMicros;
        String client = targets.getFirst().client();
        Object[] ids = targets.stream().map(Target::ipId).toArray();
        statement = connection.prepareStatement(OVERLAPPING);
        statement.setFetchSize(FETCH_ROWS);
        statement.setArray(1, connection.createArrayOf("int8", ids));
        statement.setString(2, client);
        statement.setObject(3, Hours.parameter(filter.startMicros()));
        statement.setString(4, client);
        statement.setObject(5, Hours.parameter(filter.startMicros()));
        statement.setString(6, client);
        statement.setObject(7, Hours.parameter(filter.endMicros()));
        rows = statement.executeQuery();
        hasRow = rows.next();
    }

    @Override
    public @Nullable OfIp next() throws SQLException {
        while (true) {
            Target current = target;
            Outage outage = current == null ? null : nextOf(current);
            if (current == null || outage == null) {
                if (!targets.hasNext()) {
                    return null;
                }
                begin(targets.next());
            } else if (overlaps(outage)) {
                return new OfIp(current, outage);
            }
        }
    }

    private void begin(Target next) {
        target = next;
        LiveState state = live.get(next.ipId());
        changed = new ArrayDeque<>(state == null ? List.of() : state.outages(nowMicros));
    }

    /** The earlier of the stored and the changed; what was changed takes the stored one's place. */
    private @Nullable Outage nextOf(Target current) throws SQLException {
        Outage change = changed.peek();
        Outage stored = nextStored(current);
        if (stored == null || (change != null && Outage.IN_ORDER.compare(change, stored) < 0)) {
            return changed.poll();
        }
        hasRow = rows.next();
        return change != null && Outage.IN_ORDER.compare(change, stored) == 0
                ? changed.poll()
                : stored;
    }

    private @Nullable Outage nextStored(Target current) throws SQLException {
        LiveState state = live.get(current.ipId());
        for (; hasRow && rows.getLong("ip_id") == current.ipId(); hasRow = rows.next()) {
            Outage stored = read(rows);
            if (state == null || stored.startedMicros() < state.replacedFromMicros()) {
                return stored;
            }
        }
        return null;
    }

    private boolean overlaps(Outage outage) {
        Long ended = outage.endedMicros();
        return outage.startedMicros() < filter.endMicros()
                && (ended == null || ended > filter.startMicros());
    }

    private static Outage read(ResultSet row) throws SQLException {
        return new Outage(
                Hours.column(row, "started_at"),
                row.getObject("ended_at") == null ? null : Hours.column(row, "ended_at"),
                row.getInt("lost"),
                row.getString("cause"),
                row.getBoolean("by_gap"));
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
