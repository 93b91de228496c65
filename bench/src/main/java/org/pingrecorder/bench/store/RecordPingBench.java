package org.pingrecorder.bench.store;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.pingrecorder.bench.Main;

/**
 * Single posts, each answered when durable, beside the same rows inserted one a commit over as many
 * database connections.
 */
public final class RecordPingBench implements Main.Bench {

    private static final String TABLE =
            """
            CREATE TABLE bench_post (
                client text NOT NULL, ip_id bigint NOT NULL, at timestamptz NOT NULL,
                id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
                outcome text NOT NULL, latency_us integer,
                PRIMARY KEY (client, ip_id, at, id))
            """;

    private static final int CONNECTIONS = 64;
    private static final int CLIENTS = 8;
    private static final double WARM_UP_SECONDS = 10;
    private static final double SECONDS = 20;

    @Override
    public String summary() {
        return "durable /record-ping posts a second over 64 connections";
    }

    @Override
    public void run(Path project) throws Exception {
        try (RecorderRun recorder = RecorderRun.start(project)) {
            URI server = recorder.address();
            HttpLoad.run(server, CONNECTIONS, WARM_UP_SECONDS, i -> request(server, i));
            long before = recorder.folder().stored();
            RecorderRun.Cpu cpu = recorder.cpu();
            HttpLoad.Result posts =
                    HttpLoad.run(server, CONNECTIONS, SECONDS, i -> request(server, i));
            String cores = recorder.cpu().coresSince(cpu, posts.seconds());
            long stored = recorder.folder().stored() - before;
            double inserts = insertsPerSecond(recorder, CONNECTIONS, SECONDS / 2);

            System.out.printf(
                    "%-52s %10s %9s %9s %9s%n",
                    "64 connections", "per s", "p50 ms", "p99 ms", "ratio");
            row("/record-ping, durable when answered", posts);
            System.out.printf(
                    "%-52s %,10.0f %9s %9s %9.2f%n",
                    "same rows, INSERT and COMMIT each, by JDBC",
                    inserts,
                    "",
                    "",
                    posts.perSecond() / inserts);
            System.out.printf(
                    "%nratio: posts a second over that row's. Answered 200: %,d; stored: %,d;"
                            + " other answers: %,d.%n",
                    posts.answers(), stored, posts.others());
            System.out.println(cores + ".");
            if (stored != posts.answers()) {
                throw new IOException("answered and stored differ");
            }
        }
    }

    private static String request(URI server, int connection) {
        return HttpLoad.post(
                server,
                "/record-ping/client" + connection % CLIENTS,
                "{\"ip\":\"192.0.2.%d\",\"latency_ms\":%d.%03d}"
                        .formatted(connection, 1 + connection, connection));
    }

    private static void row(String what, HttpLoad.Result result) {
        System.out.printf(
                "%-52s %,10.0f %9.2f %9.2f %9.2f%n",
                what,
                result.perSecond(),
                result.quantileMillis(0.5),
                result.quantileMillis(0.99),
                1.0);
    }

    /** What a recorder without a shared commit could reach at best. */
    private static double insertsPerSecond(RecorderRun recorder, int connections, double seconds)
            throws Exception {
        try (Connection connection = recorder.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(TABLE);
        }
        long endNanos = System.nanoTime() + (long) (seconds * 1e9);
        List<Callable<Long>> tasks = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            tasks.add(() -> inserts(recorder, endNanos));
        }
        long inserted = 0;
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Long> future : executor.invokeAll(tasks)) {
                inserted += future.get();
            }
        }
        return inserted / seconds;
    }

    private static long inserts(RecorderRun recorder, long endNanos) throws Exception {
        long count = 0;
        try (Connection connection = recorder.connect();
                PreparedStatement insert =
                        connection.prepareStatement(
                                """
                                INSERT INTO bench_post (client, ip_id, at, outcome, latency_us)
                                SELECT client, id, now(), 'reply', 1234 FROM ip
                                WHERE client = 'client1' AND ip = '192.0.2.1'
                                """)) {
            for (; System.nanoTime() < endNanos; count++) {
                insert.executeUpdate();
            }
        }
        return count;
    }
}
