package org.pingrecorder.bench.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pingrecorder.bench.Main;
import org.pingrecorder.recorder.samples.Hours;

/** Bytes a ping in the database, every table with its indexes, and a row a ping beside them. */
public final class SizeBench implements Main.Bench {

    private static final int CLIENTS = 10;
    private static final int IPS = 100;

    /** Of each ip in a batch; blocks of an hour come out the same whatever it is. */
    private static final int PINGS = 60;

    private static final double COPY_SECONDS = 10;

    private static final String PAYLOADS =
            "SELECT coalesce(sum(octet_length(payload)), 0) FROM block";

    private static final String TABLES =
            """
            SELECT coalesce(pg_partition_root(oid), oid)::regclass::text AS name,
                   sum(pg_total_relation_size(oid)) AS bytes
            FROM pg_class
            WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
              AND relname NOT LIKE 'flyway%' AND relname NOT LIKE 'bench%'
            GROUP BY 1 ORDER BY 2 DESC, 1
            """;

    @Override
    public String summary() {
        return "bytes a ping in the database, everything included, and a row a ping";
    }

    @Override
    public void run(Path project) throws Exception {
        measure(project, PingSeries.JITTER, 1);
        measure(project, PingSeries.SLOW, 4);
        measure(project, PingSeries.LAN, 1);
    }

    private static void measure(Path project, PingSeries series, int days) throws Exception {
        Instant start = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(days));
        Fleet fleet = new Fleet("bench", CLIENTS, IPS, PINGS, series, Hours.micros(start));
        int batches = (int) (days * Hours.DAY_MICROS / (PINGS * series.intervalMicros));
        try (RecorderRun recorder = RecorderRun.start(project)) {
            hurryVacuum(recorder);
            long pings = Loading.upload(recorder, fleet, batches);
            double seconds = PackingWatch.awaitMerged(recorder);
            Map<String, Long> grown = tables(recorder, false);
            // What autovacuum does by itself when it comes round.
            Map<String, Long> sizes = tables(recorder, true);
            CopyPeer.Result copied = CopyPeer.run(recorder, fleet, COPY_SECONDS);
            long all = sizes.values().stream().mapToLong(b -> b).sum();
            System.out.printf(
                    "%s: 1,000 ips, %d days, %,d pings; merged %.0f s after the last upload%n",
                    series.text, days, pings, seconds);
            System.out.printf("%-28s %16s %14s%n", "", "bytes", "bytes a ping");
            sizes.forEach(
                    (name, bytes) ->
                            System.out.printf(
                                    "%-28s %,16d %14.3f%s%n",
                                    name,
                                    bytes,
                                    (double) bytes / pings,
                                    bytes.equals(grown.get(name))
                                            ? ""
                                            : "   before vacuum %,d".formatted(grown.get(name))));
            long payloads = payloads(recorder);
            System.out.printf(
                    "%-28s %,16d %14.3f%n",
                    "  of which blocks' bytes", payloads, (double) payloads / pings);
            System.out.printf("%-28s %,16d %14.3f%n", "all of it", all, (double) all / pings);
            System.out.printf(
                    "%-28s %16s %14.3f%n%n",
                    "a row a ping", "", (double) copied.bytes() / copied.pings());
        }
    }

    /** A day passes in minutes here, and between two hours autovacuum would have come round. */
    private static void hurryVacuum(RecorderRun recorder) throws Exception {
        try (Connection connection = recorder.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER SYSTEM SET autovacuum_naptime = '1s'");
            statement.execute("ALTER SYSTEM SET autovacuum_vacuum_cost_delay = 0");
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    private static long payloads(RecorderRun recorder) throws Exception {
        try (Connection connection = recorder.connect()) {
            return RecorderRun.number(connection, PAYLOADS);
        }
    }

    private static Map<String, Long> tables(RecorderRun recorder, boolean vacuumed)
            throws Exception {
        Map<String, Long> sizes = new LinkedHashMap<>();
        try (Connection connection = recorder.connect();
                Statement statement = connection.createStatement()) {
            if (vacuumed) {
                statement.execute("VACUUM");
            }
            try (ResultSet rows = statement.executeQuery(TABLES)) {
                while (rows.next()) {
                    sizes.put(rows.getString("name"), rows.getLong("bytes"));
                }
            }
        }
        return sizes;
    }
}
