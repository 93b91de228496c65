package org.pingrecorder.bench.store;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/**
 * Sends requests made beforehand over many connections, each waiting for its answer before its next
 * request: as cheap a generator as can be, so that the server is what is measured.
 */
final class HttpLoad {

    private HttpLoad() {}

    /** What the connections saw. */
    static final class Result {

        private final long answers;
        private final long others;
        private final long[] sortedNanos;
        private final double seconds;

        private Result(long answers, long others, long[] sortedNanos, double seconds) {
            this.answers = answers;
            this.others = others;
            this.sortedNanos = sortedNanos;
            this.seconds = seconds;
        }

        /** Answers with status 200. */
        long answers() {
            return answers;
        }

        /** Answers with any other status. */
        long others() {
            return others;
        }

        double seconds() {
            return seconds;
        }

        double perSecond() {
            return answers / seconds;
        }

        /** The time from request to answer that a share {@code q} of them did not exceed. */
        double quantileMillis(double q) {
            return sortedNanos[(int) Math.min(sortedNanos.length - 1, q * sortedNanos.length)]
                    / 1e6;
        }
    }

    /** Runs one request per connection over and over. */
    static Result run(URI server, int connections, double seconds, IntFunction<String> requestOf)
            throws Exception {
        long endNanos = System.nanoTime() + (long) (seconds * 1e9);
        List<Callable<Result>> tasks = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            byte[] request = requestOf.apply(i).getBytes(StandardCharsets.US_ASCII);
            tasks.add(() -> connection(server, request, endNanos));
        }
        long startNanos = System.nanoTime();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Result> results = new ArrayList<>();
            for (Future<Result> future : executor.invokeAll(tasks)) {
                results.add(future.get());
            }
            return sum(results, (System.nanoTime() - startNanos) / 1e9);
        }
    }

    /** A POST with a JSON body, ready to be sent. */
    static String post(URI server, String path, String json) {
        return "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(path, server.getAuthority(), json.length(), json);
    }

    static String get(URI server, String path) {
        return "GET %s HTTP/1.1\r\nHost: %s\r\n\r\n".formatted(path, server.getAuthority());
    }

    private static Result connection(URI server, byte[] request, long endNanos) throws IOException {
        long[] nanos = new long[1024];
        int count = 0;
        long others = 0;
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (long sent = System.nanoTime(); sent < endNanos; sent = System.nanoTime()) {
                out.write(request);
                if (HttpAnswer.read(in).status() != 200) {
                    others++;
                }
                if (count == nanos.length) {
                    nanos = Arrays.copyOf(nanos, 2 * count);
                }
                nanos[count++] = System.nanoTime() - sent;
            }
        }
        return new Result(count - others, others, Arrays.copyOf(nanos, count), 0);
    }

    private static Result sum(List<Result> results, double seconds) {
        long[] nanos =
                results.stream()
                        .flatMapToLong(r -> Arrays.stream(r.sortedNanos))
                        .sorted()
                        .toArray();
        return new Result(
                results.stream().mapToLong(Result::answers).sum(),
                results.stream().mapToLong(Result::others).sum(),
                nanos,
                seconds);
    }
}
