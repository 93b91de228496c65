package org.pingrecorder.recorder.live;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.pingrecorder.recorder.TestRecorder;

/** Uploads batches of one series each, a second between its pings. */
final class SeriesPosts {

    private final TestRecorder recorder;
    private long batch;

    SeriesPosts(TestRecorder recorder) {
        this.recorder = recorder;
    }

    /** One whose last ping was just now. */
    void post(String client, String ip, String latencies, String more) {
        int count = latencies.split(",", -1).length;
        post(
                client,
                ip,
                Instant.now().minusSeconds(count).truncatedTo(ChronoUnit.MICROS),
                latencies,
                more);
    }

    /**
     * One whose first ping was then.
     *
     * @param more of the series, each with a comma before it
     */
    void post(String client, String ip, Instant start, String latencies, String more) {
        recorder.post(
                        "/record-pings/" + client,
                        """
                        {"spool":"live","batch":%d,"series":[{"ip":"%s","start":"%s",
                         "interval_ms":1000,"latency_ms":[%s]%s}]}
                        """
                                .formatted(++batch, ip, start, latencies, more))
                .expect(200);
    }
}
