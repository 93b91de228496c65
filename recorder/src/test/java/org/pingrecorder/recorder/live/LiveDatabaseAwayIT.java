package org.pingrecorder.recorder.live;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pingrecorder.recorder.Answer;
import org.pingrecorder.recorder.DatabaseProxy;
import org.pingrecorder.recorder.TestDatabase;
import org.pingrecorder.recorder.TestRecorder;

/** Who listens goes on to listen when the database is back. */
class LiveDatabaseAwayIT {

    private static final DatabaseProxy LINE = new DatabaseProxy(TestDatabase.create());

    @RegisterExtension
    static final TestRecorder RECORDER =
            TestRecorder.on(LINE.database(), Map.of("datasources.default.connection-timeout", 500));

    @AfterAll
    static void close() {
        LINE.close();
    }

    private static Answer post(int latency) {
        return RECORDER.post(
                "/record-ping/away", "{\"ip\":\"192.0.2.1\",\"latency_ms\":" + latency + "}");
    }

    @Test
    void pings_beforeAndAfter_areHeardOnceEach() {
        try (Heard heard = Heard.listen(RECORDER, "?client=away")) {
            post(1).expect(200);
            await().until(() -> heard.pings().size() == 1);
            LINE.cut();
            try {
                post(2).problem(503);
            } finally {
                LINE.mend();
            }
            await().until(() -> post(3).status() == 200);
            await().until(() -> heard.pings().size() == 2);
            post(4).expect(200);
            await().until(() -> heard.pings().size() == 3);
            assertEquals(
                    List.of(1, 3, 4),
                    heard.pings().stream()
                            .map(ping -> (int) ping.at("latency_ms").decimal())
                            .toList());
            assertEquals(List.of(), heard.data("dropped"));
        }
    }

    @Test
    void pings_whoseIpsCannotBeLookedUpAtOnce_areHeardOnceAllTheSame() {
        try (Heard heard = Heard.listen(RECORDER, "?client=hidden")) {
            LINE.database().execute("ALTER TABLE ip_total RENAME TO hidden_total");
            try {
                RECORDER.post("/record-ping/hidden", "{\"ip\":\"192.0.2.2\",\"latency_ms\":1}")
                        .expect(200);
                await().during(Duration.ofMillis(500)).until(() -> heard.pings().isEmpty());
            } finally {
                LINE.database().execute("ALTER TABLE hidden_total RENAME TO ip_total");
            }
            RECORDER.post("/record-ping/hidden", "{\"ip\":\"192.0.2.2\",\"latency_ms\":2}")
                    .expect(200);
            await().until(() -> heard.pings().size() >= 2);
            assertEquals(
                    List.of(1, 2),
                    heard.pings().stream()
                            .map(ping -> (int) ping.at("latency_ms").decimal())
                            .sorted()
                            .toList());
        }
    }
}
