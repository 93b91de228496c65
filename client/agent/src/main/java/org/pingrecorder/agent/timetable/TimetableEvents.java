package org.pingrecorder.agent.timetable;

/** What a timetable has to say beside its results. Called on the engine's thread. */
public interface TimetableEvents {

    /**
     * The wall clock moved against the monotonic one: it was set, or the machine slept.
     *
     * @param movedMicros forward, or back where negative
     */
    void clockMoved(long movedMicros);

    /**
     * The process did not run for long; said once per ip that was due.
     *
     * @param heldUpNanos for how long
     */
    void stopped(long heldUpNanos);

    /** The engine ended by a fault; no ping will be sent any more. */
    void failed(Throwable cause);
}
