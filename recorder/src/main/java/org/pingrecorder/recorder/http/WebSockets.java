package org.pingrecorder.recorder.http;

/** What holds for all WebSockets. */
public final class WebSockets {

    /** A longer message of a peer, in one frame or in several, closes its connection. */
    public static final int LONGEST_MESSAGE_BYTES = 1 << 18;

    private WebSockets() {}
}
