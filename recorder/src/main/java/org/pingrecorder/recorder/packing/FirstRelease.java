package org.pingrecorder.recorder.packing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.database.Database;
import org.pingrecorder.recorder.samples.Hours;
import org.pingrecorder.recorder.samples.SampleCodec;
import org.pingrecorder.recorder.samples.Samples;
import org.pingrecorder.recorder.samples.UploadPayload;
import org.pingrecorder.wire.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over what the first release stored as one row a ping: as uploads, in one transaction with
 * the end of the old table, so that a start that is killed has changed nothing.
 */
final class FirstRelease {

    private static final Logger LOG = LoggerFactory.getLogger(FirstRelease.class);

    private static final int FETCH_ROWS = 10_000;
    private static final int PINGS_AN_UPLOAD = 50_000;
    private static final int TELL_EVERY = 5_000_000;

    /** Any number; recorders that start at the same time wait for each other by it. */
    private static final String ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(1886545266)";

    private static final String IS_THERE = "SELECT to_regclass('ping_v1') IS NOT NULL";

    private static final String ROWS =
            """
            SELECT client, ip_id, at, outcome, latency_us FROM ping_v1
            ORDER BY client, ip_id, at, id
            """;

    private static final String UPLOAD =
            """
            INSERT INTO upload (client, first_at, last_at, pings, payload) VALUES (?, ?, ?, ?, ?)
            """;

    private final Connection connection;
    private final Samples samples = new Samples();
    private UploadPayload payload = new UploadPayload();
    private @Nullable String client;
    private long ipId;
    private long firstMicros;
    private long lastMicros;
    private int pings;
    private long converted;

    private FirstRelease(Connection connection) {
        this.connection = connection;
    }

    /** Does so if there is anything. */
    static void convert(Database database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            // A large table takes longer than any call should.
            connection.setNetworkTimeout(Runnable::run, 0);
            connection.setAutoCommit(false);
            statement.execute(ONE_AT_A_TIME);
            if (isThere(statement)) {
                new FirstRelease(connection).convert();
                statement.execute("DROP TABLE ping_v1");
            }
            connection.commit();
        }
    }

    private static boolean isThere(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(IS_THERE)) {
            return row.next() && row.getBoolean(1);
        }
    }

    private void convert() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ROWS)) {
            statement.setFetchSize(FETCH_ROWS);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    add(rows);
                }
            }
        }
        endUpload();
        if (converted > 0) {
            LOG.info("{} pings of an earlier release wait for packing.", converted);
        }
    }

    private void add(ResultSet row) throws SQLException {
        String rowClient = row.getString("client");
        long rowIpId = row.getLong("ip_id");
        if (!rowClient.equals(client) || pings == PINGS_AN_UPLOAD) {
            endUpload();
            client = rowClient;
        } else if (rowIpId != ipId) {
            endIp();
        }
        ipId = rowIpId;
        long at = Hours.column(row, "at");
        Outcome outcome = Outcome.ofText(row.getString("outcome")).orElseThrow();
        int latency = row.getInt("latency_us");
        samples.add(at, 0, outcome, row.wasNull() ? -1 : latency);
        firstMicros = pings == 0 ? at : Math.min(firstMicros, at);
        lastMicros = pings == 0 ? at : Math.max(lastMicros, at);
        pings++;
        converted++;
        if (converted % TELL_EVERY == 0) {
            LOG.info("Converting the pings of an earlier release: {} done.", converted);
        }
    }

    private void endIp() {
        if (!samples.isEmpty()) {
            payload.add(ipId, SampleCodec.encode(samples));
            samples.clear();
        }
    }

    private void endUpload() throws SQLException {
        endIp();
        if (pings == 0) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(UPLOAD)) {
            statement.setString(1, client);
            statement.setObject(2, Hours.parameter(firstMicros));
            statement.setObject(3, Hours.parameter(lastMicros));
            statement.setInt(4, pings);
            statement.setBytes(5, payload.toBytes());
            statement.executeUpdate();
        }
        payload = new UploadPayload();
        pings = 0;
    }
}
