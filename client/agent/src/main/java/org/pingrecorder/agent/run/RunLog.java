package org.pingrecorder.agent.run;

import java.time.Duration;
import org.pingrecorder.agent.timetable.TimetableEvents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells people what happened to the client's time. */
final class RunLog implements TimetableEvents {

    private static final Logger LOG = LoggerFactory.getLogger(RunLog.class);
    private static final long ONE_STALL_NANOS = 60_000_000_000L;

    private final Runnable onFault;
    private long lastStallNanos;

    /**
     * The log.
     *
     * @param onFault run when the engine has ended by a fault
     */
    RunLog(Runnable onFault) {
        this.onFault = onFault;
    }

    @Override
    public void clockMoved(long movedMicros) {
        LOG.warn(
                "the clock was moved {} by {} s, or the machine slept: pinging goes on in the slots"
                        + " of the new time",
                movedMicros < 0 ? "back" : "forward",
                Math.abs(movedMicros) / 1_000_000);
    }

    @Override
    public void stopped(long heldUpNanos) {
        // Said for every ip that was due; one line is enough.
        if (Math.abs(heldUpNanos - lastStallNanos) > ONE_STALL_NANOS) {
            LOG.warn(
                    "this client did not run for {} s: nothing was pinged",
                    Duration.ofNanos(heldUpNanos).toSeconds());
        }
        lastStallNanos = heldUpNanos;
    }

    @Override
    public void failed(Throwable cause) {
        LOG.error("the ICMP engine ended by a fault; this client stops", cause);
        onFault.run();
    }
}
