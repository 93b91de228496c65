package org.pingrecorder.e2e.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Locale;
import java.util.StringJoiner;
import org.pingrecorder.e2e.Rest;

/** What a client might measure of a small machine that it is on, made up and posted. */
final class PostedMetrics {

    private static final int EVERY_SECONDS = 10;
    private static final double GIB = 1L << 30;

    private PostedMetrics() {}

    /** Posts so many seconds that end now. */
    static void post(Rest recorder, String client, int pastSeconds) throws Exception {
        long now = Instant.now().getEpochSecond();
        StringJoiner metrics = new StringJoiner(",");
        for (long second = now - pastSeconds; second < now; second += EVERY_SECONDS) {
            metrics.add(at(second, second - now + pastSeconds));
        }
        HttpResponse<String> answer =
                recorder.post(
                        "/record-pings/" + client,
                        "{\"spool\":\"metrics%d\",\"batch\":1,\"series\":[],\"metrics\":[%s]}"
                                .formatted(now, metrics));
        assertEquals(200, answer.statusCode(), answer.body());
    }

    private static String at(long second, long since) {
        double hours = since / 3_600.0;
        double day = 0.5 + 0.5 * Math.sin(second / 4_000.0);
        double noise = Math.abs(Math.sin(second * 0.7) * Math.sin(second * 1.3));
        return String.format(
                Locale.ROOT,
                """
                {"at":"%s","interval_ms":10000,"values":{
                 "cpu_percent":%.1f,"cpu_count":4,"load1":%.2f,"load5":%.2f,"load15":%.2f,
                 "memory_total_bytes":%.0f,"memory_used_bytes":%.0f,
                 "disk_total_bytes{mount=\\"/\\"}":%.0f,"disk_used_bytes{mount=\\"/\\"}":%.0f,
                 "cpu_temperature_celsius":%.1f,
                 "net_received_bytes{interface=\\"eth0\\"}":%.0f,
                 "net_sent_bytes{interface=\\"eth0\\"}":%.0f,
                 "client_slip_p99_ms":%.3f,"client_slip_max_ms":%.3f,"client_resident_bytes":%.0f,
                 "uptime_seconds":%d}}
                """,
                Instant.ofEpochSecond(second),
                4 + 9 * day + 12 * noise * noise,
                0.3 + day * 0.6 + noise * 0.4,
                0.35 + day * 0.5 + noise * 0.1,
                0.4 + day * 0.4,
                4 * GIB,
                (1.4 + 0.5 * day + 0.05 * noise) * GIB,
                32 * GIB,
                (11 + 0.05 * hours) * GIB,
                46 + 8 * day + 2 * noise,
                1e9 + since * 41_000.0 + 3e6 * Math.sin(second / 200.0),
                4e8 + since * 18_000.0 + 2e6 * Math.sin(second / 350.0),
                0.2 + 0.3 * noise,
                0.8 + 2 * noise * noise,
                61.0 * (1 << 20) + noise * 3e6,
                1_900_000 + since);
    }
}
