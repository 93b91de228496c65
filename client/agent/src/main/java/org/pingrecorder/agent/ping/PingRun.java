package org.pingrecorder.agent.ping;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.icmp.Clock;
import org.pingrecorder.icmp.EngineCounters;
import org.pingrecorder.icmp.IcmpUnavailableException;
import org.pingrecorder.oneoff.FailureCause;
import org.pingrecorder.oneoff.OneOff;
import org.pingrecorder.oneoff.PingEvent;
import org.pingrecorder.oneoff.PingPlan;
import org.pingrecorder.wire.Outcome;

/**
 * One run from the first ping to the summary; Ctrl-C ends it early, and the summary still comes.
 */
final class PingRun {

    static final int ALL_ANSWERED = 0;
    static final int SOME_SILENT = 1;
    static final int SOME_UNKNOWN = 2;

    /** How long a reader that reads nothing is waited for once the run was stopped. */
    private static final int STALLED_SECONDS = 3;

    /** How often something is done though nothing came. */
    private static final int TICK_MILLIS = 100;

    /** Where results come fast, they are fetched together: a wake-up for each is the cost. */
    private static final int GATHER_MILLIS = 5;

    /** Of the slots that passed while the process stood still, how many are told one by one. */
    private static final int MAX_MISSED_TOLD = 10_000;

    private final PingPlan plan;
    private final PingReport report;
    private final Output out;
    private final Clock clock;
    private final List<HostTally> tallies;

    /**
     * A run that has not begun.
     *
     * @param out what the report writes to; closed when the run is over
     * @param keepsRecent whether the report shows the last few pings of each host
     */
    PingRun(PingPlan plan, PingReport report, Output out, boolean keepsRecent, Clock clock) {
        this.plan = plan;
        this.report = report;
        this.out = out;
        this.clock = clock;
        this.tallies = plan.hosts().stream().map(h -> new HostTally(h, keepsRecent)).toList();
    }

    /**
     * Pings.
     *
     * @return the exit status
     * @throws IcmpUnavailableException if this process may not ping; nothing has been printed
     */
    int run() throws IcmpUnavailableException, InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        try (OneOff pings = new OneOff(plan, clock)) {
            Thread onInterrupt = new Thread(() -> endEarly(pings, over));
            Runtime.getRuntime().addShutdownHook(onInterrupt);
            try {
                pings.start();
                follow(pings);
                report.summary(tallies);
            } finally {
                try {
                    report.restoreTerminal();
                    out.close();
                } finally {
                    over.countDown();
                    removeHook(onInterrupt);
                }
            }
        }
        return status();
    }

    private void endEarly(OneOff pings, CountDownLatch over) {
        pings.endEarly();
        try {
            // The process ends when its hooks do, so this is what lets the summary out.
            long written = -1;
            while (!over.await(STALLED_SECONDS, TimeUnit.SECONDS)) {
                if (written == out.writtenChars()) {
                    System.err.println("the summary could not be written: nobody reads");
                    return;
                }
                written = out.writtenChars();
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

    private void follow(OneOff pings) throws InterruptedException {
        long startNanos = clock.nanoTime();
        List<PingEvent> batch = new ArrayList<>();
        PingEvent.End end = null;
        while (end == null && !out.isUnread()) {
            batch.clear();
            PingEvent first = pings.events().poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
            if (first != null) {
                batch.add(first);
            }
            pings.events().drainTo(batch);
            for (int i = 0; i < batch.size() && end == null; i++) {
                end = tell(batch.get(i));
            }
            pings.tick();
            report.tick(state(pings.counters(), startNanos));
            if (end == null && batch.size() > 1) {
                Thread.sleep(GATHER_MILLIS);
            }
        }
        if (end != null && end.fault() instanceof OutOfMemoryError outOfMemory) {
            throw outOfMemory;
        }
        if (end != null && end.fault() != null) {
            throw new IllegalStateException("the ICMP engine ended by a fault", end.fault());
        }
    }

    private RunState state(EngineCounters counters, long startNanos) {
        long nowNanos = clock.nanoTime();
        return new RunState(tallies, nowNanos, nowNanos - startNanos, counters.sent());
    }

    private PingEvent.@Nullable End tell(PingEvent event) {
        switch (event) {
            case PingEvent.Decided ping -> decided(ping);
            case PingEvent.Missed missed -> missed(missed);
            case PingEvent.Duplicate duplicate -> {
                HostTally tally = tallies.get(duplicate.host());
                tally.addDuplicates(duplicate.copies());
                report.duplicate(tally, duplicate);
            }
            case PingEvent.End end -> {
                return end;
            }
        }
        return null;
    }

    private void decided(PingEvent.Decided ping) {
        HostTally tally = tallies.get(ping.host());
        tally.add(ping.outcome(), ping.latencyMs(), ping.cause(), 1);
        report.ping(tally, ping);
    }

    private void missed(PingEvent.Missed missed) {
        HostTally tally = tallies.get(missed.host());
        long told = Math.min(MAX_MISSED_TOLD, missed.pings());
        for (long i = 0; i < told; i++) {
            decided(missed.ping(i, plan.interval()));
        }
        long more = missed.pings() - told;
        if (more > 0) {
            tally.add(Outcome.MISSED, null, FailureCause.HELD_UP, more);
            report.leftOut(more);
        }
    }

    private int status() {
        if (!tallies.stream().allMatch(HostTally::resolved)) {
            return SOME_UNKNOWN;
        }
        return tallies.stream().allMatch(HostTally::answered) ? ALL_ANSWERED : SOME_SILENT;
    }
}
