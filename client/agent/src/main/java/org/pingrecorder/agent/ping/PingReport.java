package org.pingrecorder.agent.ping;

import java.util.List;
import org.pingrecorder.oneoff.PingEvent;

/**
 * How a run is told: as results come, then in sum. Everything is given after the host's tally has
 * counted it. For one thread.
 */
interface PingReport {

    /** One ping is decided. */
    void ping(HostTally host, PingEvent.Decided ping);

    /** A further reply to a decided ping. */
    default void duplicate(HostTally host, PingEvent.Duplicate duplicate) {}

    /** Results that only the summary counts, because there were too many at once. */
    default void leftOut(long results) {}

    /** A few times a second, whether anything happened or not. */
    default void tick(RunState state) {}

    /** The run is over; once. */
    void summary(List<HostTally> hosts);

    /** Gives the terminal back as it was; may be called more than once, by any thread. */
    default void restoreTerminal() {}
}
