package org.pingrecorder.bench.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** The bodies of a fleet's uploads, made beforehand. Thread-safe once made. */
final class BodyFile implements AutoCloseable {

    private final FileChannel file;
    private final long[][] starts;
    private final int[][] lengths;

    private BodyFile(FileChannel file, int clients, int batches) {
        this.file = file;
        this.starts = new long[clients][batches];
        this.lengths = new int[clients][batches];
    }

    /**
     * Makes them, on all processors.
     *
     * @param batches of each client
     */
    static BodyFile make(Path path, Fleet fleet, int batches) throws Exception {
        FileChannel file =
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE);
        BodyFile bodies = new BodyFile(file, fleet.clients(), batches);
        AtomicLong end = new AtomicLong();
        try (ExecutorService executor =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            List<Future<?>> made = new ArrayList<>();
            for (int batch = 0; batch < batches; batch++) {
                int number = batch;
                made.add(
                        executor.submit(
                                () -> {
                                    bodies.make(fleet, number, end);
                                    return null;
                                }));
            }
            for (Future<?> one : made) {
                one.get();
            }
        }
        return bodies;
    }

    private void make(Fleet fleet, int batch, AtomicLong end) throws IOException {
        for (int client = 0; client < fleet.clients(); client++) {
            byte[] body = fleet.body(client, batch);
            long start = end.getAndAdd(body.length);
            starts[client][batch] = start;
            lengths[client][batch] = body.length;
            ByteBuffer bytes = ByteBuffer.wrap(body);
            while (bytes.hasRemaining()) {
                file.write(bytes, start + bytes.position());
            }
        }
    }

    /** Batches of each client. */
    int batches() {
        return lengths[0].length;
    }

    int length(int client, int batch) {
        return lengths[client][batch];
    }

    long bytes() throws IOException {
        return file.size();
    }

    /** Sends a body, without a copy where the system can. */
    void send(int client, int batch, WritableByteChannel to) throws IOException {
        long position = starts[client][batch];
        for (long left = lengths[client][batch]; left > 0; ) {
            long sent = file.transferTo(position, left, to);
            position += sent;
            left -= sent;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
