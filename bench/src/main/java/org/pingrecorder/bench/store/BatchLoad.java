package org.pingrecorder.bench.store;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Uploads the bodies of a fleet over a few connections, each client's one after the other. */
final class BatchLoad {

    private static final Pattern STORED = Pattern.compile("\"stored\":(\\d+)");

    private final URI recorder;
    private final BodyFile bodies;
    private final int clients;
    private final int connections;

    BatchLoad(URI recorder, BodyFile bodies, int clients, int connections) {
        this.recorder = recorder;
        this.bodies = bodies;
        this.clients = clients;
        this.connections = connections;
    }

    /**
     * What was answered.
     *
     * @param pings stored, by the receipts
     * @param others answers but 200; each was sent again
     */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record Result(long batches, long pings, long others, long[] sortedNanos, double seconds) {

        double quantileMillis(double q) {
            return sortedNanos[(int) Math.min(sortedNanos.length - 1, q * sortedNanos.length)]
                    / 1e6;
        }
    }

    /**
     * Sends from one batch to another, at most for so long.
     *
     * @param perSecond batches of all clients together; 0 for as fast as it goes
     */
    Result run(int from, int to, double seconds, double perSecond) throws Exception {
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        List<Result> results = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Result>> running = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                int first = i;
                // Each connection as much as its share of the clients, so that all end together.
                int served = Math.ceilDiv(clients - first, connections);
                double stepNanos = perSecond > 0 ? 1e9 / perSecond * clients / served : 0;
                running.add(executor.submit(() -> connection(first, from, to, end, stepNanos)));
            }
            for (Future<Result> one : running) {
                results.add(one.get());
            }
        }
        return new Result(
                results.stream().mapToLong(Result::batches).sum(),
                results.stream().mapToLong(Result::pings).sum(),
                results.stream().mapToLong(Result::others).sum(),
                results.stream()
                        .flatMapToLong(r -> Arrays.stream(r.sortedNanos()))
                        .sorted()
                        .toArray(),
                (System.nanoTime() - start) / 1e9);
    }

    private Result connection(int first, int from, int to, long endNanos, double stepNanos)
            throws IOException, InterruptedException {
        long[] nanos = new long[1 << 10];
        int count = 0;
        long pings = 0;
        long others = 0;
        try (SocketChannel socket =
                SocketChannel.open(new InetSocketAddress(recorder.getHost(), recorder.getPort()))) {
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            InputStream in = new BufferedInputStream(socket.socket().getInputStream());
            long startNanos = System.nanoTime();
            for (int batch = from; batch < to; batch++) {
                for (int client = first; client < clients; client += connections) {
                    long due = startNanos + (long) (count * stepNanos);
                    while (due > System.nanoTime()) {
                        LockSupport.parkNanos(due - System.nanoTime());
                    }
                    long sent = System.nanoTime();
                    if (sent > endNanos) {
                        return new Result(count, pings, others, Arrays.copyOf(nanos, count), 0);
                    }
                    HttpAnswer answer = send(socket, in, client, batch);
                    for (; answer.status() != 200; answer = send(socket, in, client, batch)) {
                        if (others++ == 0) {
                            System.out.println(answer);
                        }
                        TimeUnit.MILLISECONDS.sleep(100);
                    }
                    if (count == nanos.length) {
                        nanos = Arrays.copyOf(nanos, 2 * count);
                    }
                    nanos[count++] = System.nanoTime() - sent;
                    pings += stored(answer);
                }
            }
        }
        return new Result(count, pings, others, Arrays.copyOf(nanos, count), 0);
    }

    private HttpAnswer send(SocketChannel socket, InputStream in, int client, int batch)
            throws IOException {
        String head =
                """
                POST /record-pings/%s HTTP/1.1\r
                Host: %s\r
                Content-Type: application/json\r
                Content-Encoding: gzip\r
                Content-Length: %d\r
                \r
                """
                        .formatted(
                                Fleet.client(client),
                                recorder.getAuthority(),
                                bodies.length(client, batch));
        ByteBuffer bytes = ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            socket.write(bytes);
        }
        bodies.send(client, batch, socket);
        return HttpAnswer.read(in);
    }

    private static long stored(HttpAnswer answer) throws IOException {
        Matcher matcher = STORED.matcher(answer.body());
        if (!matcher.find()) {
            throw new IOException("no receipt: " + answer.body());
        }
        return Long.parseLong(matcher.group(1));
    }
}
