package org.pingrecorder.recorder.http;

import org.pingrecorder.wire.ClientName;

/** The client that a path names. */
public final class ClientPath {

    private ClientPath() {}

    /**
     * The same name.
     *
     * @throws Fault 400 if it is none
     */
    public static String check(String clientId) {
        try {
            return ClientName.check(clientId);
        } catch (IllegalArgumentException e) {
            throw Fault.badRequest("clientId", "'clientId': " + e.getMessage() + ".");
        }
    }
}
