package org.pingrecorder.recorder.packing;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.cumulative.CumulativeCounter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pingrecorder.recorder.TestDatabase;
import org.pingrecorder.recorder.TestRecorder;
import org.pingrecorder.recorder.config.RecorderConfig;
import org.pingrecorder.recorder.database.Database;
import org.pingrecorder.recorder.samples.Hours;
import org.pingrecorder.recorder.samples.Samples;
import org.pingrecorder.wire.Outcome;

/** A packer that meets what must not end it, on a database where no other one packs. */
class PackerFaultsIT {

    private static final TestDatabase DATABASE = TestDatabase.create();

    @RegisterExtension static final TestRecorder RECORDER = TestRecorder.on(DATABASE, Map.of());

    private static final String PACKERS =
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND objid = "
                    + PackLock.KEY
                    + " AND database = (SELECT oid FROM pg_database"
                    + " WHERE datname = current_database())";

    @BeforeAll
    static void stopTheRecordersOwn() throws Exception {
        RECORDER.bean(Packer.class).stop();
        await().until(() -> DATABASE.number(PACKERS) == 0);
    }

    private static Packer started(SimpleMeterRegistry registry) throws Exception {
        Packer packer =
                new Packer(
                        RECORDER.bean(Database.class),
                        RECORDER.bean(RecorderConfig.class),
                        List.of(),
                        registry);
        packer.start();
        return packer;
    }

    private static void upload(String client) {
        Samples samples = new Samples();
        samples.add(Hours.micros(Instant.parse("2026-04-01T10:00:00Z")), 1_000, Outcome.REPLY, 1);
        TestPacker.upload(DATABASE, client, Map.of(1L, samples));
    }

    @Test
    void cycle_thatMeetsAnError_givesItsLockBackAndIsFollowedByTheNext() throws Exception {
        AtomicBoolean thrown = new AtomicBoolean();
        Packer packer =
                started(
                        new SimpleMeterRegistry() {
                            @Override
                            protected Counter newCounter(Meter.Id id) {
                                return new CumulativeCounter(id) {
                                    @Override
                                    public void increment(double amount) {
                                        if (thrown.compareAndSet(false, true)) {
                                            throw new OutOfMemoryError("of a test");
                                        }
                                    }
                                };
                            }
                        });
        await().until(thrown::get);
        await().until(() -> DATABASE.number(PACKERS) == 0);
        upload("error");
        await().atMost(Duration.ofSeconds(45))
                .until(() -> DATABASE.number("SELECT count(*) FROM upload") == 0);
        packer.stop();
    }

    @Test
    void cycle_inWhichAClientFails_cleansUpAndKeepsItsLock() throws Exception {
        DATABASE.execute(
                "INSERT INTO upload (client, first_at, last_at, pings, payload)"
                        + " VALUES ('aBroken', now(), now(), 1, '\\x010203')");
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Packer packer = started(registry);
        await().until(() -> registry.get("ping_recorder.database.bytes").gauge().value() > 0);
        assertEquals(1, DATABASE.number("SELECT count(*) FROM upload"));
        assertEquals(1, DATABASE.number(PACKERS));
        packer.stop();
        DATABASE.execute("DELETE FROM upload");
    }

    @Test
    void stop_ofAPackerThatWaitsForTheDatabase_ends() throws Exception {
        try (Connection locker = DATABASE.connect();
                Statement statement = locker.createStatement()) {
            locker.setAutoCommit(false);
            statement.execute("LOCK TABLE upload IN ACCESS EXCLUSIVE MODE");
            Packer packer = started(new SimpleMeterRegistry());
            await().until(
                            () ->
                                    DATABASE.number(
                                                    "SELECT count(*) FROM pg_stat_activity"
                                                            + " WHERE wait_event_type = 'Lock'"
                                                            + " AND datname = current_database()")
                                            > 0);
            CompletableFuture<Void> stopped =
                    CompletableFuture.runAsync(
                            () -> {
                                try {
                                    packer.stop(Duration.ofMillis(50));
                                } catch (Exception e) {
                                    throw new IllegalStateException(e);
                                }
                            });
            await().until(stopped::isDone);
            stopped.join();
        }
        await().until(() -> DATABASE.number(PACKERS) == 0);
    }
}
