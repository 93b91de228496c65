package org.pingrecorder.recorder.ips;

import org.pingrecorder.wire.Ip;

/** The ips that are pinged because a plan says so. Thread-safe. */
public interface PlannedIps {

    /**
     * Takes an ip off its client's own plan; it is of source {@code post} then.
     *
     * @throws org.pingrecorder.recorder.http.Fault 409 if a plan of one of the client's tags names
     *     it
     */
    void remove(Ip ip);
}
