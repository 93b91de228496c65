package org.pingrecorder.recorder.control;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pingrecorder.recorder.Json;
import org.pingrecorder.recorder.Recorder;
import org.pingrecorder.recorder.TestDatabase;
import org.pingrecorder.recorder.TestRecorder;
import org.pingrecorder.recorder.announce.Announcements;
import org.pingrecorder.recorder.clients.ClientStore;
import org.pingrecorder.recorder.config.StartFailure;
import org.pingrecorder.wire.control.Ack;
import org.pingrecorder.wire.control.Plan;
import org.pingrecorder.wire.control.Refused;
import org.pingrecorder.wire.control.Registered;

/** Two recorders on one database know the same fleet. */
class TwoRecordersIT {

    private static final TestDatabase DATABASE = TestDatabase.create();

    @RegisterExtension static final TestRecorder FIRST = TestRecorder.on(DATABASE, Map.of());

    @RegisterExtension static final TestRecorder SECOND = TestRecorder.on(DATABASE, Map.of());

    private static String state(TestRecorder recorder, String client) {
        return recorder.get("/clients/" + client).expect(200).json().at("state").text();
    }

    private static List<String> conns(TestRecorder recorder, String client) {
        return recorder.get("/conns").expect(200).json().elements().stream()
                .filter(conn -> conn.at("client").text().equals(client))
                .map(conn -> conn.at("conn").text())
                .toList();
    }

    @Test
    void conns_areTheSameAtBoth() {
        try (Peer one = Peer.register(FIRST, "at-first", "i-1");
                Peer two = Peer.register(SECOND, "at-second", "i-2")) {
            one.next(Registered.class);
            two.next(Registered.class);
            Json atFirst = FIRST.get("/conns").expect(200).json();
            assertEquals(atFirst, SECOND.get("/conns").expect(200).json());
            assertTrue(atFirst.texts("client").containsAll(List.of("at-first", "at-second")));
            Map<String, String> recorders =
                    Map.of(
                            "at-first", recorder(atFirst, "at-first"),
                            "at-second", recorder(atFirst, "at-second"));
            assertNotEquals(recorders.get("at-first"), recorders.get("at-second"));
            assertEquals("connected", state(SECOND, "at-first"));
        }
    }

    private static String recorder(Json conns, String client) {
        return conns.elements().stream()
                .filter(conn -> conn.at("client").text().equals(client))
                .findFirst()
                .orElseThrow()
                .at("recorder")
                .text();
    }

    @Test
    void client_thatComesToTheOtherRecorder_losesItsOldConnection() {
        try (Peer old = Peer.register(FIRST, "mover", "i-1")) {
            old.next(Registered.class);
            try (Peer now = Peer.register(SECOND, "mover", "i-1")) {
                String conn = now.next(Registered.class).conn();
                assertEquals(1000, old.closeCode());
                await().until(() -> conns(FIRST, "mover").equals(List.of(conn)));
                assertEquals("connected", state(FIRST, "mover"));
            }
        }
    }

    @Test
    void secondClient_atTheOtherRecorder_isRefused() {
        try (Peer first = Peer.register(FIRST, "twin", "i-1")) {
            first.next(Registered.class);
            try (Peer second = Peer.register(SECOND, "twin", "i-2")) {
                assertTrue(second.next(Refused.class).reason().contains("--client"));
            }
        }
    }

    @Test
    void planChange_atOneRecorder_reachesAClientOfTheOther() {
        try (Peer peer = Peer.register(SECOND, "far", "i-1")) {
            assertNull(peer.next(Registered.class).plan());
            long revision =
                    FIRST.put("/clients/far/plan", "{\"targets\":[{\"ip\":\"192.0.2.1\"}]}")
                            .expect(200)
                            .json()
                            .at("revision")
                            .number();
            assertEquals(revision, peer.next(Plan.class).revision());
            peer.send(new Ack(revision, null));
            await().until(
                            () ->
                                    FIRST.get("/clients/far").json().at("plan_acked").number()
                                            == revision);
        }
    }

    @Test
    void clients_ofARecorderThatStops_areLostAtOnce() throws StartFailure {
        Recorder third =
                Recorder.start(
                        Map.of(
                                "recorder.port",
                                0,
                                "datasources.default.url",
                                DATABASE.url(),
                                "datasources.default.username",
                                DATABASE.user(),
                                "datasources.default.password",
                                DATABASE.password()));
        try (third;
                Peer peer = Peer.register(third.uri(), "stranded", "i-1")) {
            peer.next(Registered.class);
            assertEquals("connected", state(FIRST, "stranded"));
        }
        assertEquals("lost", state(FIRST, "stranded"));
    }

    @Test
    void connection_thatAnotherRecorderTookForLost_isConnectedAgainAndTold() {
        AtomicInteger told = new AtomicInteger();
        Announcements.Listener listener =
                new Announcements.Listener() {
                    @Override
                    public void announced(Set<String> keys) {
                        if (keys.contains("hasty")) {
                            told.incrementAndGet();
                        }
                    }

                    @Override
                    public void anythingMayHaveChanged() {}
                };
        try (Announcements.Subscription _ =
                        SECOND.bean(Announcements.class).listen(ClientStore.TOPIC, listener);
                Peer peer = Peer.register(FIRST, "hasty", "i-1")) {
            String conn = peer.next(Registered.class).conn();
            await().until(() -> told.get() == 1);
            DATABASE.execute("UPDATE conn SET ended_at = now() WHERE client = 'hasty'");
            await().until(() -> conns(SECOND, "hasty").equals(List.of(conn)));
            await().until(() -> told.get() == 2);
        }
    }
}
