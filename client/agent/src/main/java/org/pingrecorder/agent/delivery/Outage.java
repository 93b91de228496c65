package org.pingrecorder.agent.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The recorder's last outage until all that waited for its end is settled; then it is told, once.
 * Thread-safe.
 */
final class Outage {

    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);

    private @Nullable Duration lasted;
    private long endNumber;
    private long waited;
    private long droppedBefore;

    /**
     * The recorder is back.
     *
     * @param duration of its absence
     * @param queue with all that was decided meanwhile
     */
    synchronized void ended(Duration duration, PingQueue queue) {
        lasted = lasted == null ? duration : lasted.plus(duration);
        endNumber = queue.addedCount();
        waited = queue.unsettledCount();
    }

    /** Tells, if all that waited is settled. */
    synchronized void tellIfOver(PingQueue queue) {
        if (lasted == null || queue.firstUnsettled() < endNumber) {
            return;
        }
        long dropped = queue.droppedCount() - droppedBefore;
        LOG.info(
                "the recorder is back: it was away for {}, {} pings were delivered late{}",
                text(lasted),
                waited,
                dropped == 0 ? "" : ", and " + dropped + " dropped because the queue was full");
        lasted = null;
        droppedBefore = queue.droppedCount();
    }

    private static String text(Duration duration) {
        long seconds = Math.max(1, Math.round(duration.toMillis() / 1_000.0));
        return seconds < 120 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
    }
}
