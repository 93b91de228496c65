package org.pingrecorder.recorder.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.pingrecorder.recorder.http.Window;
import org.pingrecorder.recorder.outages.IpState;
import org.pingrecorder.recorder.outages.Outage;
import org.pingrecorder.recorder.outages.State;
import org.pingrecorder.recorder.samples.Hours;
import org.pingrecorder.recorder.samples.SampleReader;
import org.pingrecorder.recorder.samples.SampleReader.IpHour;
import org.pingrecorder.recorder.samples.SampleSpan;
import org.pingrecorder.recorder.samples.Samples;

/**
 * Where an ip stands now: what was packed of it, taken on by the rule over what is not packed yet.
 * A lost ping is decided seconds after the replies that follow it, so it may come when these are
 * packed already: then the rule runs anew from a reply before it. Pings that come later than that
 * change nothing here until they are packed.
 */
final class LiveState {

    private static final String TOTALS =
            """
            SELECT ip_id, last_at, last_outcome, last_latency_us, interval_us, lost_run, lost_since,
                   lost_until, lost_cause, cut_off_run, cut_off_since, cut_off_until,
                   state, state_since, decided_at
            FROM ip_total WHERE client = ? AND ip_id = ANY (?)
            """;

    /** How much later than the newest packed ping of its ip one may come to count at once. */
    private static final long RECENT_MICROS = TimeUnit.MINUTES.toMicros(10);

    /** How far before a late ping a reply is looked for. */
    private static final long LOOK_BACK_MICROS = TimeUnit.MINUTES.toMicros(10);

    /** An ip with more in an hour is left as it is packed, as its late pings are. */
    private static final int MOST_PINGS_OF_AN_HOUR = 500_000;

    private IpState state;
    private List<Outage> ended = new ArrayList<>();

    /** Time of the first ping that came too late for what is packed. */
    private long lateMicros = Long.MAX_VALUE;

    /** What the database has of outages that began later is out of date. */
    private long replacedFromMicros = Long.MAX_VALUE;

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
                        SampleSpan.of(
                                client,
                                ids,
                                Hours.micros(Window.ALWAYS.start()),
                                Hours.micros(Window.ALWAYS.end())))) {
            for (IpHour hour = uploads.next(); hour != null; hour = uploads.next()) {
                states.computeIfAbsent(hour.ipId(), id -> new LiveState(new IpState())).add(hour);
            }
        }
        runAnew(connection, client, states);
        return states;
    }

    private void add(IpHour hour) {
        for (int i = 0; i < hour.samples().size(); i++) {
            long at = hour.samples().atMicros(i);
            if (state.isEmpty() || at >= state.lastMicros()) {
                state.add(hour.samples(), i, ended::add);
            } else if (state.lastMicros() - at <= RECENT_MICROS) {
                lateMicros = Math.min(lateMicros, at);
            }
        }
    }

    private static void runAnew(Connection connection, String client, Map<Long, LiveState> states)
            throws SQLException {
        Map<Long, LiveState> late = new TreeMap<>(states);
        late.values().removeIf(one -> one.lateMicros == Long.MAX_VALUE);
        if (late.isEmpty()) {
            return;
        }
        // Those of ips that were pinged long before are not worth all that lies in between.
        long newest = late.values().stream().mapToLong(one -> one.lateMicros).max().orElseThrow();
        late.values().removeIf(one -> one.lateMicros < newest - RECENT_MICROS);
        long first = newest - RECENT_MICROS;
        SampleSpan span =
                SampleSpan.of(
                        client,
                        late.keySet(),
                        first - LOOK_BACK_MICROS,
                        Hours.micros(Window.ALWAYS.end()));
        try (SampleReader all = SampleReader.of(connection, span, MOST_PINGS_OF_AN_HOUR)) {
            IpHour hour = all.next();
            for (Map.Entry<Long, LiveState> one : late.entrySet()) {
                Samples pings = new Samples();
                boolean isWhole = true;
                for (; hour != null && hour.ipId() == one.getKey(); hour = all.next()) {
                    isWhole &= hour.isWhole();
                    pings.addFrom(hour.samples(), span.startMicros(), span.endMicros());
                }
                if (isWhole) {
                    one.getValue().runAnew(pings);
                }
            }
        }
    }

    /** From the last reply before the late ping on, at which no run of lost ones goes on. */
    private void runAnew(Samples pings) {
        int start = -1;
        for (int i = 0; i < pings.size() && pings.atMicros(i) < lateMicros; i++) {
            if (pings.outcome(i).hasLatency()) {
                start = i;
            }
        }
        if (start < 0) {
            return;
        }
        IpState inOrder = state;
        state = new IpState();
        ended = new ArrayList<>();
        replacedFromMicros = pings.atMicros(start);
        for (int i = start; i < pings.size(); i++) {
            state.add(pings, i, ended::add);
        }
        if (state.stateSinceMicros() == replacedFromMicros
                && state.state() == inOrder.state()
                && inOrder.stateSinceMicros() < replacedFromMicros) {
            state.setStateSinceMicros(inOrder.stateSinceMicros());
        }
    }

    /** The time from which {@link #outages} has all there are, those stored included. */
    long replacedFromMicros() {
        return replacedFromMicros;
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
     * The outages that are not as the database has them: those that ended since (or anew), and the
     * ones that last, in the order of their beginnings. If no ping came for long, those ended with
     * their last lost pings.
     */
    List<Outage> outages(long nowMicros) {
        List<Outage> all = new ArrayList<>(ended);
        all.addAll(isSilent(nowMicros) ? state.runningUntilGap() : state.running());
        // Pings of one time can make two that begin together: the last is stored.
        TreeMap<Outage, Outage> outages = new TreeMap<>(Outage.IN_ORDER);
        all.forEach(one -> outages.put(one, one));
        return List.copyOf(outages.values());
    }

    private boolean isSilent(long nowMicros) {
        return IpState.isGap(
                state.lastMicros(), state.intervalMicros(), nowMicros, state.intervalMicros());
    }
}
