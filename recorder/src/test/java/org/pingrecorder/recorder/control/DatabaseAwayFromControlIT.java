package org.pingrecorder.recorder.control;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pingrecorder.recorder.DatabaseProxy;
import org.pingrecorder.recorder.TestDatabase;
import org.pingrecorder.recorder.TestRecorder;
import org.pingrecorder.wire.control.Bye;
import org.pingrecorder.wire.control.ByeAck;
import org.pingrecorder.wire.control.Refused;
import org.pingrecorder.wire.control.Registered;

/** While the database is away, connections last, and what was missed is made up for. */
class DatabaseAwayFromControlIT {

    private static final DatabaseProxy LINE = new DatabaseProxy(TestDatabase.create());

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

    private static List<String> states() {
        return RECORDER.get("/clients").expect(200).json().elements().stream()
                .map(client -> client.at("client").text() + " " + client.at("state").text())
                .toList();
    }

    @Test
    void outage_isSurvived() {
        try (FaultLog log = new FaultLog();
                Peer stays = Peer.register(RECORDER, "stays", "i-1");
                Peer leaves = Peer.register(RECORDER, "leaves", "i-2");
                Peer stops = Peer.register(RECORDER, "stops", "i-3")) {
            stays.next(Registered.class);
            leaves.next(Registered.class);
            stops.next(Registered.class);
            LINE.cut();
            try {
                try (Peer comes = Peer.register(RECORDER, "comes", "i-4")) {
                    Refused refused = comes.next(Refused.class);
                    assertTrue(refused.reason().contains("database"), refused::reason);
                    assertTrue(refused.waitMs() <= 10_000);
                }
                leaves.drop();
                stops.send(new Bye(1));
                stops.nothingComesWithin(1_000);
            } finally {
                LINE.mend();
            }
            await().until(() -> RECORDER.get("/health/readiness").status() == 200);
            await().until(() -> states().contains("leaves lost"));
            assertTrue(states().contains("stays connected"), () -> states().toString());
            stops.send(new Bye(1));
            stops.next(ByeAck.class);
            assertTrue(states().contains("stops stopped"), () -> states().toString());
            try (Peer comes = Peer.register(RECORDER, "comes", "i-4")) {
                comes.next(Registered.class);
            }
            log.isEmpty();
        }
    }
}
