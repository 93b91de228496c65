package org.pingrecorder.wire.control;

import io.micronaut.serde.annotation.Serdeable;

/**
 * Nobody waits for a task any more.
 *
 * @param task its id
 */
@Serdeable
public record Cancel(String task) implements FromRecorder {}
