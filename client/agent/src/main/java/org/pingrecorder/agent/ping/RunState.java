package org.pingrecorder.agent.ping;

import java.util.List;

/**
 * Where a run is at one moment.
 *
 * @param nowNanos monotonic time
 * @param elapsedNanos since its start
 * @param packetsSent requests the kernel has taken so far
 */
record RunState(List<HostTally> hosts, long nowNanos, long elapsedNanos, long packetsSent) {}
