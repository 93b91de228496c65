package org.pingrecorder.recorder.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pingrecorder.recorder.Answer;
import org.pingrecorder.recorder.Json;
import org.pingrecorder.recorder.TestRecorder;
import org.pingrecorder.recorder.control.Peer;
import org.pingrecorder.wire.control.Bye;
import org.pingrecorder.wire.control.ByeAck;
import org.pingrecorder.wire.control.Plan;
import org.pingrecorder.wire.control.Registered;

class ChangeClientsIT {

    private static final String PING = "{\"ip\":\"192.0.2.1\",\"latency_ms\":1}";

    @RegisterExtension static final TestRecorder RECORDER = TestRecorder.create();

    private static Answer patch(String client, String body) {
        return RECORDER.send(
                "PATCH",
                "/clients/" + client,
                BodyPublishers.ofString(body),
                "Content-Type",
                "application/json");
    }

    private static void deliver(String client) {
        RECORDER.post("/record-ping/" + client, PING).expect(200);
    }

    private static List<String> listed(String query) {
        return RECORDER.get("/clients" + query).expect(200).json().texts("client");
    }

    @Test
    void patch_replacesWhatIsGiven() {
        deliver("patched");
        Json changed =
                patch("patched", "{\"tags\":[\"b\",\"a\",\"b\"],\"note\":\"rack 7, ü\"}")
                        .expect(200)
                        .json();
        assertEquals("[\"b\",\"a\"]", changed.at("tags").toString());
        assertEquals("rack 7, ü", changed.at("note").text());
        assertEquals(changed, RECORDER.get("/clients/patched").expect(200).json());
        changed = patch("patched", "{\"note\":null}").expect(200).json();
        assertNull(changed.at("note").value());
        assertEquals(2, changed.at("tags").size());
        changed = patch("patched", "{\"tags\":[]}").expect(200).json();
        assertEquals(0, changed.at("tags").size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"tags\":\"a\"}",
                "{\"tags\":[1]}",
                "{\"tags\":[null]}",
                "{\"tags\":[\"a b\"]}",
                "{\"tags\":[\"\"]}",
                "{\"tags\":[\"..\"]}",
                "{\"tags\":[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\",\"10\",\"11\",\"12\",\"13\",\"14\",\"15\",\"16\",\"17\",\"18\",\"19\",\"20\",\"21\"]}",
                "{\"note\":7}",
                "{\"note\":\"x\",\"tag\":\"a\"}",
                "{\"note\":\"\\u0000\"}",
                "{\"note\":\"x\",\"tags\":[\"/\"]}"
            })
    void patch_thatCannotBe_is400AndChangesNothing(String body) {
        deliver("unchanged");
        Json before = RECORDER.get("/clients/unchanged").json();
        patch("unchanged", body).problem(400);
        Json after = RECORDER.get("/clients/unchanged").json();
        assertEquals(before.at("tags"), after.at("tags"));
        assertEquals(before.at("note"), after.at("note"));
    }

    @Test
    void patch_withAnArray_saysWhatItTakes() {
        deliver("arrayed");
        String detail = patch("arrayed", "[]").problem(400, "body");
        assertTrue(detail.contains("{\"tags\":[\"core\"]}"), detail);
    }

    @Test
    void note_hasABound() {
        deliver("wordy");
        patch("wordy", "{\"note\":\"" + "x".repeat(2_000) + "\"}").expect(200);
        patch("wordy", "{\"note\":\"" + "x".repeat(2_001) + "\"}").problem(400, "note");
    }

    @Test
    void anyCall_forAClientThatNobodyNamed_is404() {
        assertTrue(RECORDER.get("/clients/nobody").problem(404).contains("nobody"));
        patch("nobody", "{\"note\":\"x\"}").problem(404);
        patch("nobody", "{\"tags\":[]}").problem(404);
        RECORDER.delete("/clients/nobody").problem(404);
        RECORDER.get("/clients/a%20b").problem(400, "clientId");
    }

    @Test
    void patch_waitsForNobodyWhoRegistersAnIp() throws SQLException {
        deliver("registering");
        try (Connection registering = RECORDER.database().connect();
                Statement statement = registering.createStatement()) {
            registering.setAutoCommit(false);
            statement.execute(
                    "INSERT INTO ip (client, ip, source) VALUES ('registering', '::1', 'post')");
            patch("registering", "{\"tags\":[\"a\"]}").expect(200);
            registering.rollback();
        }
    }

    @Test
    void changesThatWait_leavePingsTheirConnections() throws Exception {
        deliver("waiting");
        try (Connection changing = RECORDER.database().connect();
                Statement statement = changing.createStatement();
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            changing.setAutoCommit(false);
            statement.execute("SELECT pg_advisory_xact_lock(5801233847)");
            List<Future<Answer>> waiting = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                String body = "{\"tags\":[\"t" + i + "\"]}";
                waiting.add(callers.submit(() -> patch("waiting", body)));
            }
            for (int i = 0; i < 50; i++) {
                deliver("other");
            }
            changing.rollback();
            for (Future<Answer> one : waiting) {
                one.get().expect(200);
            }
        }
    }

    @Test
    void list_takesStateAndTag() {
        deliver("tagged");
        RECORDER.post("/ips", "{\"ip\":\"192.0.2.1\",\"client\":\"only-named\"}").expect(201);
        patch("tagged", "{\"tags\":[\"edge\",\"north\"]}").expect(200);
        assertEquals(List.of("tagged"), listed("?tag=edge"));
        assertEquals(List.of("tagged"), listed("?tag=edge&tag=no-such"));
        assertEquals(List.of(), listed("?tag=no-such"));
        assertTrue(listed("?state=never_seen").contains("only-named"));
        assertEquals(List.of("tagged"), listed("?state=delivering&state=lost&tag=north"));
        RECORDER.get("/clients?state=happy").problem(400, "state");
        RECORDER.get("/clients?tag=a%20b").problem(400, "tag");
    }

    @Test
    void tags_bringTheirPlan() {
        RECORDER.put("/tags/steered/plan", "{\"targets\":[],\"interval_ms\":700}").expect(200);
        try (Peer peer = Peer.register(RECORDER, "by-tag", "i-1")) {
            assertNull(peer.next(Registered.class).plan());
            patch("by-tag", "{\"tags\":[\"steered\"]}").expect(200);
            Plan plan = peer.next(Plan.class);
            assertEquals(700L, plan.intervalMs());
            assertEquals(
                    plan.revision(),
                    RECORDER.get("/clients/by-tag").json().at("plan_revision").number());
            patch("by-tag", "{\"tags\":[]}").expect(200);
            Plan without = peer.next(Plan.class);
            while (without.revision() == plan.revision()) { // it was not acknowledged
                without = peer.next(Plan.class);
            }
            assertNull(without.intervalMs());
        }
    }

    @Test
    void delete_takesTheClientAndItsIpsOffTheList() {
        deliver("gone");
        patch("gone", "{\"tags\":[\"t\"],\"note\":\"n\"}").expect(200);
        RECORDER.delete("/clients/gone").expect(204);
        RECORDER.get("/clients/gone").problem(404);
        RECORDER.delete("/clients/gone").problem(404);
        assertEquals(0, RECORDER.get("/ips?client=gone").expect(200).json().size());
        assertEquals(1, RECORDER.get("/pings?client=gone").expect(200).json().size());
    }

    @Test
    void client_thatWasDeleted_isBackWithItsHistoryWhenItDelivers() {
        deliver("returns");
        patch("returns", "{\"tags\":[\"t\"],\"note\":\"n\"}").expect(200);
        RECORDER.delete("/clients/returns").expect(204);
        deliver("returns");
        Json back = RECORDER.get("/clients/returns").expect(200).json();
        assertEquals("delivering", back.at("state").text());
        assertEquals(0, back.at("tags").size());
        assertNull(back.at("note").value());
        assertEquals(1, back.at("ips").number());
        assertEquals(2, RECORDER.get("/pings?client=returns").expect(200).json().size());
    }

    @Test
    void client_thatWasDeleted_isBackWhenItIsNamed() {
        deliver("renamed");
        RECORDER.delete("/clients/renamed").expect(204);
        RECORDER.post("/ips", "{\"ip\":\"192.0.2.9\",\"client\":\"renamed\"}").expect(201);
        assertEquals(1, RECORDER.get("/clients/renamed").expect(200).json().at("ips").number());
    }

    @Test
    void client_thatWasDeleted_isBackWhenItConnectsWithoutItsPlan() {
        long revision =
                RECORDER.put("/clients/old/plan", "{\"targets\":[{\"ip\":\"192.0.2.1\"}]}")
                        .expect(200)
                        .json()
                        .at("revision")
                        .number();
        RECORDER.delete("/clients/old").expect(204);
        try (Peer peer = Peer.register(RECORDER, "old", "i-1")) {
            Plan plan = peer.next(Registered.class).plan();
            assertNotNull(plan);
            assertTrue(plan.revision() > revision);
            assertEquals(List.of(), plan.targets());
            assertEquals(
                    "connected",
                    RECORDER.get("/clients/old").expect(200).json().at("state").text());
        }
    }

    @Test
    void delete_whileTheClientIsConnected_is409() {
        try (Peer peer = Peer.register(RECORDER, "busy", "i-1")) {
            peer.next(Registered.class);
            assertTrue(RECORDER.delete("/clients/busy").problem(409).contains("stop"));
            RECORDER.get("/clients/busy").expect(200);
            peer.send(new Bye(1));
            peer.next(ByeAck.class);
            RECORDER.delete("/clients/busy").expect(204);
        }
    }
}
