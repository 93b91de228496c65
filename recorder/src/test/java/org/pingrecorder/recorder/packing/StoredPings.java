package org.pingrecorder.recorder.packing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.pingrecorder.recorder.TestDatabase;
import org.pingrecorder.recorder.samples.Hours;
import org.pingrecorder.recorder.samples.SampleReader;
import org.pingrecorder.recorder.samples.SampleSpan;
import org.pingrecorder.recorder.samples.Samples;

/** Pings as lines of text, to compare what was sent with what is stored. */
final class StoredPings {

    private StoredPings() {}

    /** All of an ip's, wherever they are, in order. */
    static List<String> of(TestDatabase database, String client, long ipId) {
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            List<String> lines = new ArrayList<>();
            long end = 200 * 366 * Hours.DAY_MICROS;
            try (SampleReader reader =
                    SampleReader.of(connection, SampleSpan.of(client, List.of(ipId), 0, end))) {
                for (SampleReader.IpHour hour = reader.next(); hour != null; hour = reader.next()) {
                    lines.addAll(lines(hour.samples()));
                }
            }
            return lines;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<String> lines(Samples samples) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            lines.add(
                    samples.atMicros(i)
                            + " "
                            + samples.outcome(i)
                            + " "
                            + samples.latencyMicros(i)
                            + " "
                            + samples.intervalMicros(i)
                            + " "
                            + samples.extra(i));
        }
        return lines;
    }
}
