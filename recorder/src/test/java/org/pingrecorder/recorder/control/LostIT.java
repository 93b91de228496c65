package org.pingrecorder.recorder.control;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pingrecorder.recorder.Answer;
import org.pingrecorder.recorder.DatabaseProxy;
import org.pingrecorder.recorder.Json;
import org.pingrecorder.recorder.TestDatabase;
import org.pingrecorder.recorder.TestRecorder;
import org.pingrecorder.wire.control.Registered;

/** Since when clients are lost. */
class LostIT {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final DatabaseProxy LINE = new DatabaseProxy(DATABASE);

    @RegisterExtension
    static final TestRecorder RECORDER = TestRecorder.on(LINE.database(), settings());

    private static Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(FastPace.SETTINGS);
        settings.put("datasources.default.connection-timeout", 500);
        return settings;
    }

    @AfterAll
    static void close() {
        LINE.close();
    }

    private static Instant lostSince(String client) {
        await().until(
                        () -> {
                            Answer answer = RECORDER.get("/clients/" + client);
                            return answer.status() == 200
                                    && answer.json().at("state").text().equals("lost");
                        });
        Json shown = RECORDER.get("/clients/" + client).expect(200).json();
        return Instant.parse(shown.at("state_since").text());
    }

    @Test
    void client_thatWentWhileTheDatabaseWasAway_isLostSinceThen() {
        Instant back;
        try (Peer stays = Peer.register(RECORDER, "stays", "i-1");
                Peer goes = Peer.register(RECORDER, "goes", "i-2")) {
            stays.next(Registered.class);
            goes.next(Registered.class);
            LINE.cut();
            try {
                goes.drop();
                stays.nothingComesWithin(3_000); // its end cannot be stored meanwhile
                long millis =
                        DATABASE.number(
                                "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint");
                back = Instant.ofEpochMilli(millis);
            } finally {
                LINE.mend();
            }
            Instant since = lostSince("goes");
            assertTrue(since.isBefore(back), () -> since + " is after " + back);
        }
    }

    @Test
    void client_ofARecorderThatDiedLongAgo_isLostSinceThatWasSeen() {
        DATABASE.execute(
                """
                INSERT INTO recorder (id, started_at, seen_at)
                VALUES ('dead', now() - interval '9 days', '2026-01-02T03:04:05Z');
                INSERT INTO client (name) VALUES ('stranded');
                INSERT INTO conn (client, id, recorder, installation, address, addresses, version,
                                  capabilities, connected_at)
                VALUES ('stranded', 'c', 'dead', 'i-1', '192.0.2.1', '{}', '1',
                        '{"icmp":[],"ipv4":true,"ipv6":true,"os":"x"}', '2026-01-01T00:00:00Z');
                """);
        await().until(
                        () ->
                                DATABASE.number("SELECT count(*) FROM recorder WHERE id = 'dead'")
                                        == 0);
        assertEquals(Instant.parse("2026-01-02T03:04:05Z"), lostSince("stranded"));
    }
}
