package org.pingrecorder.agent.recorder;

import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.control.Plan;

/**
 * What a recorder says when it is asked for a client's plan.
 *
 * @param plan null if it is still the one that the asker knows
 * @param etag what to ask with next time; null if the recorder gives none
 */
public record PlanAnswer(@Nullable Plan plan, @Nullable String etag) {}
