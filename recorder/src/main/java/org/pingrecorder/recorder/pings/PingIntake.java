package org.pingrecorder.recorder.pings;

import io.micrometer.core.instrument.Counter;
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
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.database.DatabaseException;
import org.pingrecorder.recorder.http.Fault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes single pings in. Those that arrive while a commit is on its way share the next one, so that
 * the disk is flushed once for many and each is answered only when it is durable (group commit).
 *
 * <p>accepted = stored + failed + waiting; {@code ping_recorder_pings_total} counts the first two.
 * Thread-safe.
 */
@Context // at once, so that /metrics shows its zeros before the first ping
final class PingIntake {

    private static final Logger LOG = LoggerFactory.getLogger(PingIntake.class);

    private static final int LONGEST_QUEUE = 20_000;
    private static final int MOST_A_COMMIT = 2_000;
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private final PingStore store;
    private final Counter stored;
    private final Counter failed;
    private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(LONGEST_QUEUE);
    private volatile boolean stopped;
    private final Thread writer =
            Thread.ofPlatform().name("ping-intake").daemon().unstarted(this::write);

    PingIntake(PingStore store, MeterRegistry metrics) {
        this.store = store;
        this.stored = counter(metrics, "stored");
        this.failed = counter(metrics, "failed");
        metrics.gauge("ping_recorder.intake.queue", queue, BlockingQueue::size);
    }

    private static Counter counter(MeterRegistry metrics, String result) {
        return Counter.builder("ping_recorder.pings")
                .description("Single pings taken in, by what became of them")
                .tag("result", result)
                .register(metrics);
    }

    /** A ping, and whoever waits for it; the last of all has none. */
    private record Waiting(@Nullable Ping ping, CompletableFuture<@Nullable Void> done) {}

    @PostConstruct
    void start() {
        writer.start();
    }

    /**
     * Takes one ping.
     *
     * @return completes when the ping is durable, or with what kept it from being stored
     */
    CompletionStage<@Nullable Void> take(Ping ping) {
        Waiting waiting = new Waiting(ping, new CompletableFuture<>());
        if (!queue.offer(waiting)) {
            refuse(waiting, LONGEST_QUEUE + " pings already wait for the database");
        } else if (stopped && queue.remove(waiting)) {
            refuse(waiting, "The recorder is stopping");
        }
        return waiting.done();
    }

    private static void refuse(Waiting waiting, String why) {
        waiting.done()
                .completeExceptionally(
                        Fault.of(
                                HttpStatus.SERVICE_UNAVAILABLE,
                                why + "; send this ping again later."));
    }

    private void write() {
        List<Waiting> group = new ArrayList<>(MOST_A_COMMIT);
        boolean last = false;
        while (!last) {
            group.clear();
            try {
                group.add(queue.take());
            } catch (InterruptedException e) {
                return;
            }
            queue.drainTo(group, MOST_A_COMMIT - 1);
            last = group.removeIf(waiting -> waiting.ping() == null);
            if (!group.isEmpty()) {
                store(group);
            }
        }
    }

    private void store(List<Waiting> group) {
        try {
            store.store(group.stream().map(waiting -> ping(waiting)).toList());
            stored.increment(group.size());
            group.forEach(waiting -> waiting.done().complete(null));
        } catch (SQLException e) {
            DatabaseException cause = new DatabaseException(e);
            if (group.size() == 1 || cause.isPassing()) {
                fail(group, cause);
            } else {
                // One that the database does not take must not keep the others out.
                group.forEach(waiting -> store(List.of(waiting)));
            }
        } catch (RuntimeException | Error e) { // whatever it is, those who wait must learn of it
            fail(group, e);
        }
    }

    private void fail(List<Waiting> group, Throwable cause) {
        failed.increment(group.size());
        group.forEach(waiting -> waiting.done().completeExceptionally(cause));
    }

    private static Ping ping(Waiting waiting) {
        return Objects.requireNonNull(waiting.ping());
    }

    /** Stores what was accepted, then ends. */
    @PreDestroy
    void stop() throws InterruptedException {
        stopped = true; // what is offered from here on may come after the last
        queue.put(new Waiting(null, new CompletableFuture<>()));
        if (!writer.join(STOP_LIMIT)) {
            LOG.error(
                    "{} pings wait for a database that does not answer; they are not stored.",
                    queue.size());
        }
    }
}
