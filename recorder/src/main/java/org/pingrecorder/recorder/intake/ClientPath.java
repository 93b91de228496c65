package org.pingrecorder.recorder.intake;

import org.pingrecorder.recorder.http.Fault;
import org.pingrecorder.wire.ClientName;

/** The client that a path names. */
final class ClientPath {

    private ClientPath() {}

    /**
     * The same name.
     *
     * @throws Fault 400 if it is none
     */
    static String check(String clientId) {
        try {
            return ClientName.check(clientId);
        } catch (IllegalArgumentException e) {
            throw Fault.badRequest("clientId", "'clientId': " + e.getMessage() + ".");
        }
    }
}
