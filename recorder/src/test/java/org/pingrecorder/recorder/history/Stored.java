package org.pingrecorder.recorder.history;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.pingrecorder.recorder.Json;
import org.pingrecorder.recorder.TestRecorder;
import org.pingrecorder.recorder.packing.TestPacker;
import org.pingrecorder.recorder.samples.Extra;
import org.pingrecorder.recorder.samples.Hours;
import org.pingrecorder.recorder.samples.Samples;
import org.pingrecorder.wire.Outcome;

/** Pings of a test, in a database whose packing the test does itself. */
final class Stored implements AutoCloseable {

    /** Long after any ping of a test. */
    static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");

    private static final AtomicInteger CLIENTS = new AtomicInteger();

    private final TestRecorder recorder;
    private final TestPacker packer;

    Stored(TestRecorder recorder) {
        this.recorder = recorder;
        this.packer = TestPacker.onlyOn(recorder.database());
    }

    /** A name that no other test has. */
    static String newClient() {
        return "c%04d".formatted(CLIENTS.incrementAndGet());
    }

    /** Registers an ip; returns its id. */
    long ip(String client, String ip) {
        String body = "{\"client\":\"%s\",\"ip\":\"%s\"}".formatted(client, ip);
        Json registered = recorder.post("/ips", body).json();
        return registered.at("id").number();
    }

    void upload(String client, long ipId, Samples samples) {
        packer.upload(client, Map.of(ipId, samples));
    }

    void pack() {
        packer.packAll();
    }

    /** Makes blocks of all hours, whenever they were touched. */
    void merge() {
        packer.packAll();
        packer.merge(LATER);
    }

    @Override
    public void close() {
        packer.close();
    }

    /**
     * Pings at one interval.
     *
     * @param pattern a letter each: r for a reply of 10 ms and its index in microseconds, L late, t
     *     timeout, x the same while cut off, u unreachable, m missed, a blank for none
     */
    static Samples series(String start, long intervalMillis, String pattern) {
        Samples samples = new Samples();
        long interval = intervalMillis * 1_000;
        long at = Hours.micros(Instant.parse(start));
        for (int i = 0; i < pattern.length(); i++) {
            add(samples, at + i * interval, interval, pattern.charAt(i), i);
        }
        return samples;
    }

    private static void add(Samples samples, long at, long interval, char kind, int index) {
        switch (kind) {
            case 'r' -> samples.add(at, interval, Outcome.REPLY, 10_000 + index);
            case 'L' -> samples.add(at, interval, Outcome.LATE, 2_100_000);
            case 't' -> samples.add(at, interval, Outcome.TIMEOUT, -1);
            case 'x' ->
                    samples.setExtra(
                            samples.add(at, interval, Outcome.TIMEOUT, -1),
                            new Extra(0, 0, true, null));
            case 'u' -> samples.add(at, interval, Outcome.UNREACHABLE, -1);
            case 'm' -> samples.add(at, interval, Outcome.MISSED, -1);
            case ' ' -> {}
            default -> throw new IllegalArgumentException("ping " + kind);
        }
    }

    /** The rows of an answer. */
    List<Json> rows(String path) {
        return recorder.get(path).expect(200).json().elements();
    }
}
