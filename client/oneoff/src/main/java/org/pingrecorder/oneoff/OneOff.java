package org.pingrecorder.oneoff;

import java.util.concurrent.BlockingQueue;
import org.pingrecorder.icmp.Clock;
import org.pingrecorder.icmp.EchoTarget;
import org.pingrecorder.icmp.EngineCounters;
import org.pingrecorder.icmp.IcmpEngine;
import org.pingrecorder.icmp.IcmpUnavailableException;

/**
 * One run of a plan, on an engine of its own, so that it changes nothing about any other pings.
 * Thread-safe.
 */
public final class OneOff implements AutoCloseable {

    private final PingSession session;
    private final IcmpEngine engine;
    private final Lookups lookups;

    /**
     * Opens what it pings with; nothing is sent before {@link #start}.
     *
     * @throws IcmpUnavailableException if this process may not ping
     */
    public OneOff(PingPlan plan, Clock clock) throws IcmpUnavailableException {
        session = new PingSession(plan, clock);
        engine =
                IcmpEngine.open(
                        plan.engine().withRoomFor(plan.mostInFlight()), clock, session, session);
        lookups = new Lookups(plan.hosts(), HostLookup::find, answers(), clock);
    }

    private Lookups.Answers answers() {
        return new Lookups.Answers() {
            @Override
            public void located(int host, EchoTarget target) {
                session.located(host, target);
                engine.wake();
            }

            @Override
            public void unresolved(int host, String fault) {
                session.unresolved(host, fault);
                engine.wake();
            }
        };
    }

    /** Begins to look names up and to ping. */
    public void start() {
        lookups.start();
        engine.start();
    }

    /** What happens, to be taken by one thread; the last is a {@link PingEvent.End}. */
    public BlockingQueue<PingEvent> events() {
        return session.events();
    }

    /** Gives up names whose lookup takes too long; to be called a few times a second. */
    public void tick() {
        lookups.tick();
    }

    /** What its engine has done. */
    public EngineCounters counters() {
        return engine.counters();
    }

    /** Pings no more; what was decided is still told, and then the end. */
    public void endEarly() {
        engine.close();
        session.events().add(new PingEvent.End(null));
    }

    /** Pings no more. */
    @Override
    public void close() {
        engine.close();
    }
}
