package org.pingrecorder.agent.hostmetrics;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is measured of the host, and how often.
 *
 * @param interval where no plan says another; zero for never
 * @param file of gauges, or null
 * @param command whose output is gauges, or null
 */
public record HostMetricsConfig(Duration interval, @Nullable Path file, @Nullable String command) {}
