package org.pingrecorder.wire.control;

import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import org.jspecify.annotations.Nullable;

/**
 * The recorder knows the client now.
 *
 * @param conn id of this connection
 * @param timeUs the recorder's clock, in microseconds since the Unix epoch
 * @param statusIntervalMs how often it wants {@link Status}
 * @param plan what to ping, if it is newer than what the client follows; else absent
 */
@Serdeable(naming = SnakeCaseStrategy.class)
public record Registered(String conn, long timeUs, long statusIntervalMs, @Nullable Plan plan)
        implements FromRecorder {}
