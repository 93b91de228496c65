package org.pingrecorder.oneoff;

import java.time.Duration;
import java.util.List;
import org.pingrecorder.icmp.EngineConfig;
import org.pingrecorder.icmp.InFlight;

/**
 * What one run is to do.
 *
 * @param hosts each once
 * @param count pings per host, 0 for no end
 * @param untilAnswered whether a host that has answered is left alone
 * @param interval between two pings of one host; hosts are spread evenly over it
 * @param timeout a reply after this is late
 * @param grace how long after the timeout a late reply is waited for
 * @param engine how to ping; its number of sockets follows from the rest
 */
public record PingPlan(
        List<PingHost> hosts,
        long count,
        boolean untilAnswered,
        Duration interval,
        Duration timeout,
        Duration grace,
        EngineConfig engine) {

    public PingPlan {
        hosts = List.copyOf(hosts);
    }

    /** How many pings can be in flight at once, at most. */
    long mostInFlight() {
        long perHost = InFlight.most(interval, timeout, grace);
        return hosts.size() * (count == 0 ? perHost : Math.min(count, perHost));
    }
}
