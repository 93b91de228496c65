package org.pingrecorder.agent.batch;

import java.io.IOException;

/** Bytes that no version of this client has written. */
public final class CorruptException extends IOException {

    private static final long serialVersionUID = 1L;

    /** The exception for what was found instead. */
    public CorruptException(String message) {
        super(message);
    }
}
