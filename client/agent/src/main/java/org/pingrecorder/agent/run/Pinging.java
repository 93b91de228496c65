package org.pingrecorder.agent.run;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.pingrecorder.agent.plan.CheckedPlan;
import org.pingrecorder.agent.targets.Resolver;
import org.pingrecorder.agent.targets.TargetList;
import org.pingrecorder.agent.timetable.PingedIp;
import org.pingrecorder.agent.timetable.Timetable;

/**
 * What is pinged at this moment, told to everybody whom it concerns whenever it changes: the
 * timetable, who resolves names, who registers ips. Thread-safe.
 */
final class Pinging {

    private final TargetList targets;
    private final Resolver resolver;
    private final Timetable timetable;
    private final Registrar registrar;
    private final Runnable wake;
    private boolean started;
    private boolean paused;

    /**
     * Pings nothing yet.
     *
     * @param wake makes the timetable be asked at once
     */
    Pinging(
            TargetList targets,
            Resolver resolver,
            Timetable timetable,
            Registrar registrar,
            Runnable wake) {
        this.targets = targets;
        this.resolver = resolver;
        this.timetable = timetable;
        this.registrar = registrar;
        this.wake = wake;
    }

    /** From now on it is pinged. */
    synchronized void start() {
        started = true;
        apply();
    }

    /** Pings what a plan says, beside this client's own targets. */
    synchronized void follow(CheckedPlan plan) {
        paused = plan.paused();
        targets.plan(plan.usual(), plan.targets());
        apply();
    }

    /** Looks whether the file of targets has changed. */
    synchronized void poll() {
        if (targets.poll()) {
            apply();
        }
    }

    /** Everything that is pinged, or would be if it were not paused. */
    synchronized List<PingedIp> ips() {
        return targets.ips();
    }

    /** How many ips are pinged. */
    synchronized int count() {
        return paused ? 0 : targets.ips().size();
    }

    synchronized boolean isPaused() {
        return paused;
    }

    private void apply() {
        if (started) {
            List<PingedIp> ips = targets.ips();
            List<PingedIp> own = targets.own();
            Set<String> planned =
                    ips.subList(own.size(), ips.size()).stream()
                            .map(PingedIp::key)
                            .collect(Collectors.toSet());
            resolver.follow(ips);
            timetable.ping(paused ? List.of() : ips);
            registrar.register(new Registrar.Wanted(own, planned));
            wake.run();
        }
    }
}
