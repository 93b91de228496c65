package org.pingrecorder.recorder.packing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.pingrecorder.recorder.TestDatabase;
import org.pingrecorder.recorder.samples.Hours;
import org.pingrecorder.recorder.samples.Samples;
import org.pingrecorder.wire.Outcome;

class PartitionsIT {

    private static final TestPacker PACKER = TestPacker.create();
    private static final TestDatabase DATABASE = PACKER.database();
    private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");

    @AfterAll
    static void close() {
        PACKER.close();
    }

    private static void stored(String client, String at) {
        Samples samples = new Samples();
        samples.add(Hours.micros(Instant.parse(at)), 0, Outcome.REPLY, 5);
        PACKER.upload(client, Map.of(1L, samples));
        PACKER.packAll();
        PACKER.merge(LATER);
    }

    private static boolean exists(String table) {
        return DATABASE.number("SELECT count(*) FROM pg_class WHERE relname = '" + table + "'")
                == 1;
    }

    private static Retention keep(int pings, int summaries) {
        return new Retention(
                Optional.of(Duration.ofDays(pings)), Optional.of(Duration.ofDays(summaries)));
    }

    @Test
    void name_isOfTheWeeksMondayAndOfTheMonth() {
        long sunday = Hours.micros(Instant.parse("2026-11-22T23:59:59Z"));
        assertEquals("block_20261116", Partitions.BLOCKS.name(sunday));
        assertEquals("block_20261123", Partitions.BLOCKS.name(sunday + 1_000_000));
        assertEquals("rollup_202611", Partitions.ROLLUPS.name(sunday));
        assertEquals("host_hour_202611", Partitions.HOST_HOURS.name(sunday));
    }

    @RepeatedTest(10)
    void ensure_byManyAtOnce_makesItOnce(RepetitionInfo repetition)
            throws InterruptedException, ExecutionException {
        Instant year = Instant.parse("2031-05-05T00:00:00Z");
        long at = Hours.micros(year.plus(Duration.ofDays(7L * repetition.getCurrentRepetition())));
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                all.add(
                        threads.submit(
                                () -> {
                                    try (Connection connection = DATABASE.connect()) {
                                        connection.setAutoCommit(false);
                                        Partitions.BLOCKS.ensure(connection, at);
                                        connection.commit();
                                    }
                                    return null;
                                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        assertTrue(exists(Partitions.BLOCKS.name(at)));
    }

    @Test
    void ensure_waitsForNoReader() throws SQLException {
        try (Connection reader = DATABASE.connect();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.executeQuery("SELECT * FROM block").close();
            stored("reader", "2032-01-01T10:00:00Z");
            assertTrue(exists("block_20311229"));
            reader.rollback();
        }
    }

    @Test
    void partition_hasTheKeyAndTheStorageOfItsTable() {
        stored("key", "2033-01-01T10:00:00Z");
        assertEquals(
                1,
                DATABASE.number(
                        "SELECT count(*) FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid"
                                + " WHERE c.relname = 'block_20321227' AND i.indisprimary"));
        assertEquals(
                1,
                DATABASE.number(
                        "SELECT count(*) FROM pg_attribute WHERE attname = 'payload' AND attrelid ="
                                + " 'block_20321227'::regclass AND attstorage = 'e'"));
    }

    @Test
    void retention_dropsPartitionsThatAreOlderAsAWhole() throws SQLException {
        stored("old", "2027-06-01T10:00:00Z"); // the week ends with June 6th
        stored("old", "2027-06-07T10:00:00Z");
        try (Connection connection = DATABASE.connect()) {
            connection.setAutoCommit(false);
            Instant now = Instant.parse("2027-07-08T00:00:00Z");
            keep(31, 37).run(connection, now.minusSeconds(86_401));
            assertTrue(exists("block_20270531"));
            keep(31, 37).run(connection, now);
            assertTrue(!exists("block_20270531"));
            assertTrue(exists("block_20270607"));
            assertTrue(exists("rollup_202706"));
            Partitions.HOST_HOURS.ensure(
                    connection, Hours.micros(Instant.parse("2027-06-01T10:00:00Z")));
            connection.commit();
            assertTrue(exists("host_hour_202706"));
            keep(31, 37).run(connection, now.plus(Duration.ofDays(30)));
            assertTrue(!exists("rollup_202706"));
            assertTrue(!exists("host_hour_202706"));
        }
        stored("old", "2027-06-01T10:00:00Z");
        assertEquals(1, StoredPings.of(DATABASE, "old", 1).size(), "made again where it is needed");
    }

    @Test
    void retention_whileAPartitionIsBeingRead_leavesItForLater() throws SQLException {
        stored("read", "2028-06-01T10:00:00Z");
        Instant now = Instant.parse("2029-01-01T00:00:00Z");
        try (Connection reader = DATABASE.connect();
                Statement statement = reader.createStatement();
                Connection connection = DATABASE.connect()) {
            reader.setAutoCommit(false);
            connection.setAutoCommit(false);
            statement.executeQuery("SELECT * FROM block_20280529").close();
            keep(30, 3650).run(connection, now);
            assertTrue(exists("block_20280529"));
            reader.rollback();
            keep(30, 3650).run(connection, now);
            assertTrue(!exists("block_20280529"));
        }
    }

    @Test
    void retention_deletesTheOldRestByRows() throws SQLException {
        DATABASE.execute(
                """
                INSERT INTO client (name) VALUES ('rest');
                INSERT INTO spool (client, spool, batch, delivered_at) VALUES
                    ('rest', 'old', 1, '2020-01-01'), ('rest', 'new', 1, '2020-03-09');
                INSERT INTO refusal (client, received_at, kind, reason, content)
                    SELECT 'rest', '2020-01-01', 'refused', '', '' FROM generate_series(1, 2500);
                INSERT INTO outage (client, ip_id, started_at, ended_at, lost, cause) VALUES
                    ('rest', 1, '2020-01-01', '2020-01-02', 3, 'timeout'),
                    ('rest', 1, '2020-01-03', NULL, 3, 'timeout');
                INSERT INTO gap (client, from_at, to_at, reason) VALUES
                    ('rest', '2020-01-01', '2020-01-02', 'stopped'),
                    ('rest', '2020-01-01', '2020-03-02', 'stopped');
                INSERT INTO running (client, ip_id, from_at, interval_us) VALUES
                    ('rest', 1, '2020-01-01', 1), ('rest', 1, '2020-01-05', 2),
                    ('rest', 1, '2020-03-05', 3);
                """);
        try (Connection connection = DATABASE.connect()) {
            connection.setAutoCommit(false);
            keep(10, 20).run(connection, Instant.parse("2020-03-10T00:00:00Z"));
        }
        for (String expected : List.of("spool 1", "refusal 0", "outage 1", "gap 1", "running 2")) {
            String table = expected.substring(0, expected.indexOf(' '));
            assertEquals(
                    Long.parseLong(expected.substring(table.length() + 1)),
                    DATABASE.number("SELECT count(*) FROM " + table + " WHERE client = 'rest'"),
                    table);
        }
    }
}
