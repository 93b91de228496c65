package org.pingrecorder.bench.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pingrecorder.bench.Main;
import org.pingrecorder.recorder.samples.Hours;

/**
 * Bytes a ping in the database, every table with its indexes, at the moment of an hour when most is
 * not merged yet; and a row a ping beside them.
 */
public final class SizeBench implements Main.Bench {

    private static final int CLIENTS = 10;
    private static final int IPS = 100;

    /** Passed as they are, until what comes and goes has as much room as it needs. */
    private static final int LIVE_HOURS = 3;

    private static final int COPIED_PINGS = 10;
    private static final double COPY_SECONDS = 5;

    private static final String TABLES =
            """
            SELECT coalesce(pg_partition_root(oid), oid)::regclass::text AS name,
                   sum(pg_total_relation_size(oid)) AS bytes
            FROM pg_class
            WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
              AND relname NOT LIKE 'flyway%' AND relname NOT LIKE 'bench%'
            GROUP BY 1 ORDER BY 2 DESC, 1
            """;

    /** What the packed bytes themselves take, without rows and indexes around them. */
    private static final Map<String, String> BYTES =
            Map.of(
                    "block", "SELECT coalesce(sum(octet_length(payload)), 0) FROM block",
                    "fresh", "SELECT coalesce(sum(octet_length(payload)), 0) FROM fresh",
                    "rollup", "SELECT coalesce(sum(octet_length(hours)), 0) FROM rollup");

    @Override
    public String summary() {
        return "bytes a ping in the database, everything included, and a row a ping";
    }

    @Override
    public void run(Path project) throws Exception {
        measure(PingSeries.JITTER, 1);
        measure(PingSeries.SLOW, 7);
        measure(PingSeries.LAN, 1);
    }

    private static void measure(PingSeries series, int days) throws Exception {
        Instant start =
                Instant.now()
                        .truncatedTo(ChronoUnit.DAYS)
                        .minus(Duration.ofDays(days))
                        .minus(Duration.ofHours(LIVE_HOURS + 3));
        long startMicros = Hours.micros(start);
        System.out.printf("%s: %,d ips%n", series.text, CLIENTS * IPS);
        try (LocalRecorder recorder = LocalRecorder.start();
                SampleTime time = new SampleTime(recorder, series, CLIENTS, IPS, startMicros)) {
            long begun = System.nanoTime();
            for (int day = 0; day < days; day++) {
                time.pass(24);
                System.out.printf("  a day, in %.0f s%n", (System.nanoTime() - begun) / 1e9);
            }
            time.live(
                    LIVE_HOURS,
                    () -> {
                        Map<String, Long> sizes = tables(recorder.folder());
                        System.out.printf(
                                "  an hour as it is, in %.0f s: fresh %,d, upload %,d%n",
                                (System.nanoTime() - begun) / 1e9,
                                sizes.getOrDefault("fresh", 0L),
                                sizes.getOrDefault("upload", 0L));
                    });
            print(recorder, time.pings());
            Fleet fleet = new Fleet("bench", CLIENTS, IPS, COPIED_PINGS, series, startMicros);
            CopyPeer.Result copied = CopyPeer.run(recorder.folder(), fleet, COPY_SECONDS);
            System.out.printf(
                    "%-28s %16s %14.3f%n%n",
                    "a row a ping", "", (double) copied.bytes() / copied.pings());
        }
    }

    private static void print(LocalRecorder recorder, long pings) throws Exception {
        if (recorder.folder().stored() != pings) {
            throw new IOException("delivered and stored differ");
        }
        System.out.printf(
                "%n%-28s %16s %14s%n", "%,d pings".formatted(pings), "bytes", "bytes a ping");
        long all = 0;
        for (Map.Entry<String, Long> table : tables(recorder.folder()).entrySet()) {
            line(table.getKey(), table.getValue(), pings);
            String bytes = BYTES.get(table.getKey());
            if (bytes != null) {
                try (Connection connection = recorder.connect()) {
                    line("  of which packed", ServerFolder.number(connection, bytes), pings);
                }
            }
            all += table.getValue();
        }
        line("all of it", all, pings);
    }

    private static void line(String name, long bytes, long pings) {
        System.out.printf("%-28s %,16d %14.3f%n", name, bytes, (double) bytes / pings);
    }

    private static Map<String, Long> tables(ServerFolder folder) throws IOException, SQLException {
        Map<String, Long> sizes = new LinkedHashMap<>();
        try (Connection connection = folder.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(TABLES)) {
            while (rows.next()) {
                sizes.put(rows.getString("name"), rows.getLong("bytes"));
            }
            return sizes;
        }
    }
}
