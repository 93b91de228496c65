package org.pingrecorder.recorder.packing;

import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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

    /** Other recorders look for new uploads every two seconds, to tell their listeners. */
    private static final Duration REST = Duration.ofSeconds(5);

    private static final Duration CLEAN_UP_EVERY = Duration.ofMinutes(10);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final int VALID_LIMIT_SECONDS = 10;

    private final Database database;
    private final List<PackPart> parts;
    private final Retention retention;
    private final StorageSize size;
    private final PackMetrics metrics;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().name("packer").daemon().unstarted(this::run);

    /** Of whoever holds this object's monitor; read without it only to end its connection. */
    private volatile @Nullable PackWork work;

    private final FailureNews failureNews = new FailureNews();
    private long cleanUpNanos;

    Packer(Database database, RecorderConfig config, List<PackPart> parts, MeterRegistry registry) {
        this.database = database;
        this.parts = parts;
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
        Throwable failure;
        try {
            PackWork now = ready();
            if (now == null) {
                return;
            }
            failure = work(now, mergedEnough);
        } catch (Throwable e) { // an Error too: the lock must not outlast the work
            release();
            failure = e;
        }
        if (failure == null) {
            if (failureNews.hasEnded()) {
                LOG.info("Packing goes on.");
            }
        } else if (!isStopping() && failureNews.isNews(failure, System.nanoTime())) {
            LOG.warn(
                    "Not all is packed, merged and cleaned up; that is tried again every {} s.",
                    EVERY.toSeconds(),
                    failure);
        }
    }

    /**
     * Returns what failed first, with all else as suppressed: one client or hour must not keep the
     * rest from its turn.
     */
    private @Nullable Exception work(PackWork now, BooleanSupplier mergedEnough)
            throws SQLException {
        Connection connection = now.connection();
        List<Exception> failures = new ArrayList<>();
        attempt(connection, failures, () -> packAll(now));
        attempt(
                connection,
                failures,
                () -> metrics.blocks.increment((double) now.merge(Instant.now(), mergedEnough)));
        for (PackPart part : parts) {
            attempt(
                    connection,
                    failures,
                    () -> part.pack(connection, Instant.now(), this::isStopping));
        }
        if (System.nanoTime() - cleanUpNanos >= 0) {
            int before = failures.size();
            attempt(connection, failures, () -> retention.run(connection, Instant.now()));
            attempt(connection, failures, () -> size.look(connection));
            if (failures.size() == before) {
                cleanUpNanos = System.nanoTime() + CLEAN_UP_EVERY.toNanos();
            }
        }
        if (failures.isEmpty()) {
            return null;
        }
        Exception first = failures.removeFirst();
        failures.forEach(first::addSuppressed);
        return first;
    }

    @FunctionalInterface
    private interface Task {
        void run() throws SQLException;
    }

    /** Throws only if the connection is of no more use. */
    private static void attempt(Connection connection, List<Exception> failures, Task task)
            throws SQLException {
        try {
            task.run();
        } catch (SQLException | RuntimeException e) {
            if (!connection.isValid(VALID_LIMIT_SECONDS)) {
                throw e;
            }
            connection.rollback();
            failures.add(e);
        }
    }

    private void packAll(PackWork now) throws SQLException {
        metrics.look(now.connection());
        long start = System.nanoTime();
        try {
            metrics.pings.increment((double) now.pack(REST, this::isStopping));
        } finally {
            metrics.cycle.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        }
    }

    /** The work, or null while another recorder packs. */
    private @Nullable PackWork ready() throws SQLException {
        PackWork current = work;
        if (current != null) {
            return current;
        }
        Connection connection = database.connect();
        try {
            if (PackLock.take(connection)) {
                current = new PackWork(connection);
                cleanUpNanos = System.nanoTime();
                work = current;
            }
        } finally {
            if (current == null) {
                connection.close();
            }
        }
        return current;
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
        return now(current -> current.pack(Duration.ZERO, () -> false));
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
        } catch (Throwable e) {
            release();
            throw e;
        }
    }

    @PreDestroy
    void stop() throws InterruptedException, SQLException {
        stop(STOP_LIMIT);
    }

    void stop(Duration limit) throws InterruptedException, SQLException {
        stopping.countDown();
        if (thread.join(limit)) {
            synchronized (this) {
                release();
            }
            return;
        }
        LOG.warn("The packer does not stop; what it is doing is undone.");
        PackWork current = work; // its monitor may be held for as long as the database likes
        if (current != null) {
            current.connection().abort(Runnable::run);
        }
    }
}
