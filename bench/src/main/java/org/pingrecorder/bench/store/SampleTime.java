package org.pingrecorder.bench.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.pingrecorder.recorder.packing.Packer;
import org.pingrecorder.recorder.samples.Hours;
import org.pingrecorder.recorder.samples.SampleCodec;
import org.pingrecorder.recorder.samples.Samples;
import org.pingrecorder.recorder.samples.UploadPayload;
import org.pingrecorder.wire.Outcome;

/**
 * A recorder's life, faster than life: pings are uploaded, packed and merged as they would be by
 * the clock on the wall, and autovacuum comes round as it would by the settings of each table.
 *
 * <p>Uploads are written as the intake writes them, without the HTTP before it: their times would
 * have to be near the present.
 */
final class SampleTime implements AutoCloseable {

    /** A client's upload interval. */
    private static final long UPLOAD_MICROS = TimeUnit.MILLISECONDS.toMicros(500);

    /** From one turn of the packer to its next. */
    private static final long CYCLE_MICROS = TimeUnit.SECONDS.toMicros(15);

    /** From an hour's end to its merge. */
    private static final long SETTLE_MICROS = TimeUnit.MINUTES.toMicros(2);

    private static final long MINUTE_MICROS = TimeUnit.MINUTES.toMicros(1);

    private static final int TTL = 57;

    private static final String REGISTER =
            """
            INSERT INTO client (name) SELECT 'client' || c FROM generate_series(0, %1$d - 1) c;
            INSERT INTO spool (client, spool, batch)
            SELECT 'client' || c, gen_random_uuid()::text, 0 FROM generate_series(0, %1$d - 1) c;
            INSERT INTO ip (client, ip, family, source)
            SELECT 'client' || c, '10.' || c || '.0.' || i, 4, 'client'
            FROM generate_series(0, %1$d - 1) c, generate_series(1, %2$d) i
            """;

    private static final String UPLOAD =
            "INSERT INTO upload (client, first_at, last_at, pings, payload) VALUES (?, ?, ?, ?, ?)";

    private static final String DELIVERED =
            "UPDATE spool SET batch = batch + 1, delivered_at = now() WHERE client = ?";

    private static final String SEEN = "UPDATE client SET last_seen = now() WHERE name = ?";

    /** An hour is merged a minute after its last pings by the clock on the wall: here, at once. */
    private static final String END_HOURS =
            "UPDATE open_hour SET touched_at = touched_at - interval '1 hour' WHERE hour < ?";

    private final PingSeries series;
    private final int clients;
    private final Packer packer;
    private final Connection connection;
    private final PreparedStatement upload;
    private final PreparedStatement delivered;
    private final PreparedStatement seen;
    private final List<List<Long>> ipIds = new ArrayList<>();
    private final Random random = new Random(1);
    private long nowMicros;
    private long pings;

    /**
     * Registers clients and their ips.
     *
     * @param startMicros an hour's beginning; all that is delivered must be over by now
     */
    SampleTime(LocalRecorder recorder, PingSeries series, int clients, int ips, long startMicros)
            throws IOException, SQLException {
        this.series = series;
        this.clients = clients;
        this.nowMicros = startMicros;
        packer = recorder.packer();
        connection = recorder.connect();
        execute("ALTER SYSTEM SET autovacuum = off");
        execute("SELECT pg_reload_conf()");
        execute(REGISTER.formatted(clients, ips));
        for (int client = 0; client < clients; client++) {
            ipIds.add(ipIds(client));
        }
        upload = connection.prepareStatement(UPLOAD);
        delivered = connection.prepareStatement(DELIVERED);
        seen = connection.prepareStatement(SEEN);
    }

    private List<Long> ipIds(int client) throws SQLException {
        List<Long> ids = new ArrayList<>();
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT id FROM ip WHERE client = ? ORDER BY id")) {
            statement.setString(1, Fleet.client(client));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                }
            }
        }
        return ids;
    }

    /** Delivered so far. */
    long pings() {
        return pings;
    }

    /**
     * Hours in haste, an upload of each client for ten minutes: blocks and summaries come out as
     * ever. What comes and goes is as small afterwards as it can be.
     */
    void pass(int hours) throws SQLException {
        for (int hour = 0; hour < hours; hour++) {
            for (long end = nowMicros + Hours.HOUR_MICROS; nowMicros < end; ) {
                upload(Hours.SLICE_MICROS);
                packer.packAll();
            }
            mergeHours();
            vacuum("fresh", "ip_total");
            vacuumRollups();
        }
        execute("VACUUM FULL fresh, upload, ip_total, open_hour, spool, client");
    }

    /** What is told at the moment of an hour when most is not merged yet. */
    @FunctionalInterface
    interface Observer {
        void fullest() throws Exception;
    }

    /** Hours as they are, each with the two minutes after it in which it is still not merged. */
    void live(int hours, Observer observer) throws Exception {
        long start = nowMicros;
        long end = start + hours * Hours.HOUR_MICROS + SETTLE_MICROS;
        while (nowMicros < end) {
            upload(UPLOAD_MICROS);
            if (nowMicros % CYCLE_MICROS == 0) {
                packer.packAll();
            }
            if (nowMicros % MINUTE_MICROS == 0) {
                vacuum("fresh", "ip_total", "open_hour", "spool", "client");
            }
            if (nowMicros % (2 * MINUTE_MICROS) == 0) {
                vacuum("upload"); // after 2,000 of them
            }
            if ((nowMicros - start) % Hours.HOUR_MICROS == SETTLE_MICROS
                    && nowMicros - start > Hours.HOUR_MICROS) {
                observer.fullest();
                if (nowMicros < end) {
                    mergeHours();
                    vacuumRollups();
                }
            }
        }
    }

    /** All that is over, as it is two minutes later. */
    private void mergeHours() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(END_HOURS)) {
            statement.setObject(1, Hours.parameter(Hours.floor(nowMicros, Hours.HOUR_MICROS)));
            statement.executeUpdate();
        }
        packer.merge(Instant.now());
    }

    /** A row of each ip is written anew each hour; the threshold is 1,000 of them. */
    private void vacuumRollups() throws SQLException {
        if (nowMicros / Hours.HOUR_MICROS % 2 == 0) {
            vacuum("rollup");
        }
    }

    private void vacuum(String... tables) throws SQLException {
        execute("VACUUM " + String.join(", ", tables));
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** All pings due in the next while, in one upload of each client. */
    private void upload(long spanMicros) throws SQLException {
        long end = nowMicros + spanMicros;
        connection.setAutoCommit(false);
        for (int client = 0; client < clients; client++) {
            UploadPayload payload = new UploadPayload();
            int count = 0;
            List<Long> ids = ipIds.get(client);
            for (int ip = 0; ip < ids.size(); ip++) {
                Samples due = due(ip, ids.size(), end);
                if (!due.isEmpty()) {
                    payload.add(ids.get(ip), SampleCodec.encode(due));
                    count += due.size();
                }
            }
            if (count > 0) {
                add(client, payload, count, end);
            }
        }
        upload.executeBatch();
        delivered.executeBatch();
        seen.executeBatch();
        connection.commit();
        connection.setAutoCommit(true);
        nowMicros = end;
    }

    private void add(int client, UploadPayload payload, int count, long end) throws SQLException {
        upload.setString(1, Fleet.client(client));
        upload.setObject(2, Hours.parameter(nowMicros));
        upload.setObject(3, Hours.parameter(end));
        upload.setInt(4, count);
        upload.setBytes(5, payload.toBytes());
        upload.addBatch();
        delivered.setString(1, Fleet.client(client));
        delivered.addBatch();
        seen.setString(1, Fleet.client(client));
        seen.addBatch();
        pings += count;
    }

    /** One ip's; all of a client's are spread over the interval. */
    private Samples due(int ip, int ips, long end) {
        long interval = series.intervalMicros;
        long offset = interval * ip / ips;
        Samples due = new Samples();
        long first = Hours.floor(nowMicros - offset + interval - 1, interval) + offset;
        for (long at = first; at < end; at += interval) {
            int latency = series.next(random);
            if (latency < 0) {
                due.add(at, interval, Outcome.TIMEOUT, -1);
            } else {
                due.setTtl(due.add(at, interval, Outcome.REPLY, latency), TTL);
            }
        }
        return due;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
