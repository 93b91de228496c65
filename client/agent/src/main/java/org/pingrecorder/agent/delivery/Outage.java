package org.pingrecorder.agent.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The recorder's last outage until all that waited for its end is settled; then it is told, once.
 * For one thread.
 */
final class Outage {

    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);

    private @Nullable Duration lasted;
    private long settledAtEnd;
    private long waited;
    private long droppedBefore;

    /** The recorder is back after so long. */
    void ended(Duration duration, DeliveryCounts counts) {
        lasted = lasted == null ? duration : lasted.plus(duration);
        waited = counts.queued() - counts.held();
        settledAtEnd = counts.settled() + waited;
    }

    /** Tells, if all that waited is settled. */
    void tellIfOver(DeliveryCounts counts) {
        if (lasted == null || counts.settled() < settledAtEnd) {
            return;
        }
        long dropped = counts.dropped() - droppedBefore;
        LOG.info(
                "the recorder is back: it was away for {}, {} pings were delivered late{}",
                text(lasted),
                waited,
                dropped == 0 ? "" : ", and " + dropped + " dropped for want of room");
        lasted = null;
        droppedBefore = counts.dropped();
    }

    private static String text(Duration duration) {
        long seconds = Math.max(1, Math.round(duration.toMillis() / 1_000.0));
        return seconds < 120 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
    }
}
