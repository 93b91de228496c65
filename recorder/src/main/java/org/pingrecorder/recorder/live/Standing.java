package org.pingrecorder.recorder.live;

import org.pingrecorder.recorder.outages.IpState;
import org.pingrecorder.recorder.outages.State;
import org.pingrecorder.recorder.samples.Samples;

/** Where an ip stands, and what listeners were told of that. Not thread-safe. */
final class Standing {

    private final IpState state;
    private State told = State.UNKNOWN;
    private long toldSinceMicros = Long.MIN_VALUE;

    Standing(IpState state) {
        this.state = state;
    }

    /** Takes pings; those that came late change nothing, as nothing in {@code /summary}. */
    void add(Samples sorted) {
        for (int i = 0; i < sorted.size(); i++) {
            if (state.isEmpty() || sorted.atMicros(i) >= state.lastMicros()) {
                state.add(sorted, i, ended -> {});
            }
        }
    }

    IpState state() {
        return state;
    }

    /** Whether it is another than was told; it counts as told then. */
    boolean changes(long nowMicros) {
        State now = state.stateAt(nowMicros);
        long since = sinceMicros(nowMicros);
        boolean differs = now != told || (now != State.UNKNOWN && since != toldSinceMicros);
        told = now;
        toldSinceMicros = since;
        return differs;
    }

    /** What was told last. */
    State told() {
        return told;
    }

    /** Since when it is what was told last. */
    long toldSinceMicros() {
        return toldSinceMicros;
    }

    private long sinceMicros(long nowMicros) {
        return state.stateAt(nowMicros) == state.state()
                ? state.stateSinceMicros()
                : state.unknownFromMicros();
    }
}
