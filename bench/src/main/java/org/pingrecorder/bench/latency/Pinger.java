package org.pingrecorder.bench.latency;

import org.pingrecorder.testnet.NetworkNamespace;

/** A program that pings the hosts of a trial and says what it measured. */
interface Pinger {

    String name();

    /** Pings every host as often as the trial says, and returns when it is done. */
    void ping(NetworkNamespace namespace, Trial trial) throws Exception;
}
