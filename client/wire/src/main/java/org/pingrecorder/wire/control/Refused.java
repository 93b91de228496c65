package org.pingrecorder.wire.control;

import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;

/**
 * The recorder does not take the client; it closes the connection after this.
 *
 * @param reason what to do about it, for people
 * @param waitMs not to come back before, in milliseconds
 * @param nameTaken whether it is because another client is connected by the same name
 */
@Serdeable(naming = SnakeCaseStrategy.class)
public record Refused(String reason, long waitMs, boolean nameTaken) implements FromRecorder {}
