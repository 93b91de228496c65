package org.pingrecorder.agent.delivery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micronaut.http.HttpResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pingrecorder.agent.recorder.FakeRecorder;
import org.pingrecorder.agent.recorder.StoredBatch;
import org.pingrecorder.wire.NewPing;
import org.pingrecorder.wire.Receipt;

/** Delivery against a recorder in all its moods. */
class DeliveryIT extends DeliveryFixture {

    @Test
    void decided_recorderThere_everyPingOnceAndInOrder() throws Exception {
        FakeRecorder recorder = keep(new FakeRecorder());
        Delivery delivery = started(recorder.uri());

        give(delivery, 0, 2_000);

        awaitEmpty(delivery);
        assertEachOnce(2_000, recorder);
        assertEquals(2_000, delivery.counts().delivered());
        NewPing reply =
                recorder.stored().stream()
                        .filter(ping -> "reply".equals(ping.outcome()))
                        .findAny()
                        .orElseThrow();
        assertEquals(20.113, reply.latencyMs());
        assertEquals("n", reply.name());
        assertTrue(String.valueOf(reply.at()).matches("2027-01-15T08:00:00\\.[0-9]{6}Z"));
        assertEquals(0, stop(delivery));
        List<Long> numbers = recorder.batches().stream().map(StoredBatch::number).toList();
        assertEquals(numbers.stream().sorted().toList(), numbers);
        assertEquals(1, recorder.batches().stream().map(StoredBatch::spool).distinct().count());
        assertEquals("stopped", recorder.batches().getLast().gaps().getFirst().get("reason"));
    }

    @Test
    void decided_clockOfARecorder_isEstimated() throws Exception {
        FakeRecorder recorder = keep(new FakeRecorder());
        Delivery delivery = started(recorder.uri());
        give(delivery, 0, 1);
        awaitEmpty(delivery);
        give(delivery, 1, 2);
        awaitEmpty(delivery);

        assertFalse(recorder.batches().getFirst().clock().containsKey("offset_us"));
        StoredBatch second = recorder.batches().get(1);
        long offsetMicros = second.clockMicros("offset_us");
        assertTrue(Math.abs(offsetMicros) < 5_000_000, "the same clock, " + offsetMicros);
        assertTrue(second.clockMicros("now_us") > START / 2);
        stop(delivery);
    }

    @Test
    void decided_recorderFailsForAWhile_everyPingOnceAndSaidOnce() throws Exception {
        FakeRecorder recorder = keep(new FakeRecorder());
        recorder.answering(_ -> FakeRecorder.status(500, "database is away"));
        Delivery delivery = started(recorder.uri());

        give(delivery, 0, 300);
        await().until(() -> recorder.posts() > 10);
        assertEquals(0, delivery.counts().delivered());
        await().untilAsserted(() -> assertAddUp(delivery));
        AtomicLong toldEarly = new AtomicLong();
        recorder.answering(
                _ -> {
                    toldEarly.addAndGet(logged("the recorder is back"));
                    return null;
                });

        awaitEmpty(delivery);
        assertEachOnce(300, recorder);
        await().until(() -> logged("the recorder is back") == 1);
        assertEquals(1, logged("is away (it answers 500: database is away)"));
        assertEquals(1, logged("300 pings were delivered late"));
        assertEquals(0, toldEarly.get(), "told before all were delivered");
        stop(delivery);
    }

    @Test
    void decided_answerLostAfterStoring_everyPingOnce() throws Exception {
        FakeRecorder recorder = keep(new FakeRecorder());
        AtomicInteger lost = new AtomicInteger();
        recorder.answeringAfterStoring(
                _ -> lost.incrementAndGet() > 5 ? null : FakeRecorder.status(502, "cut"));
        Delivery delivery = started(recorder.uri());

        give(delivery, 0, 300);

        awaitEmpty(delivery);
        assertTrue(lost.get() > 5);
        assertEachOnce(300, recorder);
        stop(delivery);
    }

    @Test
    void decided_somePingsRefused_areSetAsideAndTheRestStored() throws Exception {
        FakeRecorder recorder = keep(new FakeRecorder());
        recorder.refusing(DeliveryIT::refuseTheSeventh);
        Delivery delivery = started(recorder.uri());

        give(delivery, 0, 400);

        awaitEmpty(delivery);
        assertEquals(2, delivery.counts().setAside());
        assertEquals(398, delivery.counts().delivered());
        List<String> lines = Files.readAllLines(file("set-aside.ndjson"));
        assertEquals(2, lines.size());
        assertTrue(lines.stream().allMatch(line -> line.contains("\"192.0.2.7\"")), "" + lines);
        assertEquals(1, logged("a ping of 192.0.2.7 is not taken (too odd)"));
        stop(delivery);
    }

    private static List<Receipt.Refused> refuseTheSeventh(StoredBatch batch) {
        List<Receipt.Refused> refused = new ArrayList<>();
        for (int i = 0; i < batch.series().size(); i++) {
            if ("192.0.2.7".equals(batch.series().get(i).get("ip"))) {
                refused.add(new Receipt.Refused(i, i % 2 == 0 ? null : 0, "too odd"));
            }
        }
        return refused;
    }

    /** Whatever the size of the request in which it was first. */
    @Test
    void decided_oneBatchRefusedForGood_isSetAsideAloneAndBlocksNobody() throws Exception {
        FakeRecorder recorder = keep(new FakeRecorder());
        recorder.answering(_ -> FakeRecorder.status(503, "later"));
        Delivery delivery = started(recorder.uri());
        for (int i = 0; i < 20; i++) {
            give(delivery, i * 10, i * 10 + 10);
            long sealed = i;
            await().until(() -> spoolBytes() > 100 * sealed);
        }
        recorder.answering(
                batches ->
                        batches.stream().anyMatch(batch -> batch.number() == 7)
                                ? FakeRecorder.status(422, "no such thing as seven")
                                : null);

        awaitEmpty(delivery);

        DeliveryCounts counts = delivery.counts();
        assertEquals(200, counts.delivered() + counts.setAside());
        assertEquals(counts.delivered(), recorder.stored().size());
        List<String> lines = Files.readAllLines(file("set-aside-batches.ndjson"));
        assertEquals(1, lines.size());
        assertTrue(lines.getFirst().contains("\"batch\":7,"), lines.getFirst());
        assertEquals(1, logged("refuses a whole batch for good (it answers 422: no such thing"));
        await().until(
                        () ->
                                recorder.batches().stream()
                                        .flatMap(batch -> batch.gaps().stream())
                                        .anyMatch(gap -> "dropped".equals(gap.get("reason"))));
        stop(delivery);
    }

    private long spoolBytes() {
        return file("spool").toFile().listFiles() == null ? 0 : length();
    }

    private long length() {
        long sum = 0;
        for (java.io.File file : file("spool").toFile().listFiles()) {
            sum += file.length();
        }
        return sum;
    }

    /** Refusals of this client, of its way or of its configuration, which people can mend. */
    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 405, 407, 409, 415, 421, 451})
    void decided_refusedForWhatIsNotTheRequest_isKeptAndSaidOnce(int status) throws Exception {
        FakeRecorder recorder = keep(new FakeRecorder());
        recorder.answering(_ -> FakeRecorder.status(status, "not from there"));
        Delivery delivery = started(recorder.uri());
        give(delivery, 0, 50);
        await().until(() -> recorder.posts() > 5);

        recorder.answering(_ -> null);

        awaitEmpty(delivery);
        assertEachOnce(50, recorder);
        assertEquals(0, delivery.counts().setAside());
        assertEquals(1, logged("is away (it answers " + status + ": not from there"));
        assertEquals(status == 404 ? 1 : 0, logged("it may be older than this client"));
        stop(delivery);
    }

    /** A firewall, a proxy or a captive portal; and a recorder that dislikes the client's name. */
    @Test
    void decided_refusedByWhatIsNoRecorder_isKept() throws Exception {
        FakeRecorder recorder = keep(new FakeRecorder());
        List<CompletionStage<HttpResponse<?>>> answers =
                List.of(
                        FakeRecorder.page(400),
                        FakeRecorder.page(413),
                        FakeRecorder.page(422),
                        FakeRecorder.status(400, "no such client", "clientId"));
        AtomicInteger given = new AtomicInteger();
        recorder.answering(
                _ -> {
                    int at = given.getAndIncrement();
                    return at < answers.size() ? answers.get(at) : null;
                });
        Delivery delivery = started(recorder.uri());

        give(delivery, 0, 50);

        awaitEmpty(delivery);
        assertTrue(given.get() > answers.size());
        assertEachOnce(50, recorder);
        assertEquals(0, delivery.counts().setAside());
        stop(delivery);
    }

    @Test
    void decided_aProxyTakesNoLargeRequests_goInSmallOnes() throws Exception {
        FakeRecorder recorder = keep(new FakeRecorder());
        recorder.answering(_ -> FakeRecorder.page(503));
        Delivery delivery = started(recorder.uri());
        for (int i = 0; i < 20; i++) {
            give(delivery, i * 10, i * 10 + 10);
            long sealed = i;
            await().until(() -> spoolBytes() > 100 * sealed);
        }
        recorder.answering(batches -> batches.size() > 3 ? FakeRecorder.page(413) : null);

        awaitEmpty(delivery);
        assertEachOnce(200, recorder);
        stop(delivery);
    }

    @Test
    void decided_everyBatchRefused_setsAsideThreeAndKeepsTheRest() throws Exception {
        FakeRecorder recorder = keep(new FakeRecorder());
        recorder.answering(_ -> FakeRecorder.status(400, "what is this?", "[0].gaps"));
        Delivery delivery = started(recorder.uri());
        for (int i = 0; i < 6; i++) {
            give(delivery, i * 10, i * 10 + 10);
            long settled = Math.min(3, i + 1) * 10L;
            await().until(() -> delivery.counts().setAside() == settled);
            assertAddUp(delivery);
        }
        await().until(() -> logged("is away (it refuses one batch after another") == 1);
        assertEquals(30, delivery.counts().queued());

        recorder.answering(_ -> null);

        awaitEmpty(delivery);
        assertEachOnce(30, recorder);
        assertEquals(3, Files.readAllLines(file("set-aside-batches.ndjson")).size());
        stop(delivery);
    }

    @Test
    void decided_askedToWait_triesAgainLater() throws Exception {
        FakeRecorder recorder = keep(new FakeRecorder());
        AtomicInteger refused = new AtomicInteger();
        recorder.answering(
                _ ->
                        refused.incrementAndGet() > 2
                                ? null
                                : CompletableFuture.completedFuture(
                                        HttpResponse.status(429, "x")
                                                .header("Retry-After", "1")
                                                .body("")));
        Delivery delivery = started(recorder.uri());

        give(delivery, 0, 100);

        awaitEmpty(delivery);
        assertEachOnce(100, recorder);
        stop(delivery);
    }

    @Test
    void decided_notARecorder_keepsThePings() throws Exception {
        FakeRecorder recorder = keep(new FakeRecorder());
        recorder.answering(_ -> CompletableFuture.completedFuture(HttpResponse.ok("hello")));
        Delivery delivery = started(recorder.uri());

        give(delivery, 0, 10);

        await().until(() -> recorder.posts() > 5);
        assertEquals(10, delivery.counts().queued());
        assertEquals(10, stop(delivery));
    }

    @Test
    void stop_recorderHangs_leavesEverythingOnDiskForTheNextStart() throws Exception {
        FakeRecorder recorder = keep(new FakeRecorder());
        recorder.answering(_ -> FakeRecorder.never());
        Delivery delivery = started(recorder.uri());
        give(delivery, 0, 100);
        await().until(() -> recorder.posts() >= 1);

        assertEquals(100, stop(delivery));
        closeParts();

        FakeRecorder again = keep(new FakeRecorder());
        Delivery second = started(again.uri());
        give(second, 100, 150);
        awaitEmpty(second);
        assertEachOnce(150, again);
        assertEquals(2, again.batches().stream().map(StoredBatch::spool).distinct().count());
        assertFalse(again.batches().getFirst().clock().containsKey("now_us"), "not known any more");
        assertEquals(1, logged("up to 100 results of earlier runs are still to be delivered"));
        stop(second);
    }

    @Test
    void start_afterARunThatBeganTimetables_tellsTheTimeUntilNowByItself() throws Exception {
        Delivery delivery = started(NOBODY);
        give(delivery, 0, 1);
        assertEquals(1, stop(delivery));
        closeParts();

        FakeRecorder recorder = keep(new FakeRecorder());
        Delivery second = started(recorder.uri());
        awaitEmpty(second);
        await().until(() -> gaps(recorder).size() == 3);
        // The first was told by the stop; else the last ends with what began in the run before.
        Map<String, Object> until = gaps(recorder).get(1);
        Map<String, Object> since = gaps(recorder).get(2);
        assertEquals(until.get("to"), since.get("from"));
        assertFalse(since.containsKey("to"));
        stop(second);
    }

    private static List<Map<String, Object>> gaps(FakeRecorder recorder) {
        return recorder.batches().stream().flatMap(batch -> batch.gaps().stream()).toList();
    }

    @Test
    void sealer_endsByAFault_endsTheRunAndStopDoesNotClaimThatAllIsSafe() throws Exception {
        FakeRecorder recorder = keep(new FakeRecorder());
        Delivery delivery = started(recorder.uri());
        faultyThread = "sealer";
        give(delivery, 0, 10);
        await().until(() -> faults.get() == 1);

        assertThrows(IOException.class, () -> stop(delivery));
        assertEquals(1, logged("results can no longer be sealed"));
    }

    @Test
    void uploader_endsByAFault_endsTheRunAndLeavesAllOnDisk() throws Exception {
        FakeRecorder recorder = keep(new FakeRecorder());
        Delivery delivery = started(recorder.uri());
        faultyThread = "uploader";
        give(delivery, 0, 10);
        await().until(() -> faults.get() == 1);

        assertEquals(10, stop(delivery));
        assertEquals(1, logged("results can no longer be uploaded"));
    }

    @Test
    void stop_interrupted_savesAllTheSame() throws Exception {
        Delivery delivery = started(NOBODY);
        give(delivery, 0, 20);

        Thread.currentThread().interrupt();
        long left = stop(delivery);

        assertTrue(Thread.interrupted());
        assertEquals(20, left);
    }

    @Test
    void open_twice_saysWhoHoldsIt() throws Exception {
        DataFolder first = DataFolder.open(data, "client1");
        var e = assertThrows(IOException.class, () -> DataFolder.open(data, "client1"));
        assertTrue(String.valueOf(e.getMessage()).startsWith("another client named 'client1'"));
        DataFolder.open(data, "client2").close();
        first.close();
        DataFolder.open(data, "client1").close();
    }
}
