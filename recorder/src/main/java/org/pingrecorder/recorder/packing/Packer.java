package org.pingrecorder.recorder.packing;

import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.config.RecorderConfig;
import org.pingrecorder.recorder.database.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Packs every 15 seconds, and merges in between, while this recorder is the one of those on the
 * database that does; else it asks at the same pace whether its turn has come. Its lock and its
 * work are on one connection: without the one the other ends too. Thread-safe.
 */
@Context
public final class Packer {

    private static final Logger LOG = LoggerFactory.getLogger(Packer.class);

    private static final Duration EVERY = Duration.ofSeconds(15);
    private static final Duration CLEAN_UP_EVERY = Duration.ofMinutes(10);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private final Database database;
    private final Retention retention;
    private final StorageSize size;
    private final PackMetrics metrics;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().name("packer").daemon().unstarted(this::run);

    // Of whoever holds this object's monitor.
    private @Nullable PackWork work;
    private long cleanUpNanos;
    private boolean failing;

    Packer(Database database, RecorderConfig config, MeterRegistry registry) {
        this.database = database;
        this.retention = new Retention(config.keepPings(), config.keepSummaries());
        this.size = new StorageSize(registry, config);
        this.metrics = new PackMetrics(registry);
    }

    @PostConstruct
    void start() throws SQLException {
        FirstRelease.convert(database);
        thread.start();
    }

    private void run() {
        long due = System.nanoTime();
        while (!isStopping()) {
            due = Math.max(due + EVERY.toNanos(), System.nanoTime());
            long next = due;
            cycle(() -> isStopping() || System.nanoTime() >= next);
            try {
                if (stopping.await(next - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    break;
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private synchronized void cycle(BooleanSupplier mergedEnough) {
        try {
            PackWork now = ready();
            if (now == null) {
                return;
            }
            SQLException failure = packAll(now);
            metrics.blocks.increment((double) now.merge(Instant.now(), mergedEnough));
            if (failure != null) {
                throw failure;
            }
            if (System.nanoTime() - cleanUpNanos >= 0) {
                retention.run(now.connection(), Instant.now());
                size.look(now.connection());
                cleanUpNanos = System.nanoTime() + CLEAN_UP_EVERY.toNanos();
            }
            if (failing) {
                LOG.info("Packing goes on.");
                failing = false;
            }
        } catch (SQLException | RuntimeException e) {
            release();
            if (!failing && !isStopping()) {
                LOG.warn(
                        "Packing stands still, and is tried again every {} s.",
                        EVERY.toSeconds(),
                        e);
            }
            failing = true;
        }
    }

    /** Returns what kept some of it from being packed: that must not keep hours from merging. */
    private @Nullable SQLException packAll(PackWork now) throws SQLException {
        metrics.look(now.connection());
        long start = System.nanoTime();
        try {
            metrics.pings.increment((double) now.pack(this::isStopping));
            return null;
        } catch (SQLException e) {
            return e;
        } finally {
            metrics.cycle.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        }
    }

    /** The work, or null while another recorder packs. */
    private @Nullable PackWork ready() throws SQLException {
        if (work != null) {
            return work;
        }
        Connection connection = database.connect();
        try {
            if (PackLock.take(connection)) {
                work = new PackWork(connection);
                cleanUpNanos = System.nanoTime();
            }
        } finally {
            if (work == null) {
                connection.close();
            }
        }
        return work;
    }

    /** Ends the connection, and with it the lock. */
    private void release() {
        metrics.notThePacker();
        PackWork ending = work;
        work = null;
        if (ending != null) {
            try {
                ending.connection().close();
            } catch (SQLException e) {
                LOG.debug("The packer's connection was gone already.", e);
            }
        }
    }

    /**
     * Packs all uploads now, if this recorder is the packer.
     *
     * @return how many pings that were, or -1 if another recorder packs
     */
    public long packAll() throws SQLException {
        return now(current -> current.pack(() -> false));
    }

    /**
     * Merges all hours that are over and quiet by that clock, if this recorder is the packer.
     *
     * @return how many blocks were written, or -1 if another recorder packs
     */
    public long merge(Instant now) throws SQLException {
        return now(current -> current.merge(now, () -> false));
    }

    @FunctionalInterface
    private interface Step {
        long run(PackWork work) throws SQLException;
    }

    private synchronized long now(Step step) throws SQLException {
        try {
            PackWork current = ready();
            return current == null ? -1 : step.run(current);
        } catch (SQLException | RuntimeException e) {
            release();
            throw e;
        }
    }

    @PreDestroy
    void stop() throws InterruptedException {
        stopping.countDown();
        if (!thread.join(STOP_LIMIT)) {
            LOG.warn("The packer does not stop; what it is doing is undone.");
        }
        synchronized (this) {
            release();
        }
    }
}
