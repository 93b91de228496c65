package org.pingrecorder.recorder.intake;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;
import io.micronaut.http.HttpStatus;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.database.DatabaseException;
import org.pingrecorder.recorder.http.Fault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes deliveries in. Those that arrive while a commit is on its way share the next one, so that
 * the disk is flushed once for many and each is answered only when it is durable (group commit).
 * Thread-safe.
 */
@Context // at once, so that /metrics shows its zeros before the first ping
final class Intake {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    static final long LONGEST_QUEUE_BYTES = 32 << 20;
    private static final long MOST_BYTES_A_COMMIT = 8 << 20;
    private static final int MOST_A_COMMIT = 2_000;
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private final DeliveryStore store;
    private final IntakeMetrics counts;
    private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final AtomicLong queuedBytes = new AtomicLong();
    private volatile boolean stopped;
    private final Thread writer =
            Thread.ofPlatform().name("intake").daemon().unstarted(this::write);

    Intake(DeliveryStore store, MeterRegistry metrics) {
        this.store = store;
        this.counts = new IntakeMetrics(metrics);
        Gauge.builder("ping_recorder.intake.queue", queue, BlockingQueue::size)
                .description("Deliveries and single pings that wait for the database")
                .register(metrics);
        Gauge.builder("ping_recorder.intake.queue.bytes", queuedBytes, AtomicLong::get)
                .description("Bytes of them in memory")
                .register(metrics);
    }

    /** A delivery, and whoever waits for it; the last of all has none. */
    private record Waiting(
            @Nullable Delivery delivery, long bytes, CompletableFuture<List<Boolean>> isNew) {

        Delivery given() {
            return Objects.requireNonNull(delivery);
        }
    }

    @PostConstruct
    void start() {
        writer.start();
    }

    /**
     * Lets a request turn back before it costs anything.
     *
     * @throws Fault 503 when too much waits for the database
     */
    void checkRoom() {
        if (queuedBytes.get() >= LONGEST_QUEUE_BYTES) {
            throw full();
        }
    }

    private static Fault full() {
        return Fault.of(
                HttpStatus.SERVICE_UNAVAILABLE,
                (LONGEST_QUEUE_BYTES >> 20)
                        + " MB of pings already wait for the database; send the same again later.");
    }

    /**
     * Takes one delivery.
     *
     * @return completes when it is durable, with whether each batch was new; or with what kept it
     *     from being stored
     */
    CompletionStage<List<Boolean>> take(Delivery delivery) {
        Waiting waiting = new Waiting(delivery, delivery.bytes(), new CompletableFuture<>());
        counts.received(delivery);
        if (queuedBytes.getAndAdd(waiting.bytes()) >= LONGEST_QUEUE_BYTES) {
            queuedBytes.addAndGet(-waiting.bytes());
            fail(List.of(waiting), full());
            return waiting.isNew();
        }
        queue.add(waiting);
        if (stopped && queue.remove(waiting)) {
            queuedBytes.addAndGet(-waiting.bytes());
            fail(
                    List.of(waiting),
                    Fault.of(
                            HttpStatus.SERVICE_UNAVAILABLE,
                            "The recorder is stopping; send the same again later."));
        }
        return waiting.isNew();
    }

    private void write() {
        List<Waiting> group = new ArrayList<>(MOST_A_COMMIT);
        boolean last = false;
        while (!last) {
            group.clear();
            try {
                last = collect(group);
                if (!group.isEmpty()) {
                    store(group);
                }
            } catch (InterruptedException e) {
                return;
            } catch (Throwable e) { // without this thread nothing is stored until a restart
                goOn(group, e);
            }
        }
    }

    private void goOn(List<Waiting> group, Throwable fault) {
        try {
            fail(group.stream().filter(waiting -> !waiting.isNew().isDone()).toList(), fault);
            LOG.error("A group of deliveries was not taken to its end; the next one is.", fault);
        } catch (Throwable worse) {
            // So short of memory that it cannot even be said; whoever waits gives up by itself.
            fault.addSuppressed(worse);
        }
    }

    /** Waits for what comes and takes what is there; whether it was the last. */
    private boolean collect(List<Waiting> group) throws InterruptedException {
        long bytes = 0;
        Waiting next = queue.take();
        boolean last = false;
        while (next != null) {
            last = next.delivery() == null;
            if (!last) {
                group.add(next);
            }
            bytes += next.bytes();
            next =
                    !last && bytes < MOST_BYTES_A_COMMIT && group.size() < MOST_A_COMMIT
                            ? queue.poll()
                            : null;
        }
        queuedBytes.addAndGet(-bytes);
        return last;
    }

    private void store(List<Waiting> group) {
        try {
            List<List<Boolean>> isNew = store.store(group.stream().map(Waiting::given).toList());
            for (int i = 0; i < group.size(); i++) {
                counts.stored(group.get(i).given(), isNew.get(i));
                group.get(i).isNew().complete(isNew.get(i));
            }
        } catch (SQLException e) {
            DatabaseException cause = new DatabaseException(e);
            if (group.size() == 1 || cause.isPassing()) {
                fail(group, cause);
            } else {
                // One that the database does not take must not keep the others out.
                int half = group.size() / 2;
                store(group.subList(0, half));
                store(group.subList(half, group.size()));
            }
        } catch (RuntimeException | Error e) { // whatever it is, those who wait must learn of it
            fail(group, e);
        }
    }

    private void fail(List<Waiting> group, Throwable cause) {
        for (Waiting waiting : group) {
            counts.failed(waiting.given());
            waiting.isNew().completeExceptionally(cause);
        }
    }

    /** Stores what was accepted, then ends. */
    @PreDestroy
    void stop() throws InterruptedException {
        stopped = true; // what is taken from here on may come after the last
        queue.add(new Waiting(null, 0, new CompletableFuture<>()));
        if (!writer.join(STOP_LIMIT)) {
            LOG.error(
                    "{} deliveries wait for a database that does not answer; they are not stored.",
                    queue.size());
        }
    }
}
