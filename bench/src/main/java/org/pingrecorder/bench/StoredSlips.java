package org.pingrecorder.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How long after their planned times pings left, as a recorder has it, which is told of slips
 * beyond a millisecond.
 */
final class StoredSlips {

    private static final Pattern SLIP = Pattern.compile("\"slip_us\":(\\d+)");

    private final long[] sortedMicros;

    private StoredSlips(long[] sortedMicros) {
        this.sortedMicros = sortedMicros;
    }

    /** Asks for all pings that were planned in a span of time. */
    static StoredSlips ask(URI recorder, Instant start, Instant end)
            throws IOException, InterruptedException {
        URI uri = recorder.resolve("/pings?format=ndjson&start=%s&end=%s".formatted(start, end));
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<Stream<String>> answer =
                    http.send(
                            HttpRequest.newBuilder(uri).build(),
                            HttpResponse.BodyHandlers.ofLines());
            try (Stream<String> lines = answer.body()) {
                if (answer.statusCode() != 200) {
                    throw new IOException(answer.statusCode() + ": " + lines.toList());
                }
                long[] micros = lines.mapToLong(StoredSlips::micros).sorted().toArray();
                if (micros.length == 0) {
                    throw new IOException("no ping of " + start + " to " + end + " is stored");
                }
                return new StoredSlips(micros);
            }
        }
    }

    private static long micros(String line) {
        Matcher slip = SLIP.matcher(line);
        return slip.find() ? Long.parseLong(slip.group(1)) : 0;
    }

    int pings() {
        return sortedMicros.length;
    }

    /** In milliseconds, what 99 of 100 pings did not exceed. */
    String p99() {
        long p99 = sortedMicros[(int) Math.ceilDiv(sortedMicros.length * 99L, 100) - 1];
        return p99 == 0 ? "<= 1" : "%.2f".formatted(p99 / 1e3);
    }
}
