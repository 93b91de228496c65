package org.pingrecorder.recorder.history;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pingrecorder.recorder.TestRecorder;

/**
 * What PostgreSQL counts while a call about one ip among many is answered: no table is read from
 * its beginning to its end, and no partition outside of the window is looked into. So these are the
 * plans of the very statements with the parameters that they are run with; EXPLAIN would judge
 * copies of them, and a plan that it shows need not be the one that a cursor of the driver gets.
 */
class PlansIT {

    private static final String WINDOW = "start=2024-06-04T06:00:00Z&end=2024-06-04T09:30:00Z";

    /** Backends tell what they counted when they end. */
    private static final String END_BACKENDS =
            """
            SELECT count(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = 'ping-recorder'
            """;

    private static final String SCANS =
            """
            SELECT coalesce(sum(seq_scan), 0) FROM pg_stat_user_tables
            WHERE relname ~ '^(block|fresh|upload|rollup|ip_total|outage|running|gap|ip)(_[0-9]+)?$'
            """;

    private static final String OTHER_WEEKS =
            """
            SELECT coalesce(sum(idx_scan), 0) FROM pg_stat_user_tables
            WHERE relname ~ '^(block|rollup)_' AND relname NOT IN ('block_20240603', 'rollup_202406')
            """;

    private static final String THE_WEEK =
            "SELECT coalesce(sum(idx_scan), 0) FROM pg_stat_user_tables WHERE relname ="
                    + " 'block_20240603'";

    private static final String OUTAGES_READ =
            "SELECT coalesce(sum(idx_tup_read), 0) FROM pg_stat_user_indexes"
                    + " WHERE relname = 'outage'";

    private static final String TIMETABLES_READ =
            "SELECT coalesce(sum(idx_tup_read), 0) FROM pg_stat_user_indexes"
                    + " WHERE relname = 'running'";

    @RegisterExtension static final TestRecorder RECORDER = TestRecorder.create();

    private static Stored stored;

    /** 20 clients of 100 ips each: three weeks of blocks, and all that goes with them. */
    @BeforeAll
    static void store() {
        stored = new Stored(RECORDER);
        String rows =
                """
                INSERT INTO client (name) SELECT 'client' || c FROM generate_series(1, 20) c;
                INSERT INTO ip (client, ip, source)
                SELECT 'client' || c, '10.0.' || c || '.' || n, 'post'
                FROM generate_series(1, 20) c, generate_series(1, 100) n;
                CREATE TABLE block_20240527 PARTITION OF block
                    FOR VALUES FROM ('2024-05-27Z') TO ('2024-06-03Z');
                CREATE TABLE block_20240603 PARTITION OF block
                    FOR VALUES FROM ('2024-06-03Z') TO ('2024-06-10Z');
                CREATE TABLE block_20240610 PARTITION OF block
                    FOR VALUES FROM ('2024-06-10Z') TO ('2024-06-17Z');
                CREATE TABLE rollup_202405 PARTITION OF rollup
                    FOR VALUES FROM ('2024-05-01Z') TO ('2024-06-01Z');
                CREATE TABLE rollup_202406 PARTITION OF rollup
                    FOR VALUES FROM ('2024-06-01Z') TO ('2024-07-01Z');
                INSERT INTO block SELECT client, id, hour, 0, ''
                FROM ip, generate_series(timestamptz '2024-05-30Z', '2024-06-12Z', '4 hours') hour;
                INSERT INTO rollup SELECT client, id, day, '\\x01'
                FROM ip, generate_series(timestamptz '2024-05-20Z', '2024-06-12Z', '1 day') day;
                INSERT INTO fresh SELECT client, id, slice, 0, ''
                FROM ip, generate_series(timestamptz '2024-06-12Z', '2024-06-12T02:00Z', '10 min') slice;
                INSERT INTO upload (client, first_at, last_at, pings, payload)
                SELECT 'client' || c, at, at, 0, ''
                FROM generate_series(1, 20) c,
                    generate_series(timestamptz '2024-06-12T02:00Z', '2024-06-12T03:00Z', '5 s') at;
                INSERT INTO outage (client, ip_id, started_at, ended_at, lost, cause)
                SELECT client, id, at, at + interval '1 min', 60, 'timeout'
                FROM ip, generate_series(timestamptz '2024-05-20Z', '2024-06-12Z', '1 day') at;
                INSERT INTO running SELECT client, id, at, 1000000
                FROM ip, generate_series(timestamptz '2024-05-20Z', '2024-06-12Z', '1 day') at;
                INSERT INTO running SELECT client, id, at, 1000000
                FROM ip, generate_series(timestamptz '2024-01-01Z', '2024-05-19Z', '20 min') at
                WHERE ip = '10.0.7.77';
                INSERT INTO gap (client, from_at, to_at, reason)
                SELECT 'client' || c, at, at + interval '1 min', 'dropped'
                FROM generate_series(1, 20) c,
                    generate_series(timestamptz '2024-01-01Z', '2024-06-12Z', '1 hour') at;
                INSERT INTO ip_total (client, ip_id, received, late, lost, not_sent, duplicates,
                    disconnected_us, first_at, last_at, last_outcome, interval_us, lost_run, state,
                    state_since)
                SELECT client, id, 1000000, 0, 0, 0, 0, 0, '2024-05-20Z', '2024-06-12Z', 'reply',
                    1000000, 0, 'up', '2024-05-20Z' FROM ip;
                """;
        RECORDER.database().execute(rows);
        RECORDER.database().execute("VACUUM ANALYZE");
    }

    @AfterAll
    static void giveBackPacking() {
        stored.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/pings?",
                "/pings?limit=10&",
                "/pings?sort=newest&",
                "/ping-data?",
                "/history?step=5m&",
                "/history?step=1h&",
                "/summary?",
                "/summary?spark=10&",
                "/outages?",
                "/completeness?",
            })
    void callAboutOneIp_readsByKeysAndInTheWindowAlone(String call) {
        for (String of : new String[] {"ip=10.0.7.77&", "client=client7&ip=10.0.7.77&"}) {
            long scans = counted(SCANS);
            long others = counted(OTHER_WEEKS);
            long week = counted(THE_WEEK);
            String path = call + of + WINDOW;
            // A connection that was ended may be found out by the next call.
            await().until(() -> RECORDER.get(path).status() == 200);
            assertEquals(scans, counted(SCANS), "tables read as a whole for " + path);
            assertEquals(others, counted(OTHER_WEEKS), "partitions out of the window of " + path);
            if (call.startsWith("/pings?limit") || call.contains("5m")) {
                assertTrue(counted(THE_WEEK) > week, "nothing was read for " + path);
            }
        }
    }

    @Test
    void outagesLongBeforeTheWindow_areNotLookedAt() {
        for (String call : new String[] {"/outages?", "/summary?"}) {
            long before = counted(OUTAGES_READ);
            String path = call + "client=client7&ip=10.0.7.77&" + WINDOW;
            await().until(() -> RECORDER.get(path).status() == 200);
            long read = counted(OUTAGES_READ) - before;
            // The newest before the window, found and read; twice if a connection was ended.
            assertTrue(read >= 1 && read <= 4, read + " read for " + path);
        }
    }

    @Test
    void timetablesLongBeforeTheWindow_areNotLookedAt() {
        for (String call :
                new String[] {"/history?step=5m&", "/history?step=1h&", "/completeness?"}) {
            long before = counted(TIMETABLES_READ);
            String path = call + "client=client7&ip=10.0.7.77&" + WINDOW;
            await().until(() -> RECORDER.get(path).status() == 200);
            long read = counted(TIMETABLES_READ) - before;
            // Ten thousand were told before the window.
            assertTrue(read >= 1 && read <= 100, read + " read for " + path);
        }
    }

    private static long counted(String sql) {
        RECORDER.database().number(END_BACKENDS);
        return RECORDER.database().number(sql);
    }
}
