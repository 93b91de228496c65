package org.pingrecorder.agent.run;

import java.util.Collection;
import org.pingrecorder.agent.timetable.Pace;
import org.pingrecorder.agent.timetable.PingedIp;
import org.pingrecorder.icmp.EngineConfig;
import org.pingrecorder.icmp.InFlight;

/**
 * Gives an engine sockets for the pings that a list of ips keeps in flight, and for as many more,
 * or for those of the largest plan if they are more than that.
 */
final class InFlightRoom {

    /** Targets may be added while the engine runs, its sockets not. */
    private static final int HEAD_ROOM = 2;

    private InFlightRoom() {}

    /**
     * Sizes an engine.
     *
     * @param plan pings a second that a plan may order, at {@code usual}'s timeout and grace
     */
    static EngineConfig of(EngineConfig engine, Collection<PingedIp> ips, int plan, Pace usual) {
        long most = most(ips);
        long planned = plan * usual.timeout().plus(usual.grace()).toMillis() / 1_000;
        return engine.withRoomFor(Math.max(HEAD_ROOM * most, most + planned));
    }

    /** Whether an engine opened so can have all of their pings in flight. */
    static boolean fits(EngineConfig opened, Collection<PingedIp> ips) {
        return most(ips) <= (long) opened.sockets() * EngineConfig.PINGS_PER_SOCKET;
    }

    private static long most(Collection<PingedIp> ips) {
        long most = 0;
        for (PingedIp ip : ips) {
            Pace pace = ip.pace();
            most += InFlight.most(pace.interval(), pace.timeout(), pace.grace());
        }
        return most;
    }
}
