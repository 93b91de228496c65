package org.pingrecorder.recorder.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pingrecorder.recorder.TestDatabase;
import org.pingrecorder.recorder.http.Window;
import org.pingrecorder.recorder.packing.TestPacker;
import org.pingrecorder.recorder.samples.Hours;

class ToldTimesIT {

    /** Since the first of them, an ip has begun anew several times. */
    private static final String TOLD =
            """
            INSERT INTO running
            SELECT 'told', ip, at, 1000000
            FROM unnest(ARRAY[1, 2]) AS ip,
                generate_series(timestamptz '2024-06-01Z', '2024-06-04Z', '24 h') AS at;
            INSERT INTO gap (client, ip_id, from_at, to_at, reason) VALUES
                ('told', null, '2024-06-01T12:00Z', null, 'stopped'),
                ('told', 1, '2024-06-03T12:00Z', null, 'paused'),
                ('told', null, '2024-06-03T06:00Z', null, 'not_running')
            """;

    @Test
    void toldTimes_ofAWindow_areReadFromTheLastOneBeforeIt() throws SQLException {
        try (TestPacker packer = TestPacker.create()) {
            packer.database().execute(TOLD);
            check(packer.database());
        }
    }

    private static void check(TestDatabase database) throws SQLException {
        Window window =
                new Window(
                        Instant.parse("2024-06-03T01:00:00Z"),
                        Instant.parse("2024-06-05T00:00:00Z"));
        Filter filter = new Filter(window, List.of(), List.of(), List.of("told"), List.of());
        List<Target> both =
                List.of(
                        new Target("told", 1, "192.0.2.1", null, null, null, true),
                        new Target("told", 2, "192.0.2.2", null, null, null, true));
        try (Connection connection = database.connect()) {
            ToldTimes told = ToldTimes.read(connection, both, filter);
            long noon = Hours.micros(Instant.parse("2024-06-03T12:00:00Z"));
            long day = Hours.DAY_MICROS;
            assertEquals(noon - day / 2, told.timetable(1).firstMicros());
            assertEquals(
                    List.of(
                            new Gap(noon - day / 4, noon, "not_running"),
                            new Gap(noon, noon + day / 2, "paused")),
                    List.copyOf(told.gaps(1).values()));
            assertEquals(
                    List.of(new Gap(noon - day / 4, noon + day / 2, "not_running")),
                    List.copyOf(told.gaps(2).values()));
        }
    }
}
