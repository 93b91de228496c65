package org.pingrecorder.recorder.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.pingrecorder.recorder.samples.Hours;
import org.pingrecorder.recorder.samples.PartReader;
import org.pingrecorder.recorder.samples.SampleCodec;
import org.pingrecorder.recorder.samples.SampleSpan;
import org.pingrecorder.recorder.samples.Samples;
import org.pingrecorder.recorder.samples.UploadPayload;

/**
 * How far a client has delivered its timetables: the time of its newest ping that was on one. Posts
 * of single pings say nothing of that, whoever makes them under its name.
 */
final class NewestDelivered {

    /** Most often one of the ips in question tells enough. */
    private static final String OWN =
            """
            SELECT max(last_at) AS last_at FROM ip_total
            WHERE client = ? AND ip_id = ANY (?) AND last_at > ? AND interval_us > 0
              AND EXISTS (
                SELECT FROM running
                WHERE running.client = ip_total.client AND running.ip_id = ip_total.ip_id)
            """;

    /** Of the ips that ever had a timetable. */
    private static final String TOTALS =
            """
            SELECT ip_id, last_at, interval_us FROM ip_total
            WHERE client = ? AND last_at > ? AND EXISTS (
                SELECT FROM running
                WHERE running.client = ip_total.client AND running.ip_id = ip_total.ip_id)
            ORDER BY last_at DESC
            """;

    /** The newest first, so that the others need not be read. */
    private static final String UPLOADS =
            """
            SELECT last_at, payload FROM upload WHERE client = ? AND last_at >= ?
            ORDER BY last_at DESC
            """;

    /** Payloads may be long, and seldom more than one is looked into. */
    private static final int FETCH_UPLOADS = 4;

    /** From one ip to the next: each may have many rows. */
    private static final String PLANNED =
            """
            WITH RECURSIVE planned AS (
                (SELECT ip_id FROM running WHERE client = ? ORDER BY ip_id LIMIT 1)
                UNION ALL
                SELECT (SELECT next.ip_id FROM running next
                        WHERE next.client = ? AND next.ip_id > planned.ip_id
                        ORDER BY next.ip_id LIMIT 1)
                FROM planned WHERE planned.ip_id IS NOT NULL
            )
            SELECT ip_id FROM planned WHERE ip_id IS NOT NULL
            """;

    private final Connection connection;
    private final String client;
    private long newestMicros;

    private NewestDelivered(Connection connection, String client, long sinceMicros) {
        this.connection = connection;
        this.client = client;
        this.newestMicros = sinceMicros;
    }

    /**
     * Looks for it.
     *
     * @param targets the ips in question, of one client
     * @param sinceMicros what is older need not be known
     * @param enoughMicros whether anything is newer than a ping of that time need not be known
     * @return empty if nothing is as new as the former
     */
    static OptionalLong find(
            Connection connection, List<Target> targets, long sinceMicros, long enoughMicros)
            throws SQLException {
        NewestDelivered newest =
                new NewestDelivered(connection, targets.getFirst().client(), sinceMicros - 1);
        newest.lookAt(targets);
        if (newest.newestMicros < enoughMicros) {
            newest.searchUploads();
        }
        if (newest.newestMicros < enoughMicros) {
            newest.searchPacked();
        }
        return newest.newestMicros < sinceMicros
                ? OptionalLong.empty()
                : OptionalLong.of(newest.newestMicros);
    }

    private void lookAt(List<Target> targets) throws SQLException {
        Object[] ids = targets.stream().map(Target::ipId).toArray();
        try (PreparedStatement statement = connection.prepareStatement(OWN)) {
            statement.setString(1, client);
            statement.setArray(2, connection.createArrayOf("int8", ids));
            statement.setObject(3, Hours.parameter(newestMicros));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                if (row.getObject("last_at") != null) {
                    newestMicros = Hours.column(row, "last_at");
                }
            }
        }
    }

    private void searchUploads() throws SQLException {
        Set<Long> planned = null;
        try (PreparedStatement statement = connection.prepareStatement(UPLOADS)) {
            statement.setString(1, client);
            statement.setObject(2, Hours.parameter(newestMicros + 1));
            statement.setFetchSize(FETCH_UPLOADS);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next() && Hours.column(rows, "last_at") > newestMicros) {
                    if (planned == null) {
                        planned = planned();
                    }
                    UploadPayload.read(
                            rows.getBytes("payload"),
                            planned::contains,
                            (id, payload, start, length) -> {
                                Samples samples = new Samples();
                                SampleCodec.decode(payload, start, length, samples);
                                look(samples);
                            });
                }
            }
        }
    }

    private Set<Long> planned() throws SQLException {
        Set<Long> planned = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(PLANNED)) {
            statement.setString(1, client);
            statement.setString(2, client);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    planned.add(rows.getLong("ip_id"));
                }
            }
        }
        return planned;
    }

    private void searchPacked() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TOTALS)) {
            statement.setString(1, client);
            statement.setObject(2, Hours.parameter(newestMicros));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next() && Hours.column(rows, "last_at") > newestMicros) {
                    if (rows.getLong("interval_us") > 0) {
                        newestMicros = Hours.column(rows, "last_at");
                    } else {
                        lookBack(rows.getLong("ip_id"), Hours.column(rows, "last_at"));
                    }
                }
            }
        }
    }

    /** From an ip's last ping, which was a post, to one on its timetable: more and more hours. */
    private void lookBack(long ipId, long lastMicros) throws SQLException {
        long end = lastMicros + 1;
        long span = Hours.HOUR_MICROS;
        while (end > newestMicros + 1) {
            long start = Math.max(Hours.floor(end - 1, Hours.HOUR_MICROS) - span, newestMicros + 1);
            SampleSpan searched = SampleSpan.of(client, List.of(ipId), start, end);
            try (PartReader reader = PartReader.ofPacked(connection, searched)) {
                for (PartReader.Part part = reader.next(); part != null; part = reader.next()) {
                    look(part.samples());
                }
            }
            end = start;
            span *= 2;
        }
    }

    private void look(Samples samples) {
        for (int i = 0; i < samples.size(); i++) {
            if (samples.intervalMicros(i) > 0) {
                newestMicros = Math.max(newestMicros, samples.atMicros(i));
            }
        }
    }
}
