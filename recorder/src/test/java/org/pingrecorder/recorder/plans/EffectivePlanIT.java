package org.pingrecorder.recorder.plans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pingrecorder.recorder.Answer;
import org.pingrecorder.recorder.Json;
import org.pingrecorder.recorder.TestRecorder;
import org.pingrecorder.recorder.announce.Announcements;
import org.pingrecorder.recorder.clients.ClientStore;
import org.pingrecorder.recorder.control.Peer;
import org.pingrecorder.recorder.control.PlanSource;
import org.pingrecorder.wire.control.Ack;
import org.pingrecorder.wire.control.Plan;
import org.pingrecorder.wire.control.Registered;

class EffectivePlanIT {

    @RegisterExtension static final TestRecorder RECORDER = TestRecorder.create();
    private static final Plans PLANS = new Plans(RECORDER);

    private static Announcements.Listener listener(Set<String> announced) {
        return new Announcements.Listener() {
            @Override
            public void announced(Set<String> keys) {
                announced.addAll(keys);
            }

            @Override
            public void anythingMayHaveChanged() {}
        };
    }

    @Test
    void settings_ownWinThenTagsByName() {
        PLANS.tag("settings", "s-b", "s-a");
        PLANS.put("/tags/s-a", "{\"interval_ms\":1000,\"timeout_ms\":100,\"targets\":[]}");
        PLANS.put(
                "/tags/s-b",
                "{\"interval_ms\":2000,\"timeout_ms\":200,\"paused\":true,\"metrics_interval_ms\":2000,\"targets\":[]}");
        PLANS.put("/clients/settings", "{\"interval_ms\":300,\"targets\":[]}");

        Plan plan = PLANS.effective("settings");
        assertEquals(300L, plan.intervalMs());
        assertEquals(100L, plan.timeoutMs());
        assertEquals(2_000L, plan.metricsIntervalMs());
        assertTrue(plan.paused());
        PLANS.patch("/clients/settings", "{\"paused\":false}").expect(200);
        assertFalse(PLANS.effective("settings").paused());

        Json shown = PLANS.get("/clients/settings");
        assertEquals(
                Json.of(
                        "{\"interval_ms\":300,\"timeout_ms\":100,\"metrics_interval_ms\":2000,\"paused\":false}"),
                shown.at("effective"));
        assertEquals(null, shown.at("timeout_ms").value());
    }

    @Test
    void targets_areAUnionInWhichOwnEntriesWin() {
        PLANS.tag("union", "u-b", "u-a");
        PLANS.put(
                "/tags/u-a",
                "{\"targets\":[{\"ip\":\"192.0.2.1\",\"name\":\"a\"},{\"ip\":\"192.0.2.2\",\"name\":\"a\"}]}");
        PLANS.put(
                "/tags/u-b",
                "{\"targets\":[{\"ip\":\"192.0.2.2\",\"name\":\"b\"},{\"ip\":\"192.0.2.3\",\"name\":\"b\",\"tags\":[\"deep\"]}]}");
        PLANS.put("/clients/union", "{\"targets\":[{\"ip\":\"192.0.2.1\",\"name\":\"own\"}]}");
        RECORDER.post(
                        "/ips",
                        "{\"ip\":\"192.0.2.9\",\"client\":\"union\",\"name\":\"mine\",\"source\":\"client\"}")
                .expect(201);

        assertEquals(
                Map.of("192.0.2.1", "own", "192.0.2.2", "a", "192.0.2.3", "b"),
                PLANS.targets("union"));
        Json shown = PLANS.get("/clients/union");
        assertEquals(Json.of("[{\"ip\":\"192.0.2.1\",\"name\":\"own\"}]"), shown.at("targets"));
        assertEquals(
                Json.of(
                        "[{\"tag\":\"u-a\",\"ip\":\"192.0.2.2\",\"name\":\"a\"},{\"tag\":\"u-b\",\"ip\":\"192.0.2.3\",\"name\":\"b\",\"tags\":[\"deep\"]}]"),
                shown.at("tag_targets"));
        assertEquals(
                Json.of("[{\"ip\":\"192.0.2.9\",\"name\":\"mine\"}]"), shown.at("client_targets"));
    }

    @Test
    void change_ofATagsPlan_isWantedOfAllItsClientsAndAnnounced() {
        Set<String> announced = new ConcurrentSkipListSet<>();
        try (Announcements.Subscription ignored =
                RECORDER.bean(Announcements.class).listen(PlanSource.TOPIC, listener(announced))) {
            PLANS.tag("t1", "three");
            PLANS.tag("t2", "three", "more");
            PLANS.tag("t3", "other");
            long before = PLANS.effective("t3").revision();
            Json change = PLANS.put("/tags/three", "{\"targets\":[{\"ip\":\"192.0.2.5\"}]}");
            assertEquals(2, change.at("clients").number());
            for (String client : List.of("t1", "t2")) {
                assertEquals(change.at("revision").number(), PLANS.effective(client).revision());
                assertEquals(Set.of("192.0.2.5"), PLANS.targets(client).keySet());
            }
            assertEquals(before, PLANS.effective("t3").revision());
            Awaitility.await().until(() -> announced.containsAll(Set.of("t1", "t2")));
        }
        Json clients = PLANS.get("/tags/three").at("clients");
        assertEquals(List.of("t1", "t2"), clients.texts("client"));
    }

    @Test
    void tags_thatChange_changeThePlan() {
        PLANS.put(
                "/tags/late",
                "{\"paused\":true,\"targets\":[{\"ip\":\"192.0.2.6\",\"tags\":[\"x\"]}]}");
        assertEquals(0, PLANS.effective("joins").revision());
        PLANS.tag("joins", "late");
        long with = PLANS.effective("joins").revision();
        assertTrue(with > 0);
        assertTrue(PLANS.effective("joins").paused());
        assertEquals(Map.of("192.0.2.6", "plan"), PLANS.sources("joins"));

        PLANS.tag("joins");
        assertTrue(PLANS.effective("joins").revision() > with);
        assertFalse(PLANS.effective("joins").paused());
        assertEquals(Map.of("192.0.2.6", "post"), PLANS.sources("joins"));
        assertEquals(0, RECORDER.get("/ips?client=joins").json().at(0).at("tags").size());

        PLANS.tag("never", "without-a-plan");
        assertEquals(0, PLANS.effective("never").revision());
    }

    @Test
    void effective_isAnsweredOnceToWhoKnowsIt() {
        PLANS.put("/clients/polls", "{\"interval_ms\":700,\"targets\":[{\"ip\":\"192.0.2.1\"}]}");
        Answer first = RECORDER.get("/clients/polls/plan/effective").expect(200);
        assertEquals(700, first.json().at("interval_ms").number());
        assertEquals(false, first.json().at("paused").value());
        assertEquals("192.0.2.1", first.json().at("targets").at(0).at("ip").text());
        String tag = first.header("etag");
        Answer second = RECORDER.get("/clients/polls/plan/effective", "If-None-Match", tag);
        assertEquals("", second.expect(304).text());
        PLANS.patch("/clients/polls", "{\"paused\":true}").expect(200);
        Answer third = RECORDER.get("/clients/polls/plan/effective", "If-None-Match", tag);
        assertEquals(true, third.expect(200).json().at("paused").value());
        assertEquals(
                0, RECORDER.get("/clients/unheard/plan/effective").json().at("revision").number());
    }

    @Test
    void ack_isChecked() {
        RECORDER.post("/clients/x/plan/ack", "{}").problem(400, "revision");
        RECORDER.post("/clients/x/plan/ack", "{\"revision\":\"1\"}").problem(400, "revision");
        RECORDER.post("/clients/x/plan/ack", "{\"revision\":1,\"problems\":[1]}")
                .problem(400, "problems");
    }

    @Test
    void ack_ofWhoMayNotSaySo_changesNothing() {
        RECORDER.post("/clients/nobody-yet/plan/ack", "{\"revision\":1}").problem(404);
        long wanted =
                PLANS.put("/clients/said", "{\"paused\":true,\"targets\":[]}")
                        .at("revision")
                        .number();
        RECORDER.post("/clients/said/plan/ack", "{\"revision\":99999999999}").problem(422);
        RECORDER.post("/clients/said/plan/ack", "{\"revision\":9223372036854775807}").problem(422);
        try (Peer peer = Peer.register(RECORDER, "said", "i-1")) {
            peer.next(Registered.class);
            RECORDER.post("/clients/said/plan/ack", "{\"revision\":" + wanted + "}").problem(409);
            assertEquals(wanted, PLANS.effective("said").revision());
            assertEquals(0, PLANS.get("/clients/said").at("acknowledged_revision").number());
        }
    }

    @Test
    void ack_ofARevisionOfAnotherDatabase_isOvertaken() {
        long wanted =
                PLANS.put("/clients/moved", "{\"paused\":true,\"targets\":[]}")
                        .at("revision")
                        .number();
        long theirs = wanted + 1_000;
        RECORDER.post("/clients/moved/plan/ack", "{\"revision\":" + theirs + "}").expect(204);
        assertTrue(PLANS.effective("moved").revision() > theirs);
    }

    @Test
    void acknowledged_boundsAndMendsProblems() {
        long revision =
                PLANS.put("/clients/wordy", "{\"paused\":true,\"targets\":[]}")
                        .at("revision")
                        .number();
        List<String> problems = new java.util.ArrayList<>();
        for (int i = 0; i < 150; i++) {
            problems.add("x\u0000\ud800".repeat(400));
        }
        RECORDER.bean(PlanSource.class).acknowledged("wordy", new Ack(revision, problems));
        Json stored = PLANS.get("/clients/wordy").at("problems");
        assertEquals(100, stored.size());
        assertEquals(500, stored.at(0).text().length());
        RECORDER.bean(PlanSource.class).acknowledged("wordy", new Ack(revision, null));
        assertEquals(0, PLANS.get("/clients/wordy").at("problems").size());
    }

    @Test
    void acknowledged_revisionOfTheFuture_isOvertaken() {
        long revision =
                PLANS.put("/clients/older", "{\"paused\":true,\"targets\":[]}")
                        .at("revision")
                        .number();
        PlanSource source = RECORDER.bean(PlanSource.class);
        source.acknowledged("older", new Ack(revision + 1_000_000, null));
        assertTrue(PLANS.effective("older").revision() > revision + 1_000_000);
        Json next = PLANS.put("/clients/another", "{\"paused\":true,\"targets\":[]}");
        assertTrue(next.at("revision").number() > revision + 1_000_000);

        long wanted = PLANS.effective("older").revision();
        source.acknowledged("older", new Ack(Long.MAX_VALUE, null));
        assertEquals(wanted, PLANS.effective("older").revision());
    }

    @Test
    void acknowledged_revisionOfTheFuture_isOvertakenAfterOtherChanges() throws Exception {
        PLANS.put("/clients/queued", "{\"paused\":true,\"targets\":[]}");
        long wanted = PLANS.effective("queued").revision();
        try (Connection changing = RECORDER.database().connect();
                Statement statement = changing.createStatement();
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            changing.setAutoCommit(false);
            statement.execute("SELECT pg_advisory_xact_lock(5801233847)");
            Future<?> told =
                    callers.submit(
                            () ->
                                    RECORDER.bean(PlanSource.class)
                                            .acknowledged("queued", new Ack(wanted + 1_000, null)));
            Awaitility.await()
                    .until(
                            () ->
                                    RECORDER.database()
                                                    .number(
                                                            "SELECT plan_acked FROM client WHERE"
                                                                    + " name = 'queued'")
                                            == wanted + 1_000);
            assertEquals(wanted, PLANS.effective("queued").revision());
            changing.rollback();
            told.get();
        }
        assertTrue(PLANS.effective("queued").revision() > wanted + 1_000);
    }

    @Test
    void changeAndAck_areToldToWhoWatchesClients() {
        PLANS.tag("watched");
        Set<String> announced = new ConcurrentSkipListSet<>();
        try (Announcements.Subscription _ =
                RECORDER.bean(Announcements.class).listen(ClientStore.TOPIC, listener(announced))) {
            Awaitility.await()
                    .until(
                            () -> { // what was announced before has come
                                announced.clear();
                                RECORDER.bean(Announcements.class)
                                        .announce(ClientStore.TOPIC, List.of("nobody"));
                                Awaitility.await().until(() -> announced.contains("nobody"));
                                return !announced.contains("watched");
                            });
            long revision =
                    PLANS.put("/clients/watched", "{\"paused\":true,\"targets\":[]}")
                            .at("revision")
                            .number();
            Awaitility.await().until(() -> announced.contains("watched"));
            announced.clear();
            RECORDER.post("/clients/watched/plan/ack", "{\"revision\":" + revision + "}")
                    .expect(204);
            Awaitility.await().until(() -> announced.contains("watched"));
        }
    }

    @Test
    void client_thatIsDeleted_comesBackWithoutAPlan() {
        PLANS.put("/clients/gone", "{\"paused\":true,\"targets\":[{\"ip\":\"192.0.2.1\"}]}");
        long before = PLANS.effective("gone").revision();
        RECORDER.delete("/clients/gone").expect(204);
        Plan plan = PLANS.effective("gone");
        assertTrue(plan.revision() > before);
        assertFalse(plan.paused());
        assertEquals(List.of(), plan.targets());
        assertNull(plan.intervalMs());
        assertEquals(Map.of(), PLANS.sources("gone"));
        RECORDER.get("/clients/gone/plan").problem(404);
        PLANS.add("/clients/gone", "{\"ip\":\"192.0.2.2\"}");
        assertEquals(Map.of("192.0.2.2", "plan"), PLANS.sources("gone"));
    }
}
