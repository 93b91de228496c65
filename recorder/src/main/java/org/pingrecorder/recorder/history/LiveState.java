package org.pingrecorder.recorder.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.http.Window;
import org.pingrecorder.recorder.outages.IpState;
import org.pingrecorder.recorder.outages.Outage;
import org.pingrecorder.recorder.outages.State;
import org.pingrecorder.recorder.samples.Hours;
import org.pingrecorder.recorder.samples.SampleReader;
import org.pingrecorder.recorder.samples.SampleReader.IpHour;

/**
 * Where an ip stands now: what was packed of it, taken on by the rule over what is not packed yet.
 * Pings that came late, before the newest packed one, change nothing here until they are packed.
 */
final class LiveState {

    private static final String TOTALS =
            """
            SELECT ip_id, last_at, last_outcome, last_latency_us, interval_us, lost_run, lost_since,
                   lost_until, lost_cause, state, state_since, decided_at
            FROM ip_total WHERE client = ? AND ip_id = ANY (?)
            """;

    private final IpState state;
    private final List<Outage> ended = new ArrayList<>();

    private LiveState(IpState state) {
        this.state = state;
    }

    /** Those of some of one client's ips, by id; an ip without a ping has none. */
    static Map<Long, LiveState> read(Connection connection, List<Target> targets)
            throws SQLException {
        String client = targets.getFirst().client();
        List<Long> ids = targets.stream().map(Target::ipId).toList();
        Map<Long, LiveState> states = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(TOTALS)) {
            statement.setString(1, client);
            statement.setArray(2, connection.createArrayOf("int8", ids.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    states.put(rows.getLong("ip_id"), new LiveState(IpState.read(rows)));
                }
            }
        }
        try (SampleReader uploads =
                SampleReader.ofUploads(
                        connection,
                        client,
                        ids,
                        Hours.micros(Window.ALWAYS.start()),
                        Hours.micros(Window.ALWAYS.end()))) {
            for (IpHour hour = uploads.next(); hour != null; hour = uploads.next()) {
                states.computeIfAbsent(hour.ipId(), id -> new LiveState(new IpState())).add(hour);
            }
        }
        return states;
    }

    private void add(IpHour hour) {
        for (int i = 0; i < hour.samples().size(); i++) {
            if (state.isEmpty() || hour.samples().atMicros(i) >= state.lastMicros()) {
                Outage end = state.add(hour.samples(), i);
                if (end != null) {
                    ended.add(end);
                }
            }
        }
    }

    /** Where its last ping left it. */
    IpState last() {
        return state;
    }

    State at(long nowMicros) {
        return state.stateAt(nowMicros);
    }

    /** Since when it is what it is. */
    long sinceMicros(long nowMicros) {
        return at(nowMicros) == state.state()
                ? state.stateSinceMicros()
                : state.unknownFromMicros();
    }

    /**
     * The outages that are not as the database has them: those that ended since, and the one that
     * lasts. If no ping came for long, that one ended with its last lost ping.
     */
    List<Outage> outages(long nowMicros) {
        List<Outage> outages = new ArrayList<>(ended);
        Outage running = state.running();
        if (running != null) {
            outages.add(isSilent(nowMicros) ? endedByGap(running) : running);
        }
        return outages;
    }

    private boolean isSilent(long nowMicros) {
        return IpState.isGap(
                state.lastMicros(), state.intervalMicros(), nowMicros, state.intervalMicros());
    }

    private Outage endedByGap(Outage running) {
        @Nullable Long until = state.lostUntilMicros();
        return new Outage(running.startedMicros(), until, running.lost(), running.cause(), true);
    }
}
