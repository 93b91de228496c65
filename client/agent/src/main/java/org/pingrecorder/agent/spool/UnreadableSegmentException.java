package org.pingrecorder.agent.spool;

import java.io.IOException;

/** A segment of which nothing can be read. */
final class UnreadableSegmentException extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean ofAnotherVersion;

    UnreadableSegmentException(String message, boolean ofAnotherVersion) {
        super(message);
        this.ofAnotherVersion = ofAnotherVersion;
    }

    /** Whether another version of this client can read it. */
    boolean isOfAnotherVersion() {
        return ofAnotherVersion;
    }
}
