package org.pingrecorder.agent.cutoff;

import org.pingrecorder.agent.timetable.PingResult;

/**
 * Takes lost pings that may be, or are, lost because this client was cut off. Called on the
 * engine's thread.
 */
public interface HeldPings {

    /** It is. */
    void cutOff(PingResult lost);

    /**
     * That is not known yet: {@link #release} follows.
     *
     * @param lost valid during the call only
     */
    void hold(PingResult lost);

    /** It is known of all that are held. */
    void release(boolean cutOff);
}
