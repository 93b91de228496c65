package org.pingrecorder.agent.plan;

import java.time.Duration;

/**
 * What a plan may ask of this client.
 *
 * @param mostPingsPerSecond of its targets together
 * @param interval of targets where the plan says nothing
 */
public record PlanBounds(int mostPingsPerSecond, Duration interval) {}
