package org.pingrecorder.agent.channel;

import org.jspecify.annotations.Nullable;

/** There is no control channel, or not any more; the message says why, for people. */
final class LinkException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean blocked;

    private LinkException(String message, boolean blocked, @Nullable Throwable cause) {
        super(message, cause);
        this.blocked = blocked;
    }

    /** The recorder is not there, or went away. */
    static LinkException away(String message, @Nullable Throwable cause) {
        return new LinkException(message, false, cause);
    }

    /** Something is there that does not let a control channel through. */
    static LinkException blocked(String message, @Nullable Throwable cause) {
        return new LinkException(message, true, cause);
    }

    /** Whether HTTP may get through where the channel does not. */
    boolean isBlocked() {
        return blocked;
    }
}
