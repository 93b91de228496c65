package org.pingrecorder.recorder.packing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
import org.pingrecorder.recorder.TestDatabase;
import org.pingrecorder.recorder.samples.Hours;
import org.pingrecorder.recorder.samples.SampleCodec;
import org.pingrecorder.recorder.samples.Samples;
import org.pingrecorder.recorder.samples.UploadPayload;
import org.pingrecorder.wire.Outcome;

/**
 * Packs and merges when a test says so. While it is open it is the one packer of the database: a
 * recorder's own waits for its turn.
 */
public final class TestPacker implements AutoCloseable {

    /** Ends the connection of whoever packs. */
    static final String END_THE_PACKER =
            "SELECT pg_terminate_backend(pid) FROM pg_locks"
                    + " WHERE locktype = 'advisory' AND granted AND objid = "
                    + PackLock.KEY
                    + " AND database = (SELECT oid FROM pg_database"
                    + " WHERE datname = current_database())";

    private static final long SECOND = 1_000_000;

    private final TestDatabase database;
    private final Connection connection;
    private final PackWork work;

    private TestPacker(TestDatabase database, Connection connection) throws SQLException {
        this.database = database;
        this.connection = connection;
        this.work = new PackWork(connection);
    }

    /**
     * On a database that has the schema already: ends the connection of whoever packs there, until
     * it is the packer itself.
     */
    public static TestPacker onlyOn(TestDatabase database) {
        try {
            Connection connection = database.connect();
            Awaitility.await()
                    .until(
                            () -> {
                                database.execute(END_THE_PACKER);
                                return PackLock.take(connection);
                            });
            return new TestPacker(database, connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** On a database of its own, with the schema of this version. */
    public static TestPacker create() {
        TestDatabase database = TestDatabase.create();
        Flyway.configure()
                .dataSource(database.url(), database.user(), database.password())
                .load()
                .migrate();
        return onlyOn(database);
    }

    public TestDatabase database() {
        return database;
    }

    /** Moves all uploads into fresh rows; returns how many pings that were. */
    public long packAll() {
        try {
            return work.pack(Duration.ZERO, () -> false);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Merges all hours that are over and quiet by that clock; returns how many blocks were written.
     */
    public long merge(Instant now) {
        try {
            return work.merge(now, () -> false);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Stores an upload as the intake does. */
    public void upload(String client, Map<Long, Samples> pings) {
        upload(database, client, pings);
    }

    /** Stores an upload as the intake does. */
    public static void upload(TestDatabase database, String client, Map<Long, Samples> pings) {
        UploadPayload payload = new UploadPayload();
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        int count = 0;
        for (Map.Entry<Long, Samples> entry : pings.entrySet()) {
            Samples samples = entry.getValue();
            payload.add(entry.getKey(), SampleCodec.encode(samples));
            count += samples.size();
            for (int i = 0; i < samples.size(); i++) {
                first = Math.min(first, samples.atMicros(i));
                last = Math.max(last, samples.atMicros(i));
            }
        }
        try (Connection own = database.connect();
                PreparedStatement statement =
                        own.prepareStatement(
                                """
                                INSERT INTO upload (client, first_at, last_at, pings, payload)
                                VALUES (?, ?, ?, ?, ?)
                                """)) {
            statement.setString(1, client);
            statement.setObject(2, Hours.parameter(first));
            statement.setObject(3, Hours.parameter(last));
            statement.setInt(4, count);
            statement.setBytes(5, payload.toBytes());
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many rows of a table are that client's. */
    long count(String table, String client) {
        return database.number(
                "SELECT count(*) FROM " + table + " WHERE client = '" + client + "'");
    }

    /** A reply a second with its number, from 1, as latency in microseconds. */
    static Samples replies(long fromMicros, int count) {
        Samples samples = new Samples();
        for (int i = 0; i < count; i++) {
            samples.add(fromMicros + i * SECOND, SECOND, Outcome.REPLY, 1 + i);
        }
        return samples;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
