package org.pingrecorder.recorder.packing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pingrecorder.recorder.TestDatabase;
import org.pingrecorder.recorder.TestRecorder;

/** A database of the first release, with pings in it, taken over by this one. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FirstReleaseIT {

    private static final String OLD_DATA =
            """
            INSERT INTO client (name) VALUES ('a'), ('b'), ('none');
            INSERT INTO ip (client, ip, family, name, source) VALUES
                ('a', '192.0.2.1', NULL, 'first', 'client'),
                ('a', 'host.example', 4, NULL, 'client'),
                ('a', 'host.example', 6, NULL, 'client'),
                ('b', '192.0.2.1', NULL, NULL, 'post');
            -- All outcomes, whole milliseconds, 0 and microseconds, pings with one time.
            INSERT INTO ping (client, ip_id, at, outcome, latency_us)
            SELECT i.client, i.id, timestamptz '2026-01-01' + (n / 2) * interval '7.000001 seconds',
                (ARRAY['reply','late','timeout','unreachable','send_error','resolve_error','missed'])
                    [n % 7 + 1],
                CASE WHEN n % 7 < 2 THEN (ARRAY[0, 20000, 12345])[n % 3 + 1] END
            FROM ip i, generate_series(0, 29999) n ORDER BY n DESC;
            """;

    private static final String OLD_ROWS =
            """
            SELECT string_agg(outcome || ' ' || coalesce(latency_us, -1), ',' ORDER BY at, id)
            FROM ping WHERE (client, ip_id) = (?, ?)
            """;

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Map<Long, String> EXPECTED = new TreeMap<>();

    static {
        Flyway.configure()
                .dataSource(DATABASE.url(), DATABASE.user(), DATABASE.password())
                .target("1")
                .load()
                .migrate();
        DATABASE.execute(OLD_DATA);
        for (long id = 1; id <= 4; id++) {
            EXPECTED.put(id, oldRows(id));
        }
    }

    @RegisterExtension static final TestRecorder FIRST = TestRecorder.on(DATABASE, Map.of());
    @RegisterExtension static final TestRecorder AGAIN = TestRecorder.on(DATABASE, Map.of());

    private static String client(long ipId) {
        return ipId == 4 ? "b" : "a";
    }

    private static String oldRows(long ipId) {
        try (Connection connection = DATABASE.connect();
                PreparedStatement statement = connection.prepareStatement(OLD_ROWS)) {
            statement.setString(1, client(ipId));
            statement.setLong(2, ipId);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String stored(long ipId) {
        List<String> parts = new ArrayList<>();
        for (String line : StoredPings.of(DATABASE, client(ipId), ipId)) {
            String[] words = line.split(" ", -1);
            parts.add(words[1] + " " + words[2]);
        }
        return String.join(",", parts);
    }

    @Test
    @Order(1)
    void start_takesAllPingsOver() {
        assertEquals(0, DATABASE.number("SELECT count(*) FROM pg_class WHERE relname = 'ping_v1'"));
        EXPECTED.forEach((id, rows) -> assertEquals(rows, stored(id)));
        assertTrue(String.valueOf(EXPECTED.get(1L)).length() > 100_000);
    }

    @Test
    @Order(2)
    void pack_ofThem_keepsThemAll() {
        try (TestPacker packer = TestPacker.onlyOn(DATABASE)) {
            packer.packAll();
            EXPECTED.forEach((id, rows) -> assertEquals(rows, stored(id)));
            packer.merge(Instant.parse("2100-01-01T00:00:00Z"));
            EXPECTED.forEach((id, rows) -> assertEquals(rows, stored(id)));
        }
        assertEquals(120_000, DATABASE.number("SELECT sum(pings) FROM block"));
        assertEquals(
                120_000,
                DATABASE.number("SELECT sum(received + late + lost + not_sent) FROM ip_total"));
    }
}
