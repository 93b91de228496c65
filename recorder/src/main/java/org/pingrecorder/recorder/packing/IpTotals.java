package org.pingrecorder.recorder.packing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.outages.IpState;
import org.pingrecorder.recorder.samples.Hours;

/** Reads and writes {@code ip_total}. */
final class IpTotals {

    private static final String FIND =
            "SELECT * FROM ip_total WHERE client = ? AND ip_id = ANY (?)";

    private static final String SAVE =
            """
            INSERT INTO ip_total (
                client, ip_id, received, late, lost, cut_off, not_sent, duplicates,
                disconnected_us,
                first_at, last_at, last_outcome, last_latency_us, interval_us,
                lost_run, lost_since, lost_until, lost_cause,
                cut_off_run, cut_off_since, cut_off_until, state, state_since, decided_at)
            SELECT ?, ip_id, received, late, lost, cut_off, not_sent, duplicates, disconnected_us,
                timestamptz 'epoch' + first_at * interval '1 microsecond',
                timestamptz 'epoch' + last_at * interval '1 microsecond',
                last_outcome, last_latency_us, interval_us, lost_run,
                timestamptz 'epoch' + lost_since * interval '1 microsecond',
                timestamptz 'epoch' + lost_until * interval '1 microsecond',
                lost_cause, cut_off_run,
                timestamptz 'epoch' + cut_off_since * interval '1 microsecond',
                timestamptz 'epoch' + cut_off_until * interval '1 microsecond', state,
                timestamptz 'epoch' + state_since * interval '1 microsecond',
                timestamptz 'epoch' + decided_at * interval '1 microsecond'
            FROM unnest(
                ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
                ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::bigint[],
                ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::bigint[],
                ?::bigint[], ?::bigint[], ?::text[], ?::bigint[], ?::bigint[]) AS g (
                ip_id, received, late, lost, cut_off, not_sent, duplicates,
                disconnected_us, first_at, last_at, last_outcome, last_latency_us, interval_us,
                lost_run, lost_since, lost_until, lost_cause,
                cut_off_run, cut_off_since, cut_off_until, state, state_since, decided_at)
            ON CONFLICT (client, ip_id) DO UPDATE SET
                received = EXCLUDED.received, late = EXCLUDED.late, lost = EXCLUDED.lost,
                cut_off = EXCLUDED.cut_off, not_sent = EXCLUDED.not_sent,
                duplicates = EXCLUDED.duplicates,
                disconnected_us = EXCLUDED.disconnected_us, first_at = EXCLUDED.first_at,
                last_at = EXCLUDED.last_at, last_outcome = EXCLUDED.last_outcome,
                last_latency_us = EXCLUDED.last_latency_us, interval_us = EXCLUDED.interval_us,
                lost_run = EXCLUDED.lost_run, lost_since = EXCLUDED.lost_since,
                lost_until = EXCLUDED.lost_until, lost_cause = EXCLUDED.lost_cause,
                cut_off_run = EXCLUDED.cut_off_run, cut_off_since = EXCLUDED.cut_off_since,
                cut_off_until = EXCLUDED.cut_off_until, state = EXCLUDED.state, state_since = EXCLUDED.state_since,
                decided_at = EXCLUDED.decided_at
            """;

    private IpTotals() {}

    /** By ip id; a new one for each ip that has none yet. */
    static Map<Long, IpTotal> find(Connection connection, String client, Collection<Long> ipIds)
            throws SQLException {
        Map<Long, IpTotal> totals = new HashMap<>();
        for (Long id : ipIds) {
            totals.put(id, new IpTotal(id));
        }
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setString(1, client);
            statement.setArray(2, new Columns<>(connection, List.copyOf(ipIds)).longs(id -> id));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    IpTotal total = read(rows);
                    totals.put(total.ipId, total);
                }
            }
        }
        return totals;
    }

    private static IpTotal read(ResultSet row) throws SQLException {
        IpTotal total = new IpTotal(row.getLong("ip_id"));
        total.received = row.getLong("received");
        total.late = row.getLong("late");
        total.lost = row.getLong("lost");
        total.cutOff = row.getLong("cut_off");
        total.notSent = row.getLong("not_sent");
        total.duplicates = row.getLong("duplicates");
        total.disconnectedMicros = row.getLong("disconnected_us");
        total.firstMicros = Hours.column(row, "first_at");
        total.state = IpState.read(row);
        return total;
    }

    static void save(Connection connection, String client, List<IpTotal> totals)
            throws SQLException {
        Columns<IpTotal> columns = new Columns<>(connection, totals);
        try (PreparedStatement statement = connection.prepareStatement(SAVE)) {
            statement.setString(1, client);
            statement.setArray(2, columns.longs(total -> total.ipId));
            statement.setArray(3, columns.longs(total -> total.received));
            statement.setArray(4, columns.longs(total -> total.late));
            statement.setArray(5, columns.longs(total -> total.lost));
            statement.setArray(6, columns.longs(total -> total.cutOff));
            statement.setArray(7, columns.longs(total -> total.notSent));
            statement.setArray(8, columns.longs(total -> total.duplicates));
            statement.setArray(9, columns.longs(total -> total.disconnectedMicros));
            statement.setArray(10, columns.longs(total -> total.firstMicros));
            statement.setArray(11, columns.longs(total -> total.state.lastMicros()));
            statement.setArray(12, columns.texts(total -> total.state.lastOutcome().text()));
            statement.setArray(13, columns.nullableLongs(IpTotals::latency));
            statement.setArray(14, columns.longs(total -> total.state.intervalMicros()));
            statement.setArray(15, columns.longs(total -> total.state.lostRun()));
            statement.setArray(16, columns.nullableLongs(total -> total.state.lostSinceMicros()));
            statement.setArray(17, columns.nullableLongs(total -> total.state.lostUntilMicros()));
            statement.setArray(18, columns.texts(total -> total.state.lostCause()));
            statement.setArray(19, columns.longs(total -> total.state.cutOffRun()));
            statement.setArray(20, columns.nullableLongs(total -> total.state.cutOffSinceMicros()));
            statement.setArray(21, columns.nullableLongs(total -> total.state.cutOffUntilMicros()));
            statement.setArray(22, columns.texts(total -> total.state.state().text()));
            statement.setArray(23, columns.longs(total -> total.state.stateSinceMicros()));
            statement.setArray(24, columns.nullableLongs(total -> total.state.decidedMicros()));
            statement.executeUpdate();
        }
    }

    private static @Nullable Long latency(IpTotal total) {
        int latency = total.state.lastLatencyMicros();
        return latency < 0 ? null : (long) latency;
    }
}
