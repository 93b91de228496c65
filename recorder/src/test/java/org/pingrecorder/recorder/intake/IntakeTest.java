package org.pingrecorder.recorder.intake;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micronaut.http.HttpStatus;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pingrecorder.recorder.database.DatabaseException;
import org.pingrecorder.recorder.http.Fault;
import org.pingrecorder.recorder.samples.Samples;
import org.pingrecorder.wire.Outcome;

class IntakeTest {

    private static final Delivery PING = delivery("c");
    private static final Delivery BAD = delivery("bad");

    private static Delivery delivery(String client) {
        KnownIps ips = new KnownIps(client, new LongAdder());
        Samples samples = new Samples();
        samples.add(0, 0, Outcome.REPLY, 1);
        Series series = Series.of(0, ips.find("192.0.2.1", null), null, 0, 0, samples);
        return new Delivery(ips, "::1", List.of(Batch.ofPing(series)));
    }

    private final GatedStore store = new GatedStore();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Intake intake = new Intake(store, metrics);
    private final List<CompletableFuture<List<Boolean>>> accepted = new ArrayList<>();
    private boolean stopped;

    /** Stores only as often as the test lets it, and keeps the size of every group. */
    private static final class GatedStore implements DeliveryStore {

        final Semaphore gate = new Semaphore(0);
        final AtomicInteger waiting = new AtomicInteger();
        final List<Integer> groups = new CopyOnWriteArrayList<>();
        volatile @Nullable Throwable failure;

        @Override
        public List<List<Boolean>> store(List<Delivery> deliveries) throws SQLException {
            waiting.incrementAndGet();
            gate.acquireUninterruptibly();
            groups.add(deliveries.size());
            if (deliveries.contains(BAD)) {
                throw new SQLException("this value is none of mine", "22003");
            }
            switch (failure) {
                case SQLException e -> throw e;
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                case null -> waiting.decrementAndGet();
                default -> throwUndeclared(failure);
            }
            return deliveries.stream().map(delivery -> List.of(true)).toList();
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> void throwUndeclared(Throwable failure) throws T {
        throw (T) failure;
    }

    @AfterEach
    void everyAcceptedPing_isAnsweredAndCountedOnce() throws InterruptedException {
        store.gate.release(1_000_000); // more than any number of groups
        if (!stopped) {
            intake.stop();
        }
        assertTrue(accepted.stream().allMatch(CompletableFuture::isDone));
        double waiting = metrics.get("ping_recorder.intake.queue").gauge().value();
        assertEquals(0, waiting);
        assertEquals(
                accepted.size(), metrics.get("ping_recorder.pings.received").counter().count());
        double results =
                count("stored")
                        + count("refused")
                        + count("duplicate")
                        + count("quarantined")
                        + count("failed");
        assertEquals(accepted.size(), results + waiting);
        assertEquals(0, metrics.get("ping_recorder.intake.queue.bytes").gauge().value());
    }

    private double count(String result) {
        return metrics.get("ping_recorder.pings").tag("result", result).counter().count();
    }

    private CompletableFuture<List<Boolean>> take() {
        takeMany(1);
        return accepted.getLast();
    }

    private void takeMany(int count) {
        for (int i = 0; i < count; i++) {
            accepted.add(intake.take(PING).toCompletableFuture());
        }
    }

    /** The first ping is on its way to the disk, and further ones must wait. */
    private void takeOneAndHoldIt() {
        intake.start();
        takeMany(1);
        await().until(() -> store.waiting.get() == 1);
    }

    /** Waits with a limit: an intake that forgets somebody must not hang the build. */
    private static void join(CompletableFuture<List<Boolean>> done) {
        await().until(done::isDone);
        done.join();
    }

    private static Throwable failureOf(CompletableFuture<List<Boolean>> done) {
        Throwable cause = assertThrows(CompletionException.class, () -> join(done)).getCause();
        return assertInstanceOf(Throwable.class, cause);
    }

    @Test
    void pings_thatArriveDuringACommit_shareTheNext() {
        takeOneAndHoldIt();
        CompletableFuture<List<Boolean>> first = accepted.getFirst();
        takeMany(5);
        assertFalse(first.isDone());
        store.gate.release();
        join(first);
        assertFalse(accepted.getLast().isDone());
        store.gate.release();
        join(accepted.getLast());
        assertEquals(List.of(1, 5), store.groups);
    }

    @Test
    void commit_isOfABoundedNumber() {
        takeOneAndHoldIt();
        takeMany(4_500);
        store.gate.release(4);
        join(accepted.getLast());
        assertEquals(List.of(1, 2_000, 2_000, 500), store.groups);
    }

    @Test
    void failure_reachesEveryoneOfItsGroupAndNobodyElse() {
        takeOneAndHoldIt();
        CompletableFuture<List<Boolean>> first = accepted.getFirst();
        takeMany(3);
        store.gate.release();
        join(first);
        store.failure = new SQLException("away", "08006");
        store.gate.release();
        for (CompletableFuture<List<Boolean>> done : accepted.subList(1, 4)) {
            assertInstanceOf(DatabaseException.class, failureOf(done));
        }
        assertEquals(1, count("stored"));
        assertEquals(3, count("failed"));
        store.failure = null;
        store.gate.release();
        join(take());
    }

    @Test
    void ping_thatTheDatabaseDoesNotTake_keepsNoOtherOut() {
        takeOneAndHoldIt();
        takeMany(2);
        CompletableFuture<List<Boolean>> bad = intake.take(BAD).toCompletableFuture();
        accepted.add(bad);
        CompletableFuture<List<Boolean>> after = take();
        store.gate.release(100);
        assertInstanceOf(DatabaseException.class, failureOf(bad));
        join(after);
        assertEquals(List.of(1, 4, 2, 2, 1, 1), store.groups);
        assertEquals(4, count("stored"));
    }

    @Test
    void fault_ofAnyKind_doesNotEndTheWriter() {
        intake.start();
        for (Throwable failure :
                List.of(
                        new IllegalStateException("ours"),
                        new StackOverflowError("ours"),
                        new Exception("not declared"))) {
            store.failure = failure;
            store.gate.release();
            assertEquals(failure, failureOf(take()));
        }
        store.failure = null;
        store.gate.release();
        join(take());
        assertEquals(3, count("failed"));
    }

    @Test
    void queue_thatIsFull_refusesWith503() {
        takeOneAndHoldIt();
        int most = (int) (Intake.LONGEST_QUEUE_BYTES / PING.bytes()) + 1;
        takeMany(most);
        assertThrows(Fault.class, intake::checkRoom);
        CompletableFuture<List<Boolean>> tooMany = take();
        Fault fault = assertInstanceOf(Fault.class, failureOf(tooMany));
        assertEquals(HttpStatus.SERVICE_UNAVAILABLE, fault.status());
        assertEquals(most, metrics.get("ping_recorder.intake.queue").gauge().value());
    }

    @Test
    void stop_storesWhatWasAcceptedAndRefusesWhatComesAfter() throws InterruptedException {
        takeOneAndHoldIt();
        takeMany(7);
        store.gate.release(100);
        intake.stop();
        stopped = true;
        assertEquals(8, store.groups.stream().mapToInt(Integer::intValue).sum());
        assertEquals(8, count("stored"));
        Fault fault = assertInstanceOf(Fault.class, failureOf(take()));
        assertEquals(HttpStatus.SERVICE_UNAVAILABLE, fault.status());
    }
}
