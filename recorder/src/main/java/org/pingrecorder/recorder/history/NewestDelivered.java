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
import org.pingrecorder.recorder.samples.SampleCodec;
import org.pingrecorder.recorder.samples.SampleReader;
import org.pingrecorder.recorder.samples.SampleReader.IpHour;
import org.pingrecorder.recorder.samples.SampleSpan;
import org.pingrecorder.recorder.samples.Samples;
import org.pingrecorder.recorder.samples.UploadPayload;

/**
 * How far a client has delivered its timetables: the time of its newest ping that was on one. Posts
 * of single pings say nothing of that, whoever makes them under its name.
 */
final class NewestDelivered {

    /** Of the ips that ever had a timetable. */
    private static final String TOTALS =
            """
            SELECT ip_id, last_at, interval_us FROM ip_total
            WHERE client = ? AND EXISTS (
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

    private static final String PLANNED = "SELECT DISTINCT ip_id FROM running WHERE client = ?";

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
     * @param sinceMicros what is older need not be known
     * @return empty if nothing is as new as that
     */
    static OptionalLong find(Connection connection, String client, long sinceMicros)
            throws SQLException {
        NewestDelivered newest = new NewestDelivered(connection, client, sinceMicros - 1);
        newest.searchUploads();
        newest.searchPacked();
        return newest.newestMicros < sinceMicros
                ? OptionalLong.empty()
                : OptionalLong.of(newest.newestMicros);
    }

    private void searchUploads() throws SQLException {
        Set<Long> planned = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(PLANNED)) {
            statement.setString(1, client);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    planned.add(rows.getLong("ip_id"));
                }
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(UPLOADS)) {
            statement.setString(1, client);
            statement.setObject(2, Hours.parameter(newestMicros + 1));
            statement.setFetchSize(FETCH_UPLOADS);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next() && Hours.column(rows, "last_at") > newestMicros) {
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

    private void searchPacked() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TOTALS)) {
            statement.setString(1, client);
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
            try (SampleReader reader =
                    SampleReader.ofPacked(
                            connection, SampleSpan.of(client, List.of(ipId), start, end))) {
                for (IpHour hour = reader.next(); hour != null; hour = reader.next()) {
                    look(hour.samples());
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
