package org.pingrecorder.agent.recorder;

import org.jspecify.annotations.Nullable;

/** The recorder will never take this request as it is; the message is its own. */
public final class RequestRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final @Nullable String field;

    RequestRefusedException(String message, @Nullable String field) {
        super(message);
        this.field = field;
    }

    /** The part of the request at fault, such as {@code [0].gaps}; null if it named none. */
    public @Nullable String field() {
        return field;
    }
}
