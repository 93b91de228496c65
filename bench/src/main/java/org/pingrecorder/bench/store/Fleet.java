package org.pingrecorder.bench.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Many clients with as many ips each, all pinged on one timetable, and the bodies that they upload.
 *
 * @param spool that the batches come from
 * @param pings of each ip in a batch
 * @param startMicros of the first pings
 */
record Fleet(String spool, int clients, int ips, int pings, PingSeries series, long startMicros) {

    /** The timetable's places, 5 ms apart. */
    private static final int PLACES = 200;

    private static final long PLACE_MICROS = 5_000;

    /** Takes pings. */
    interface PingSink {

        /** One ping; a latency of -1 is a timeout. */
        void ping(int ip, long atMicros, int latencyMicros);
    }

    static String client(int client) {
        return "client" + client;
    }

    static String ip(int client, int ip) {
        return "10." + client + "." + ip / 250 + "." + (1 + ip % 250);
    }

    long pingsInBatch() {
        return (long) ips * pings;
    }

    /** Goes through a batch, ip by ip. */
    void batch(int client, int batch, PingSink sink) {
        Random random = new Random((long) client << 32 | batch);
        for (int ip = 0; ip < ips; ip++) {
            long at = startMicros(batch, ip);
            for (int i = 0; i < pings; i++) {
                sink.ping(ip, at + i * series.intervalMicros, series.next(random));
            }
        }
    }

    private long startMicros(int batch, int ip) {
        return startMicros
                + (long) batch * pings * series.intervalMicros
                + ip % PLACES * PLACE_MICROS;
    }

    /** A batch as a client sends it, in gzip. */
    byte[] body(int client, int batch) throws IOException {
        StringBuilder json = new StringBuilder(ips * (100 + 8 * pings));
        json.append("{\"spool\":\"").append(spool).append("\",\"batch\":").append(batch + 1);
        json.append(",\"series\":[");
        batch(
                client,
                batch,
                new PingSink() {
                    private int inSeries;

                    @Override
                    public void ping(int ip, long atMicros, int latencyMicros) {
                        if (inSeries == 0) {
                            appendHead(json, ip(client, ip), atMicros);
                        }
                        appendLatency(json, latencyMicros);
                        inSeries++;
                        json.append(inSeries < pings ? "," : "],\"ttl\":57},");
                        inSeries %= pings;
                    }
                });
        json.setLength(json.length() - 1);
        return gzip(json.append("]}").toString().getBytes(StandardCharsets.US_ASCII));
    }

    private void appendHead(StringBuilder json, String ip, long atMicros) {
        json.append("{\"ip\":\"")
                .append(ip)
                .append("\",\"start\":\"")
                .append(Instant.EPOCH.plus(atMicros, ChronoUnit.MICROS))
                .append("\",\"interval_ms\":")
                .append(series.intervalMicros / 1_000)
                .append(",\"latency_ms\":[");
    }

    private static void appendLatency(StringBuilder json, int micros) {
        if (micros < 0) {
            json.append("null");
            return;
        }
        json.append(micros / 1_000).append('.');
        int rest = micros % 1_000;
        json.append((char) ('0' + rest / 100));
        json.append((char) ('0' + rest / 10 % 10));
        json.append((char) ('0' + rest % 10));
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length / 3);
        try (GZIPOutputStream gzip = new FastGzip(bytes)) {
            gzip.write(plain);
        }
        return bytes.toByteArray();
    }

    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(ByteArrayOutputStream out) throws IOException {
            super(out, 8_192);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
