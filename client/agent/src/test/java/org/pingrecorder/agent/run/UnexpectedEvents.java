package org.pingrecorder.agent.run;

import org.pingrecorder.agent.timetable.TimetableEvents;

/** Of a timetable that nothing should happen to: each event fails the test. */
final class UnexpectedEvents implements TimetableEvents {

    @Override
    public void clockMoved(long movedMicros) {
        throw new AssertionError("clock");
    }

    @Override
    public void stopped(long heldUpNanos) {
        throw new AssertionError("stopped");
    }

    @Override
    public void failed(Throwable cause) {
        throw new AssertionError(cause);
    }
}
