package org.pingrecorder.agent.run;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.agent.targets.Plan;
import org.pingrecorder.agent.targets.Resolver;
import org.pingrecorder.agent.targets.TargetList;
import org.pingrecorder.agent.timetable.PingedIp;
import org.pingrecorder.agent.timetable.Timetable;
import org.pingrecorder.icmp.EngineConfig;
import org.pingrecorder.wire.TargetsText.Target;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a running client pings, which its targets file and a plan may change at any time: name
 * lookups, the timetable and the recorder's list follow. Thread-safe.
 */
final class Pinging {

    private static final Logger LOG = LoggerFactory.getLogger(Pinging.class);

    private final TargetList targets;
    private final Resolver resolver;
    private final Timetable timetable;
    private final Registrar registrar;
    private final EngineConfig engine;
    private final Runnable wake;
    private boolean followed;

    /**
     * Pings nothing before {@link #start}.
     *
     * @param engine how it was opened
     * @param wake makes the engine ask the timetable
     */
    Pinging(
            TargetList targets,
            Resolver resolver,
            Timetable timetable,
            Registrar registrar,
            EngineConfig engine,
            Runnable wake) {
        this.targets = targets;
        this.resolver = resolver;
        this.timetable = timetable;
        this.registrar = registrar;
        this.engine = engine;
        this.wake = wake;
    }

    /** What is pinged now, or not while that is paused. */
    synchronized List<PingedIp> ips() {
        return targets.ips();
    }

    /** How many ips the client's own list has. */
    synchronized int ownCount() {
        return targets.own().size();
    }

    /** How many ips are pinged now. */
    synchronized int count() {
        return targets.isPaused() ? 0 : targets.ips().size();
    }

    synchronized boolean isPaused() {
        return targets.isPaused();
    }

    /** Begins. */
    synchronized void start() {
        follow();
    }

    /** Looks whether the targets file has changed. */
    synchronized void poll() {
        if (targets.poll()) {
            follow();
        }
    }

    /**
     * Pings what a plan says, and what the client's own list says, from the next slots on: an ip
     * that stays keeps its slots, another interval starts at the new grid's next slot, and what is
     * in flight is decided. The same plan again changes nothing.
     *
     * @param wanted targets beside the client's own; an address of both is the client's
     * @param interval of all that have none of their own; null for the client's
     * @param timeout the same
     * @param paused whether nothing is pinged until this is applied otherwise
     * @throws IllegalArgumentException if a time is out of bounds; then nothing has changed
     */
    synchronized void apply(
            List<Target> wanted,
            @Nullable Duration interval,
            @Nullable Duration timeout,
            boolean paused) {
        boolean wasPaused = targets.isPaused();
        if (targets.follow(new Plan(wanted, interval, timeout, paused)) || !followed) {
            if (paused != wasPaused) {
                LOG.info(paused ? "paused: nothing is pinged until it is resumed" : "resumed");
            }
            follow();
        }
    }

    private void follow() {
        followed = false;
        List<PingedIp> ips = targets.ips();
        if (!InFlightRoom.fits(engine, ips)) {
            LOG.warn(
                    "{} has more pings in flight than this client was started for: some will be"
                            + " missed until it is restarted",
                    Registrar.targets(ips.size()));
        }
        resolver.follow(ips);
        if (targets.isPaused()) {
            timetable.pause(ips);
        } else {
            timetable.ping(ips);
        }
        registrar.register(targets.own(), targets.planned());
        wake.run();
        followed = true;
    }
}
