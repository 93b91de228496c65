package org.pingrecorder.bench.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** The same pings by binary COPY into a table of a row each, as fast as that goes. */
final class CopyPeer {

    private static final String TABLE =
            """
            CREATE TABLE bench_row (
                client integer NOT NULL, ip integer NOT NULL, at timestamptz NOT NULL,
                latency_us integer, PRIMARY KEY (client, ip, at))
            """;

    private static final byte[] SIGNATURE = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };

    /** Field count, and four fields with their lengths. */
    private static final int ROW_BYTES = 2 + 8 + 8 + 12 + 8;

    private static final long POSTGRES_EPOCH_MICROS = 946_684_800_000_000L;

    /** Two, for the two processors that all benches are made for. */
    private static final int CONNECTIONS = 2;

    /** Rows that share a commit are ten times those of an upload. */
    private static final int BATCHES_A_COPY = 10;

    private CopyPeer() {}

    /** Pings that were copied and what they take. */
    record Result(long pings, double seconds, long bytes) {
        double perSecond() {
            return pings / seconds;
        }
    }

    /** Copies for so long; the table stays. */
    static Result run(ServerFolder folder, Fleet fleet, double seconds) throws Exception {
        try (Connection connection = folder.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(TABLE);
            long start = System.nanoTime();
            long end = start + (long) (seconds * 1e9);
            long pings = 0;
            try (ExecutorService executor = Executors.newFixedThreadPool(CONNECTIONS)) {
                List<Future<Long>> running = new ArrayList<>();
                for (int i = 0; i < CONNECTIONS; i++) {
                    int first = i;
                    running.add(executor.submit(() -> copy(folder, fleet, first, end)));
                }
                for (Future<Long> one : running) {
                    pings += one.get();
                }
            }
            return new Result(
                    pings,
                    (System.nanoTime() - start) / 1e9,
                    ServerFolder.number(connection, "SELECT pg_total_relation_size('bench_row')"));
        }
    }

    private static long copy(ServerFolder folder, Fleet fleet, int first, long endNanos)
            throws IOException, SQLException {
        long pings = 0;
        try (Connection connection = folder.connect()) {
            ByteBuffer rows = ByteBuffer.allocate(ROW_BYTES * (int) fleet.pingsInBatch());
            int client = first;
            int batch = 0;
            while (System.nanoTime() < endNanos) {
                CopyIn copy =
                        connection
                                .unwrap(PGConnection.class)
                                .getCopyAPI()
                                .copyIn("COPY bench_row FROM STDIN (FORMAT binary)");
                copy.writeToCopy(SIGNATURE, 0, SIGNATURE.length);
                for (int i = 0; i < BATCHES_A_COPY; i++) {
                    put(fleet, client, batch, rows.clear());
                    copy.writeToCopy(rows.array(), 0, rows.position());
                    client += CONNECTIONS;
                    if (client >= fleet.clients()) {
                        client = first;
                        batch++;
                    }
                }
                copy.writeToCopy(new byte[] {-1, -1}, 0, 2);
                pings += copy.endCopy();
            }
        }
        return pings;
    }

    private static void put(Fleet fleet, int client, int batch, ByteBuffer rows) {
        fleet.batch(
                client,
                batch,
                (ip, atMicros, latencyMicros) -> {
                    rows.putShort((short) 4);
                    rows.putInt(4).putInt(client);
                    rows.putInt(4).putInt(ip);
                    rows.putInt(8).putLong(atMicros - POSTGRES_EPOCH_MICROS);
                    if (latencyMicros < 0) {
                        rows.putInt(-1);
                    } else {
                        rows.putInt(4).putInt(latencyMicros);
                    }
                });
    }
}
