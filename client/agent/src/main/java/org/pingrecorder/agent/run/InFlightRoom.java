package org.pingrecorder.agent.run;

import java.util.Collection;
import org.pingrecorder.agent.packet.InFlight;
import org.pingrecorder.agent.timetable.Pace;
import org.pingrecorder.agent.timetable.PingedIp;
import org.pingrecorder.icmp.EngineConfig;

/**
 * Gives an engine sockets for the pings that a list of ips keeps in flight, and for as many more.
 */
final class InFlightRoom {

    /** Targets may be added while the engine runs, its sockets not. */
    private static final int HEAD_ROOM = 2;

    private InFlightRoom() {}

    static EngineConfig of(EngineConfig engine, Collection<PingedIp> ips) {
        return engine.withRoomFor(HEAD_ROOM * most(ips));
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
