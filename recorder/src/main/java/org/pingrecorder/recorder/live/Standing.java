package org.pingrecorder.recorder.live;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.outages.IpState;
import org.pingrecorder.recorder.outages.State;
import org.pingrecorder.recorder.samples.Samples;

/** Where an ip stands, and what listeners were told of that. Not thread-safe. */
final class Standing {

    private final IpState state;
    private State told = State.UNKNOWN;
    private @Nullable Long toldSinceMicros;
    private @Nullable Long pausedSinceMicros;

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

    /**
     * Takes since when its client pings nothing, by a plan.
     *
     * @param sinceMicros null while it pings
     */
    void setPaused(@Nullable Long sinceMicros) {
        pausedSinceMicros = sinceMicros;
    }

    /** Whether it is another than was told; it counts as told then. */
    boolean changes(long nowMicros) {
        State now = pausedSinceMicros == null ? state.stateAt(nowMicros) : State.PAUSED;
        Long since = pausedSinceMicros == null ? sinceMicros(nowMicros) : pausedSinceMicros;
        boolean differs =
                now != told || (now != State.UNKNOWN && !Objects.equals(since, toldSinceMicros));
        told = now;
        toldSinceMicros = since;
        return differs;
    }

    /** Whether nothing was heard of it for too long, and nobody was told. */
    boolean isSilent(long nowMicros) {
        return told != State.UNKNOWN
                && told != State.PAUSED
                && nowMicros >= state.unknownFromMicros();
    }

    /** What was told last. */
    State told() {
        return told;
    }

    /** Since when it is what was told last; null where it never was anything else. */
    @Nullable Long toldSinceMicros() {
        return toldSinceMicros;
    }

    private @Nullable Long sinceMicros(long nowMicros) {
        if (state.isEmpty()) {
            return null;
        }
        return state.stateAt(nowMicros) == state.state()
                ? state.stateSinceMicros()
                : Long.valueOf(state.unknownFromMicros());
    }
}
