package org.pingrecorder.recorder.history;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.pingrecorder.recorder.database.Database;
import org.pingrecorder.recorder.database.Rows;
import org.pingrecorder.recorder.http.Window;
import org.pingrecorder.recorder.outages.Outage;
import org.pingrecorder.recorder.samples.Hours;

/** Outages, those included that pings not packed yet begin, extend or end. Thread-safe. */
@Singleton
final class OutageStore {

    private static final String OVERLAPPING =
            """
            SELECT ip_id, started_at, ended_at, lost, cause, by_gap FROM outage
            WHERE client = ? AND ip_id = ANY (?) AND started_at < ?
              AND (ended_at > ? OR ended_at IS NULL)
            """;

    private final Database database;

    OutageStore(Database database) {
        this.database = database;
    }

    /** An outage of an ip. */
    record OfIp(Target target, Outage outage) {

        Position position() {
            return new Position(target.client(), target.ipId(), outage.startedMicros(), 0);
        }
    }

    /** Those that overlap a window, by client, ip and time. */
    Rows<OfIp> find(Filter filter, Optional<Position> after, long nowMicros) {
        Position known = after.orElse(null);
        return new ClientRows<>(
                database,
                filter,
                known,
                connection -> Limits.checkBacklog(connection, filter, Window.ALWAYS),
                (connection, targets) -> {
                    Map<Long, List<Outage>> outages =
                            read(
                                    connection,
                                    targets,
                                    LiveState.read(connection, targets),
                                    filter,
                                    nowMicros);
                    List<OfIp> rows = new ArrayList<>();
                    for (Target target : targets) {
                        for (Outage outage : outages.getOrDefault(target.ipId(), List.of())) {
                            OfIp row = new OfIp(target, outage);
                            if (known == null || isAfter(row.position(), known)) {
                                rows.add(row);
                            }
                        }
                    }
                    return Rows.of(rows);
                });
    }

    private static boolean isAfter(Position position, Position known) {
        return !position.client().equals(known.client())
                || position.ipId() != known.ipId()
                || position.atMicros() > known.atMicros();
    }

    /**
     * Those of one client's ips that overlap a window, by ip id, in the order of time.
     *
     * @param live of the same snapshot
     */
    static Map<Long, List<Outage>> read(
            Connection connection,
            List<Target> targets,
            Map<Long, LiveState> live,
            Filter filter,
            long nowMicros)
            throws SQLException {
        Map<Long, TreeMap<Long, Outage>> byStart = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(OVERLAPPING)) {
            statement.setString(1, targets.getFirst().client());
            statement.setArray(
                    2,
                    connection.createArrayOf("int8", targets.stream().map(Target::ipId).toArray()));
            statement.setObject(3, Hours.parameter(filter.endMicros()));
            statement.setObject(4, Hours.parameter(filter.startMicros()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Outage outage = outage(rows);
                    byStart.computeIfAbsent(rows.getLong("ip_id"), id -> new TreeMap<>())
                            .put(outage.startedMicros(), outage);
                }
            }
        }
        live.forEach(
                (id, state) -> {
                    for (Outage outage : state.outages(nowMicros)) {
                        TreeMap<Long, Outage> ofIp =
                                byStart.computeIfAbsent(id, i -> new TreeMap<>());
                        ofIp.put(outage.startedMicros(), outage);
                    }
                });
        Map<Long, List<Outage>> overlapping = new HashMap<>();
        byStart.forEach(
                (id, outages) ->
                        overlapping.put(
                                id,
                                outages.values().stream()
                                        .filter(o -> overlaps(o, filter))
                                        .toList()));
        return overlapping;
    }

    private static boolean overlaps(Outage outage, Filter filter) {
        Long ended = outage.endedMicros();
        return outage.startedMicros() < filter.endMicros()
                && (ended == null || ended > filter.startMicros());
    }

    private static Outage outage(ResultSet row) throws SQLException {
        return new Outage(
                Hours.column(row, "started_at"),
                row.getObject("ended_at") == null ? null : Hours.column(row, "ended_at"),
                row.getInt("lost"),
                row.getString("cause"),
                row.getBoolean("by_gap"));
    }
}
