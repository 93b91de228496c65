package org.pingrecorder.agent.plan;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.TargetSettings;
import org.pingrecorder.wire.TargetsText.Target;

/**
 * What of a plan this client can follow.
 *
 * @param revision of the plan; 0 where there is none
 * @param paused whether nothing is to be pinged
 * @param usual where a target says nothing of its own
 * @param metricsInterval between two readings of the host's metrics; null for the client's own
 * @param targets each address once
 * @param problems what of it cannot be followed, for people; empty when all can
 */
public record CheckedPlan(
        long revision,
        boolean paused,
        TargetSettings usual,
        @Nullable Duration metricsInterval,
        List<Target> targets,
        List<String> problems) {

    /** No plan was ever set. */
    public static final CheckedPlan NONE =
            new CheckedPlan(0, false, TargetSettings.NONE, null, List.of(), List.of());

    public CheckedPlan {
        targets = List.copyOf(targets);
        problems = List.copyOf(problems);
    }
}
