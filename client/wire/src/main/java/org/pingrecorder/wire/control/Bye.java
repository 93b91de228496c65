package org.pingrecorder.wire.control;

import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;

/**
 * The client was told to stop. Answered with {@link ByeAck}; sent again after ten seconds without
 * one, twice at most.
 *
 * @param timeUs since when it pings nothing, in microseconds since the Unix epoch
 */
@Serdeable(naming = SnakeCaseStrategy.class)
public record Bye(long timeUs) implements FromClient {}
