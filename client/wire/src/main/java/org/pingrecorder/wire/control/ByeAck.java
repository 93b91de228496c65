package org.pingrecorder.wire.control;

import io.micronaut.serde.annotation.Serdeable;

/** The recorder knows that the client stops. */
@Serdeable
public record ByeAck() implements FromRecorder {}
