package org.pingrecorder.agent.timetable;

/**
 * Where decided pings go. Called on the engine's thread, for one ping at a time: an implementation
 * hands over and returns, it never blocks.
 */
public interface PingSink {

    /** Why an ip is pinged no longer. */
    enum End {
        /** It is on the timetable no longer, or at another interval. */
        STOPPED,
        /** It is on the timetable, which is not kept for now. */
        PAUSED
    }

    /**
     * A slot has its outcome; said exactly once per slot.
     *
     * @param result valid during the call only
     */
    void decided(PingResult result);

    /**
     * A further reply to a ping that has its outcome.
     *
     * @param plannedEpochMicros the ping's time
     */
    default void duplicate(PingedIp ip, long plannedEpochMicros) {}

    /**
     * An ip is pinged from this slot on, an interval apart: it is new, has another interval, or
     * time was moved. Said before the slot's outcome.
     *
     * @param firstEpochMicros the slot
     */
    default void begins(PingedIp ip, long firstEpochMicros) {}

    /**
     * An ip is pinged no longer, until it begins anew.
     *
     * @param nextEpochMicros the first slot that is not kept
     */
    default void ends(PingedIp ip, long nextEpochMicros, End why) {}
}
