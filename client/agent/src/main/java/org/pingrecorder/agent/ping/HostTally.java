package org.pingrecorder.agent.ping;

import org.jspecify.annotations.Nullable;
import org.pingrecorder.oneoff.FailureCause;
import org.pingrecorder.oneoff.PingHost;
import org.pingrecorder.oneoff.Tally;
import org.pingrecorder.wire.Outcome;
import org.pingrecorder.wire.SummaryLine;

/** The tally of one host of a run, and what became of its last pings. For one thread. */
final class HostTally extends Tally {

    private final PingHost host;
    private final @Nullable RecentPings recent;
    private @Nullable Outcome last;
    private @Nullable Double lastMs;
    private @Nullable FailureCause lastCause;

    /**
     * A tally of nothing yet.
     *
     * @param keepsRecent whether {@link #recent} is wanted
     */
    HostTally(PingHost host, boolean keepsRecent) {
        this.host = host;
        this.recent = keepsRecent ? new RecentPings() : null;
    }

    @Override
    public void add(
            Outcome outcome, @Nullable Double latencyMs, @Nullable FailureCause cause, long pings) {
        super.add(outcome, latencyMs, cause, pings);
        last = outcome;
        lastMs = latencyMs;
        lastCause = cause == null ? lastCause : cause;
        if (recent != null) {
            recent.add(outcome, latencyMs == null ? 0 : latencyMs, pings);
        }
    }

    PingHost host() {
        return host;
    }

    boolean resolved() {
        return host.target() != null;
    }

    /** What became of the ping decided last; null before the first. */
    @Nullable Outcome last() {
        return last;
    }

    /** Latency of the ping decided last. */
    @Nullable Double lastMs() {
        return lastMs;
    }

    /** Why the last ping that failed did. */
    @Nullable FailureCause lastCause() {
        return lastCause;
    }

    /** The last few pings, if they are kept. */
    @Nullable RecentPings recent() {
        return recent;
    }

    SummaryLine summary() {
        return summary(
                null, host.given().text(), host.addressText(), host.name(), host.tellingFamily());
    }
}
