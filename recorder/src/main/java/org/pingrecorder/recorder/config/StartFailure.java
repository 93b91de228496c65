package org.pingrecorder.recorder.config;

/**
 * The recorder cannot start. The message is one sentence for the operator: what is wrong, who is in
 * the way, what to set.
 */
public final class StartFailure extends Exception {

    private static final long serialVersionUID = 1L;

    public StartFailure(String message) {
        super(message);
    }

    public StartFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
