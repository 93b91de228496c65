package org.pingrecorder.recorder.history;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pingrecorder.recorder.RawHttp;
import org.pingrecorder.recorder.TestRecorder;
import org.pingrecorder.recorder.samples.Hours;
import org.pingrecorder.recorder.samples.Samples;
import org.pingrecorder.wire.Outcome;

/** Answers longer than anybody's buffers. */
class LongAnswerIT {

    private static final int PINGS = 200_000;
    private static final int MOST_AT_ONCE = 6; // as Answers has it
    private static final int POOL = 10; // as application.yml has it
    private static final String PATH =
            "/pings?format=ndjson&start=2024-01-01T00:00:00Z&end=2025-01-01T00:00:00Z";

    /** Connections of the recorder that hold an answer that is not read to its end. */
    private static final String OPEN_CURSORS =
            """
            SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = 'ping-recorder'
              AND state <> 'idle'
            """;

    @RegisterExtension static final TestRecorder RECORDER = TestRecorder.create();

    @BeforeAll
    static void store() {
        try (Stored stored = new Stored(RECORDER)) {
            Samples samples = new Samples();
            long start = Hours.micros(Instant.parse("2024-06-01T00:00:00Z"));
            for (int n = 1; n <= PINGS; n++) {
                samples.add(start + n * 1_000_000L, 1_000_000, Outcome.REPLY, n);
            }
            stored.upload("host", stored.ip("host", "192.0.2.1"), samples);
            stored.merge();
        }
    }

    @Test
    void longAnswer_isComplete() throws IOException {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(RECORDER.stream(PATH), StandardCharsets.UTF_8))) {
            long count = 0;
            String last = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                count++;
                last = line;
            }
            assertEquals(PINGS, count);
            assertTrue(last.endsWith("\"latency_ms\":200.0}"), last);
        }
        await().until(() -> RECORDER.database().number(OPEN_CURSORS) == 0);
    }

    @Test
    void caller_whoStopsReading_leavesTheRestInTheDatabaseUntilItHangsUp() throws IOException {
        String request = "GET " + PATH + " HTTP/1.1\r\nHost: " + RECORDER.authority() + "\r\n\r\n";
        // More in all than there are connections in the pool: each must come back.
        for (int round = 0; round < 2; round++) {
            List<Socket> callers = new ArrayList<>();
            for (int i = 0; i < MOST_AT_ONCE; i++) {
                Socket caller = RawHttp.open(RECORDER.uri(), RawHttp.bytes(request));
                callers.add(caller);
                assertEquals('H', caller.getInputStream().read());
            }
            assertEquals(MOST_AT_ONCE, RECORDER.database().number(OPEN_CURSORS));
            // However many read slowly, one more is told to come again, and pings are stored all
            // the
            // same.
            RECORDER.get(PATH).expect(429).header("Retry-After");
            RECORDER.post("/record-ping/c", "{\"ip\":\"192.0.2.9\",\"latency_ms\":1}").expect(200);
            for (Socket caller : callers) {
                caller.close();
            }
            await().until(() -> RECORDER.database().number(OPEN_CURSORS) == 0);
        }
        RECORDER.get("/ips").expect(200);
    }

    @Test
    void head_takesNoConnectionWithIt() {
        for (int i = 0; i < 2 * POOL; i++) {
            RECORDER.send("HEAD", PATH, BodyPublishers.noBody()).expect(200);
        }
        assertEquals(0, RECORDER.database().number(OPEN_CURSORS));
    }
}
