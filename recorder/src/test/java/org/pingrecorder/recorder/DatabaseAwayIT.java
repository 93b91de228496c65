package org.pingrecorder.recorder;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** While the database is away the recorder lives, says so, and is back by itself. */
class DatabaseAwayIT {

    private static final String PING = "{\"ip\":\"192.0.2.1\",\"latency_ms\":1}";

    private static String batch(int number) {
        return "{\"spool\":\"s\",\"batch\":%d,\"series\":[{\"ip\":\"192.0.2.1\",\"start\":\"%s\",\"latency_ms\":[1]}]}"
                .formatted(number, Instant.now());
    }

    static final DatabaseProxy LINE = new DatabaseProxy(TestDatabase.create());

    @RegisterExtension
    static final TestRecorder RECORDER =
            TestRecorder.on(LINE.database(), Map.of("datasources.default.connection-timeout", 500));

    @BeforeEach
    void isReady() {
        RECORDER.get("/health/readiness").expect(200);
    }

    @AfterAll
    static void close() {
        LINE.close();
    }

    private static void mend() {
        LINE.mend();
        await().until(() -> RECORDER.get("/health/readiness").status() == 200);
    }

    @Test
    void databaseAway_isAReadinessButNotALivenessFault() {
        assertEquals("UP", RECORDER.get("/health").expect(200).json().at("status").text());
        LINE.cut();
        try {
            Json readiness = RECORDER.get("/health/readiness").expect(503).json();
            assertEquals("DOWN", readiness.at("status").text());
            RECORDER.get("/health").expect(503);
            Json liveness = RECORDER.get("/health/liveness").expect(200).json();
            assertEquals("UP", liveness.at("status").text());
        } finally {
            mend();
        }
    }

    @Test
    void everyCall_whileTheDatabaseIsAway_asksToComeAgain() {
        LINE.cut();
        try {
            for (Answer answer :
                    List.of(
                            RECORDER.post("/record-ping/away", PING),
                            RECORDER.post("/record-pings/away", batch(1)),
                            RECORDER.get("/refusals"),
                            RECORDER.post("/ips", "{\"ip\":\"192.0.2.1\"}"),
                            RECORDER.put("/ips/1", "{\"name\":\"x\"}"),
                            RECORDER.send("DELETE", "/ips/1", BodyPublishers.noBody()),
                            RECORDER.get("/ips/1"),
                            RECORDER.get("/ips"),
                            RECORDER.get("/ips?limit=1"),
                            RECORDER.get("/pings"),
                            RECORDER.get("/pings?sort=newest"),
                            RECORDER.get("/ping-data"),
                            RECORDER.get("/history"),
                            RECORDER.get("/summary"),
                            RECORDER.get("/outages"),
                            RECORDER.get("/completeness"),
                            RECORDER.get("/clients"),
                            RECORDER.get("/clients/away"),
                            RECORDER.send("DELETE", "/clients/away", BodyPublishers.noBody()),
                            RECORDER.send(
                                    "PATCH",
                                    "/clients/away",
                                    BodyPublishers.ofString("{\"note\":\"x\"}"),
                                    "Content-Type",
                                    "application/json"),
                            RECORDER.get("/conns"),
                            RECORDER.get("/live"))) {
                answer.problem(503);
                assertEquals("5", answer.header("retry-after"));
            }
            RECORDER.get("/metrics").expect(200);
            RECORDER.get("/").expect(200);
        } finally {
            mend();
        }
    }

    @Test
    void pings_sentAgainWhenTheDatabaseIsBack_areStoredOnce() {
        LINE.cut();
        try {
            RECORDER.post("/record-ping/again", PING).problem(503);
        } finally {
            mend();
        }
        RECORDER.post("/record-ping/again", PING).expect(200);
        assertEquals(1, RECORDER.get("/pings?client=again").expect(200).json().size());
    }

    @Test
    void batch_sentAgainWhenTheDatabaseIsBack_isStoredOnce() {
        RECORDER.post("/record-pings/spool", batch(7)).expect(200);
        String next = batch(8);
        LINE.cut();
        try {
            RECORDER.post("/record-pings/spool", next).problem(503);
        } finally {
            mend();
        }
        Json receipt = RECORDER.post("/record-pings/spool", next).expect(200).json();
        assertEquals("stored", receipt.at("status").text());
        receipt = RECORDER.post("/record-pings/spool", next).expect(200).json();
        assertEquals("already_stored", receipt.at("status").text());
        assertEquals(2, RECORDER.get("/pings?client=spool").expect(200).json().size());
    }
}
