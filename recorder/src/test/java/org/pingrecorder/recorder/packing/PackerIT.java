package org.pingrecorder.recorder.packing;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pingrecorder.recorder.TestDatabase;
import org.pingrecorder.recorder.TestRecorder;
import org.pingrecorder.recorder.samples.Hours;
import org.pingrecorder.recorder.samples.Samples;
import org.pingrecorder.wire.Outcome;

/** Two recorders on one database, of which one packs at a time. */
class PackerIT {

    private static final TestDatabase DATABASE = TestDatabase.create();

    @RegisterExtension static final TestRecorder ONE = TestRecorder.on(DATABASE, Map.of());
    @RegisterExtension static final TestRecorder TWO = TestRecorder.on(DATABASE, Map.of());

    private static final long START = Hours.micros(Instant.parse("2026-04-01T10:00:00Z"));
    private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");

    private static long packers() {
        return DATABASE.number(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND objid = "
                        + PackLock.KEY
                        + " AND database = (SELECT oid FROM pg_database"
                        + " WHERE datname = current_database())");
    }

    private static void endThePacker() {
        DATABASE.execute(TestPacker.END_THE_PACKER);
    }

    private static Samples samples(long at, int count) {
        Samples samples = new Samples();
        for (int i = 0; i < count; i++) {
            samples.add(at + i * 1_000L, 1_000, Outcome.REPLY, i);
        }
        return samples;
    }

    /** Packs by whichever recorder may; one whose connection ended tries again. */
    private static void pack() {
        await().ignoreExceptionsInstanceOf(SQLException.class)
                .until(
                        () ->
                                ONE.bean(Packer.class).packAll() >= 0
                                        || TWO.bean(Packer.class).packAll() >= 0);
    }

    @Test
    void packers_whoseConnectionsEndAtRandom_loseAndDoubleNothing() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        Random random = new Random(3);
        CompletableFuture<Integer> killer =
                CompletableFuture.supplyAsync(
                        () -> {
                            int kills = 0;
                            for (; !done.get(); kills++) {
                                endThePacker();
                                Thread.onSpinWait();
                            }
                            return kills;
                        });
        List<CompletableFuture<Void>> packers = new ArrayList<>();
        for (TestRecorder recorder : List.of(ONE, TWO)) {
            packers.add(CompletableFuture.runAsync(() -> packUntil(recorder, done)));
        }
        List<String> expected = new ArrayList<>();
        long at = START;
        for (int i = 0; i < 150; i++) {
            Samples samples = samples(at, 1 + random.nextInt(300));
            at += 3_000_000;
            expected.addAll(StoredPings.lines(samples));
            TestPacker.upload(DATABASE, "ended", Map.of(1L, samples));
            if (i % 10 == 0) {
                assertEquals(expected, StoredPings.of(DATABASE, "ended", 1));
            }
        }
        done.set(true);
        assertTrue(killer.join() > 0);
        packers.forEach(CompletableFuture::join);
        pack();
        assertEquals(0, DATABASE.number("SELECT count(*) FROM upload"));
        assertEquals(expected, StoredPings.of(DATABASE, "ended", 1));
        assertEquals(
                expected.size(),
                DATABASE.number("SELECT received FROM ip_total WHERE client = 'ended'"));
    }

    private static void packUntil(TestRecorder recorder, AtomicBoolean done) {
        while (!done.get()) {
            try {
                recorder.bean(Packer.class).packAll();
                recorder.bean(Packer.class).merge(LATER);
            } catch (SQLException e) {
                assertTrue(String.valueOf(e.getMessage()).length() > 0); // it was ended
            }
        }
    }

    @Test
    void packer_thatEnds_isFollowedByTheOtherOrItself() {
        pack();
        assertEquals(1, packers());
        endThePacker();
        await().until(() -> packers() == 0);
        pack();
        assertEquals(1, packers());
    }

    @Test
    void recorder_packsByItself_andTellsPrometheus() {
        TestPacker.upload(DATABASE, "itself", Map.of(1L, samples(START, 10)));
        await().atMost(Duration.ofSeconds(45))
                .until(() -> DATABASE.number("SELECT count(*) FROM upload") == 0);
        String metrics = ONE.get("/metrics").text() + TWO.get("/metrics").text();
        for (String name :
                List.of(
                        "ping_recorder_packed_pings_total",
                        "ping_recorder_merged_blocks_total",
                        "ping_recorder_pack_cycle_seconds_count",
                        "ping_recorder_uploads_waiting ",
                        "ping_recorder_uploads_oldest_seconds ",
                        "ping_recorder_database_bytes ",
                        "ping_recorder_database_bytes_per_day ",
                        "ping_recorder_disk_free_bytes ")) {
            assertTrue(metrics.contains("\n" + name), name);
        }
    }
}
