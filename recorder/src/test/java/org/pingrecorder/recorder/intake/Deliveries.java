package org.pingrecorder.recorder.intake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.pingrecorder.recorder.Answer;
import org.pingrecorder.recorder.Json;
import org.pingrecorder.recorder.TestRecorder;
import org.pingrecorder.recorder.samples.SampleReader;
import org.pingrecorder.recorder.samples.SampleSpan;
import org.pingrecorder.recorder.samples.Samples;

/** Sends batches, and reads what was stored of them. */
final class Deliveries {

    static final String NDJSON = "application/x-ndjson";

    private final TestRecorder recorder;

    Deliveries(TestRecorder recorder) {
        this.recorder = recorder;
    }

    /** One batch with these series and, after them, further fields. */
    static String batch(String spool, long number, String series, String... more) {
        return "{\"spool\":\"%s\",\"batch\":%d,\"series\":[%s]%s}"
                .formatted(
                        spool,
                        number,
                        series,
                        more.length == 0 ? "" : "," + String.join(",", more));
    }

    /** Pings of an ip at a one-second interval. */
    static String series(String ip, String start, String latencies, String... more) {
        return "{\"ip\":\"%s\",\"start\":\"%s\",\"interval_ms\":1000,\"latency_ms\":[%s]%s}"
                .formatted(
                        ip, start, latencies, more.length == 0 ? "" : "," + String.join(",", more));
    }

    Answer post(String client, String batch) {
        return recorder.post("/record-pings/" + client, batch);
    }

    /** The receipt of one batch. */
    Json receipt(String client, String batch) {
        return post(client, batch).expect(200).json();
    }

    Answer postLines(String client, String... batches) {
        return recorder.post(
                "/record-pings/" + client,
                BodyPublishers.ofString(String.join("\n", batches)),
                NDJSON);
    }

    static List<Json> lines(Answer answer) {
        return answer.expect(200).text().lines().map(Json::of).toList();
    }

    Answer postGzip(String client, byte[] packed, String type) {
        return recorder.send(
                "POST",
                "/record-pings/" + client,
                BodyPublishers.ofByteArray(packed),
                "Content-Type",
                type,
                "Content-Encoding",
                "gzip");
    }

    static byte[] gzip(String text) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    /** All pings stored of a client, by ip and family, in the order of time. */
    Map<String, Samples> stored(String client) {
        try (Connection connection = recorder.database().connect()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            Map<Long, String> ips = new TreeMap<>();
            try (PreparedStatement statement =
                    connection.prepareStatement(
                            "SELECT id, ip || coalesce('/' || family, '') FROM ip WHERE client"
                                    + " = ?")) {
                statement.setString(1, client);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        ips.put(rows.getLong(1), rows.getString(2));
                    }
                }
            }
            Map<String, Samples> all = new TreeMap<>();
            try (SampleReader reader =
                    SampleReader.of(
                            connection,
                            SampleSpan.of(client, ips.keySet(), 0, 250_000_000_000_000_000L))) {
                for (SampleReader.IpHour hour = reader.next(); hour != null; hour = reader.next()) {
                    Samples into = all.computeIfAbsent(ips.get(hour.ipId()), ip -> new Samples());
                    for (int i = 0; i < hour.samples().size(); i++) {
                        into.addFrom(hour.samples(), i);
                    }
                }
            }
            return all;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All pings stored of one ip, by its family too where it has one. */
    Samples stored(String client, String ip) {
        return Objects.requireNonNull(stored(client).get(ip), "nothing is stored of " + ip);
    }

    /** How many pings are stored of a client. */
    int count(String client) {
        return stored(client).values().stream().mapToInt(Samples::size).sum();
    }
}
