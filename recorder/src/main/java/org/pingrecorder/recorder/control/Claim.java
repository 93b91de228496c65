package org.pingrecorder.recorder.control;

import java.time.Instant;

/** What became of a client's wish to be connected by its name. */
sealed interface Claim {

    /**
     * The name is its own now.
     *
     * @param wantedPlan revision that it is to follow
     * @param ackedPlan revision that it acknowledged last
     * @param tookOver whether a connection at another recorder lasted until now
     */
    record Granted(long wantedPlan, long ackedPlan, boolean tookOver) implements Claim {}

    /** Another installation is connected by that name, from there, since then. */
    record Taken(String address, Instant since) implements Claim {}
}
