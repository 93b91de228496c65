package org.pingrecorder.agent.recorder;

/** The recorder will never take this request as it is; the message is its own. */
public final class RequestRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    RequestRefusedException(String message) {
        super(message);
    }
}
