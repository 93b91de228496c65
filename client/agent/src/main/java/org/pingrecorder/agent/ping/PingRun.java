package org.pingrecorder.agent.ping;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.pingrecorder.agent.packet.InFlight;
import org.pingrecorder.icmp.Clock;
import org.pingrecorder.icmp.EngineConfig;
import org.pingrecorder.icmp.IcmpEngine;
import org.pingrecorder.icmp.IcmpUnavailableException;
import org.pingrecorder.wire.Outcome;
import org.pingrecorder.wire.PingLine;

/**
 * One run from the first ping to the summary; Ctrl-C ends it early, and the summary still comes.
 */
final class PingRun {

    static final int ALL_ANSWERED = 0;
    static final int SOME_SILENT = 1;
    static final int SOME_UNKNOWN = 2;

    private static final int SUMMARY_SECONDS = 3;

    private final PingReport report;
    private final Clock clock;

    PingRun(PingReport report, Clock clock) {
        this.report = report;
        this.clock = clock;
    }

    /**
     * Pings.
     *
     * @return the exit status
     * @throws IcmpUnavailableException if this process may not ping; nothing has been printed
     */
    int run(PingPlan plan) throws IcmpUnavailableException, InterruptedException {
        List<PingHost> reachable =
                plan.hosts().stream().filter(host -> host.target() != null).toList();
        List<HostTally> tallies = plan.hosts().stream().map(HostTally::new).toList();
        PingSession session =
                new PingSession(
                        new PingPlan(
                                reachable,
                                plan.count(),
                                plan.interval(),
                                plan.timeout(),
                                plan.grace(),
                                plan.engine()),
                        clock);
        long most = InFlight.most(plan.interval(), plan.timeout(), plan.grace());
        long each = plan.count() == 0 ? most : Math.min(most, plan.count());
        EngineConfig sized = plan.engine().withRoomFor(each * reachable.size());
        CountDownLatch summarized = new CountDownLatch(1);
        try (IcmpEngine engine = IcmpEngine.open(sized, clock, session, session)) {
            Thread onInterrupt = new Thread(() -> endEarly(engine, session, summarized));
            Runtime.getRuntime().addShutdownHook(onInterrupt);
            tellUnknown(plan.hosts(), tallies);
            if (!reachable.isEmpty()) {
                engine.start();
                follow(session, tallies.stream().filter(HostTally::resolved).toList());
            }
            report.summary(tallies.stream().map(HostTally::summary).toList());
            summarized.countDown();
            removeHook(onInterrupt);
        }
        return status(tallies);
    }

    private static void endEarly(
            IcmpEngine engine, PingSession session, CountDownLatch summarized) {
        engine.close();
        session.events().add(new PingSession.End(null));
        try {
            // The process ends when its hooks do, so this is what lets the summary out.
            if (!summarized.await(SUMMARY_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("the summary could not be written in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException endingAlready) {
            // The hook is running, and waited only for the summary.
            return;
        }
    }

    private void tellUnknown(List<PingHost> hosts, List<HostTally> tallies) {
        for (int i = 0; i < hosts.size(); i++) {
            PingHost host = hosts.get(i);
            if (host.target() == null) {
                tallies.get(i).add(Outcome.RESOLVE_ERROR, null);
                report.ping(unknown(host));
            }
        }
    }

    private PingLine unknown(PingHost host) {
        Instant now = Instant.EPOCH.plus(clock.epochMicros(), ChronoUnit.MICROS);
        return new PingLine(
                PingLine.TYPE,
                null,
                host.given().text(),
                null,
                0,
                now,
                Outcome.RESOLVE_ERROR.text(),
                null,
                null,
                null,
                false,
                null,
                null,
                null,
                host.fault());
    }

    private void follow(PingSession session, List<HostTally> tallies) throws InterruptedException {
        List<PingSession.Event> batch = new ArrayList<>();
        PingSession.End end = null;
        while (end == null && !report.isUnread()) {
            batch.clear();
            batch.add(session.events().take());
            session.events().drainTo(batch);
            for (PingSession.Event event : batch) {
                switch (event) {
                    case PingSession.Line line -> tell(line, tallies.get(line.host()));
                    case PingSession.End last -> end = last;
                }
            }
        }
        if (end != null && end.fault() != null) {
            throw new IllegalStateException("the ICMP engine ended by a fault", end.fault());
        }
    }

    private void tell(PingSession.Line line, HostTally tally) {
        if (line.ping().duplicate()) {
            tally.addDuplicate();
        } else {
            Outcome outcome = Outcome.ofText(line.ping().outcome()).orElseThrow();
            tally.add(outcome, line.ping().latencyMs());
        }
        report.ping(line.ping());
    }

    private static int status(List<HostTally> tallies) {
        if (!tallies.stream().allMatch(HostTally::resolved)) {
            return SOME_UNKNOWN;
        }
        return tallies.stream().allMatch(HostTally::answered) ? ALL_ANSWERED : SOME_SILENT;
    }
}
