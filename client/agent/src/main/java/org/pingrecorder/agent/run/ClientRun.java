package org.pingrecorder.agent.run;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.pingrecorder.agent.config.ClientConfig;
import org.pingrecorder.agent.cutoff.CutOffWatch;
import org.pingrecorder.agent.delivery.DataFolder;
import org.pingrecorder.agent.delivery.Delivery;
import org.pingrecorder.agent.delivery.DeliveryCounts;
import org.pingrecorder.agent.delivery.DeliveryLimits;
import org.pingrecorder.agent.hostmetrics.HostMetrics;
import org.pingrecorder.agent.hostmetrics.HostMetricsConfig;
import org.pingrecorder.agent.recorder.Backoff;
import org.pingrecorder.agent.recorder.ProxyChoice;
import org.pingrecorder.agent.recorder.RecorderClient;
import org.pingrecorder.agent.recorder.RecorderGate;
import org.pingrecorder.agent.spool.SpoolLimits;
import org.pingrecorder.agent.targets.Resolver;
import org.pingrecorder.agent.targets.TargetList;
import org.pingrecorder.agent.timetable.Pace;
import org.pingrecorder.agent.timetable.PingResult;
import org.pingrecorder.agent.timetable.PingSink;
import org.pingrecorder.agent.timetable.PingedIp;
import org.pingrecorder.agent.timetable.Timetable;
import org.pingrecorder.agent.timetable.TimetableEvents;
import org.pingrecorder.icmp.Clock;
import org.pingrecorder.icmp.EngineConfig;
import org.pingrecorder.icmp.EngineCounters;
import org.pingrecorder.icmp.IcmpEngine;
import org.pingrecorder.icmp.IcmpUnavailableException;
import org.pingrecorder.wire.Durations;
import org.pingrecorder.wire.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of one running client. {@link #stop} may be called by any thread, the rest by one. */
final class ClientRun {

    private static final Logger LOG = LoggerFactory.getLogger(ClientRun.class);
    private static final Duration POST_PATIENCE = Duration.ofSeconds(1);

    private static final Duration LEAST_ROUND = Duration.ofSeconds(1);

    private final ClientConfig config;
    private final Clock clock;
    private final DataFolder folder;
    private final RecorderClient recorder;
    private final Delivery delivery;
    private final Registrar registrar;
    private final RoundTally tally = new RoundTally();
    private final LongAdder missed = new LongAdder();
    private final Resolver resolver;
    private final CutOffWatch cutOff;
    private final Timetable timetable;
    private final Pinging pinging;
    private final IcmpEngine engine;
    private final HostMetrics metrics;
    private final Steering steering;
    private final ScheduledExecutorService timer =
            new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().name("timer").daemon().factory());
    private final CountDownLatch faulty = new CountDownLatch(1);
    private volatile boolean started;
    private boolean stopped;
    private boolean safe = true;

    /**
     * Puts the parts together; nothing is sent before {@link #start}.
     *
     * @param folder closed by {@link #stop}
     * @throws IcmpUnavailableException if this process may not ping
     */
    ClientRun(
            ClientConfig config,
            TargetList targets,
            Optional<ProxyChoice> proxy,
            DataFolder folder,
            Clock clock)
            throws IcmpUnavailableException {
        this.config = config;
        this.folder = folder;
        this.clock = clock;
        resolver = new Resolver(clock, config.resolveEvery());
        recorder = new RecorderClient(config.recorder(), proxy);
        RecorderGate gate =
                new RecorderGate(config.recorder().toString(), Backoff.standard(), clock);
        delivery =
                new Delivery(
                        config.client(),
                        recorder,
                        gate,
                        folder,
                        new DeliveryLimits(
                                config.uploadInterval(),
                                SpoolLimits.of(config.spoolLimitBytes(), config.spoolAge())),
                        clock,
                        this::stampMicros,
                        faulty::countDown);
        registrar = new Registrar(config.client(), recorder, gate);
        cutOff = new CutOffWatch(config.cutOffCheck(), clock, delivery, delivery, this::tellStatus);
        timetable = new Timetable(config.client(), clock, sink(), events());
        EngineConfig sized =
                InFlightRoom.of(config.engine(), targets.ips(), config.maxRate(), usual());
        engine = cutOff.openEngine(sized, timetable);
        pinging = new Pinging(targets, resolver, timetable, registrar, sized, engine::wake);
        metrics =
                HostMetrics.of(
                        new HostMetricsConfig(
                                config.metricsInterval(),
                                config.metricsFile(),
                                config.metricsCommand()),
                        new OwnHealth(delivery::counts, missed::sum, timetable.slips()),
                        delivery::measured,
                        clock);
        steering =
                new Steering(
                        config, recorder, proxy, folder, pinging, registrar, metrics, delivery,
                        cutOff, clock);
    }

    private Pace usual() {
        return new Pace(config.interval(), config.timeout(), config.grace());
    }

    private PingSink sink() {
        return new PingSink() {
            @Override
            public void decided(PingResult result) {
                tally.decided(result);
                if (result.outcome() == Outcome.MISSED) {
                    missed.increment();
                }
                cutOff.decided(result);
            }

            @Override
            public void duplicate(PingedIp ip, long plannedEpochMicros) {
                tally.duplicate(ip, plannedEpochMicros);
                delivery.duplicate(ip, plannedEpochMicros);
            }

            @Override
            public void begins(PingedIp ip, long firstEpochMicros) {
                delivery.begins(ip, firstEpochMicros);
            }

            @Override
            public void ends(PingedIp ip, long nextEpochMicros, End why) {
                delivery.ends(ip, nextEpochMicros, why);
            }
        };
    }

    private TimetableEvents events() {
        RunLog log = new RunLog(faulty::countDown);
        return new TimetableEvents() {
            @Override
            public void clockMoved(long movedMicros) {
                log.clockMoved(movedMicros);
                delivery.clockMoved(movedMicros);
            }

            @Override
            public void stopped(long heldUpNanos) {
                log.stopped(heldUpNanos);
                delivery.stood(heldUpNanos);
            }

            @Override
            public void failed(Throwable cause) {
                log.failed(cause);
            }
        };
    }

    private long stampMicros() {
        return timetable.unsteppedEpochMicros();
    }

    /**
     * Begins to ping.
     *
     * @throws IOException if what the last run left on disk cannot be read
     */
    void start() throws IOException {
        steering.followLastPlan();
        tellStart(pinging.ips());
        delivery.start(longestWait(pinging.ips()));
        started = true;
        registrar.start();
        pinging.start();
        engine.start();
        metrics.start();
        steering.connect();
        every(Duration.ofSeconds(1), resolver::tick);
        every(Duration.ofSeconds(1), pinging::poll);
        every(Duration.ofSeconds(1), cutOff::tick);
        Duration round = config.interval();
        every(round.compareTo(LEAST_ROUND) < 0 ? LEAST_ROUND : round, this::tellRound);
    }

    private void tellStart(List<PingedIp> ips) {
        URI at = config.recorder();
        Duration usual = config.interval();
        long own = ips.stream().filter(ip -> !ip.pace().interval().equals(usual)).count();
        LOG.info(
                "client {} pings {} every {}{} for {}",
                config.client(),
                Registrar.targets(ips.size()),
                Durations.text(usual),
                own == 0 ? "" : " (" + own + " at intervals of their own)",
                at);
        LOG.info("pings {}", engine.description());
        if (ips.isEmpty()) {
            LOG.warn(
                    "there is nothing to ping yet: give addresses or --targets FILE, or set a plan"
                            + " at {}/clients/{}/plan",
                    at,
                    config.client());
        }
    }

    private static Duration longestWait(List<PingedIp> ips) {
        return ips.stream()
                .map(ip -> ip.pace().timeout().plus(ip.pace().grace()))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** What it pings, to be changed by any thread. */
    Pinging pinging() {
        return pinging;
    }

    private void tellRound() {
        DeliveryCounts counts = delivery.counts();
        String round = tally.end(counts.queued(), counts.held(), timetable.slips().take());
        LOG.info("{}{}", pinging.isPaused() ? "paused; " : "", round);
    }

    /** On a thread that may wait for the channel's. */
    private void tellStatus() {
        if (!timer.isShutdown()) {
            timer.execute(steering::tellStatus);
        }
    }

    /** What its engine has done. */
    EngineCounters counters() {
        return engine.counters();
    }

    /** How many results are not yet delivered. */
    long queued() {
        return delivery.counts().queued();
    }

    private void every(Duration period, Runnable task) {
        schedule(clock.nanoTime() + period.toNanos(), period.toNanos(), task);
    }

    /** Unlike the timer's own fixed rate, this makes up for nothing after a stall. */
    private void schedule(long dueNanos, long periodNanos, Runnable task) {
        Runnable turn =
                () -> {
                    long nowNanos = clock.nanoTime();
                    long nextNanos = dueNanos + periodNanos;
                    boolean stalled = nextNanos - nowNanos < 0;
                    schedule(stalled ? nowNanos + periodNanos : nextNanos, periodNanos, task);
                    try {
                        task.run();
                    } catch (RuntimeException e) {
                        LOG.error("a periodic task failed", e);
                    }
                };
        if (!timer.isShutdown()) {
            var _ = timer.schedule(turn, dueNanos - clock.nanoTime(), TimeUnit.NANOSECONDS);
        }
    }

    /** Waits until the engine or the delivery has ended by a fault; for ever otherwise. */
    void awaitFault() throws InterruptedException {
        faulty.await();
    }

    /**
     * Stops in reverse; what is not delivered is on disk when this returns.
     *
     * @return whether it is: false if the disk did not take it
     */
    synchronized boolean stop() {
        if (stopped) {
            return safe;
        }
        stopped = true;
        // Whatever the engine does while it ends: from here on no slot is promised.
        long stoppedMicros = clock.epochMicros();
        end(engine::close);
        end(steering::endTasks);
        end(timer::shutdownNow);
        end(metrics::stop);
        end(registrar::stop);
        end(resolver::close);
        long pingedMicros =
                Math.min(
                        stoppedMicros,
                        timetable.oldestUndecidedEpochMicros().orElse(stoppedMicros));
        safe = save(pingedMicros);
        end(() -> steering.stop(pingedMicros));
        end(recorder::close);
        return safe;
    }

    /** A part that cannot be ended keeps none of the others from it, nor results from the disk. */
    private static void end(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException e) {
            LOG.error("a part of this client could not be ended", e);
        }
    }

    private boolean save(long pingedMicros) {
        try (folder) {
            long left = delivery.stop(pingedMicros, POST_PATIENCE);
            if (left > 0) {
                LOG.info("stopped; {} results are on disk until the next start", left);
            } else if (started) {
                LOG.info("stopped; every result is delivered");
            }
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.error("results could not be put on disk and are lost", e);
            return false;
        }
    }
}
