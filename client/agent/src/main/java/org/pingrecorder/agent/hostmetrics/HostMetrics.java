package org.pingrecorder.agent.hostmetrics;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.icmp.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures the host every interval, on a thread of its own: a disk or a command that does not
 * answer holds up nothing else. Nothing is made up for after a stall. Thread-safe.
 */
public final class HostMetrics {

    private static final Logger LOG = LoggerFactory.getLogger(HostMetrics.class);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(1);

    private final Duration own;
    private final List<Source> sources;
    private final Sink sink;
    private final Clock clock;
    private final Values values = new Values();
    private final Thread thread =
            Thread.ofPlatform().name("host metrics").daemon().unstarted(this::run);
    private Duration interval;
    private long dueNanos;
    private boolean ended;
    private boolean toldFault;

    /** Takes what was measured. */
    @FunctionalInterface
    public interface Sink {
        /** Takes the arrays over; they are of one length. */
        void measured(long intervalMillis, String[] names, double[] values);
    }

    HostMetrics(Duration own, List<Source> sources, Sink sink, Clock clock) {
        this.own = own;
        this.sources = List.copyOf(sources);
        this.sink = sink;
        this.clock = clock;
        this.interval = own;
    }

    /**
     * Measures nothing before {@link #start}.
     *
     * @param client what the client knows of itself
     */
    public static HostMetrics of(HostMetricsConfig config, Source client, Sink sink, Clock clock) {
        List<Source> sources = new ArrayList<>(host());
        sources.add(client);
        Path file = config.file();
        if (file != null) {
            sources.add(new Gauges("metrics-file", new GaugeFile(file)));
        }
        String command = config.command();
        if (command != null) {
            sources.add(
                    new Gauges(
                            "metrics-command",
                            new GaugeCommand(command, GaugeCommand.LIMIT, clock)));
        }
        return new HostMetrics(config.interval(), sources, sink, clock);
    }

    private static List<Source> host() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return system.startsWith("linux") ? linux(Path.of("/")) : List.of(new OtherHost());
    }

    /** What a Linux tells below its root. */
    static List<Source> linux(Path root) {
        ProcFiles files = new ProcFiles(root);
        return List.of(
                new LinuxHost(files),
                new Disks(files, Disks.Space.ofSystem()),
                new Temperature(files),
                new Interfaces(files));
    }

    /** Begins to measure, now and then every interval. */
    public synchronized void start() {
        dueNanos = clock.nanoTime();
        thread.start();
    }

    /** Measures so often from now on; null for as often as the client's own configuration says. */
    public synchronized void every(@Nullable Duration planned) {
        Duration wanted = planned == null ? own : planned;
        if (!wanted.equals(interval)) {
            interval = wanted;
            dueNanos = clock.nanoTime();
            notifyAll();
        }
    }

    /** Ends it; what is being measured is left. */
    public void stop() {
        synchronized (this) {
            ended = true;
            notifyAll();
        }
        thread.interrupt();
        try {
            if (!thread.join(STOP_LIMIT)) {
                LOG.debug("something that is measured does not answer");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            for (Duration turn = await(); turn != null; turn = await()) {
                measure(turn);
            }
        } catch (InterruptedException e) {
            LOG.debug("the client stops", e);
        }
    }

    /** Waits for the next turn; returns null at the end. */
    private synchronized @Nullable Duration await() throws InterruptedException {
        while (!ended) {
            if (interval.isZero()) {
                wait();
                continue;
            }
            long nowNanos = clock.nanoTime();
            long leftNanos = dueNanos - nowNanos;
            if (leftNanos <= 0) {
                boolean stalled = -leftNanos > interval.toNanos();
                dueNanos = (stalled ? nowNanos : dueNanos) + interval.toNanos();
                return interval;
            }
            wait(leftNanos / 1_000_000 + 1);
        }
        return null;
    }

    /** Measures once, on the calling thread. */
    void measure(Duration turn) {
        values.clear();
        for (Source source : sources) {
            try {
                source.read(values);
            } catch (RuntimeException | LinkageError e) {
                if (!toldFault) {
                    LOG.error("some of the host's metrics are not measured, for a fault", e);
                }
                toldFault = true;
            }
        }
        sink.measured(turn.toMillis(), values.names(), values.values());
    }
}
