package org.pingrecorder.agent.targets;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.TargetsText.Target;

/**
 * What is set at the recorder for this client. Its targets come beside the client's own, which it
 * cannot take away; an address that both name is pinged once, as the client's own list says.
 *
 * @param targets of the plan
 * @param interval of every target without one of its own, the client's own too; null leaves what
 *     the client was started with
 * @param timeout the same
 * @param paused whether nothing is pinged, whoever names it
 */
public record Plan(
        List<Target> targets,
        @Nullable Duration interval,
        @Nullable Duration timeout,
        boolean paused) {

    /** The client pings its own list, as it was started. */
    public static final Plan NONE = new Plan(List.of(), null, null, false);

    public Plan {
        targets = List.copyOf(targets);
    }
}
