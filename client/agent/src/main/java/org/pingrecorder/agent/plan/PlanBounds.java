package org.pingrecorder.agent.plan;

import java.time.Duration;
import java.util.function.IntSupplier;

/**
 * What a plan may ask of this client.
 *
 * @param mostPingsPerSecond of its targets together
 * @param interval of targets where the plan says nothing
 * @param ownTargets how many the client's own list has, which a plan's interval is for as well
 */
public record PlanBounds(int mostPingsPerSecond, Duration interval, IntSupplier ownTargets) {}
