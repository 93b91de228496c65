package org.pingrecorder.recorder.plans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pingrecorder.recorder.Answer;
import org.pingrecorder.recorder.Json;
import org.pingrecorder.recorder.TestRecorder;
import org.pingrecorder.wire.Family;
import org.pingrecorder.wire.control.Plan;
import org.pingrecorder.wire.control.PlanTarget;

class ClientPlanIT {

    @RegisterExtension static final TestRecorder RECORDER = TestRecorder.create();
    private static final Plans PLANS = new Plans(RECORDER);

    private static final String ALL =
            """
            {"interval_ms":500,"timeout_ms":800,"metrics_interval_ms":5000,"paused":false,
             "targets":[
               {"ip":"192.0.2.7","name":"Core router","tags":["core","a.b"],"interval_ms":100,
                "timeout_ms":60000,"grace_ms":0},
               {"ip":"A.Example.","family":"ipv6"},{"ip":"a.example","family":"ipv4"},
               {"ip":"a.example"}]}
            """;

    @Test
    void put_ofEverything_isWhatTheClientIsToFollow() {
        Json change = PLANS.put("/clients/all", ALL);

        Plan plan = PLANS.effective("all");
        assertEquals(change.at("revision").number(), plan.revision());
        assertEquals(4, change.at("added").number());
        assertEquals(1, change.at("clients").number());
        assertEquals(500L, plan.intervalMs());
        assertEquals(800L, plan.timeoutMs());
        assertEquals(5_000L, plan.metricsIntervalMs());
        assertFalse(plan.paused());
        assertEquals(
                List.of(
                        new PlanTarget(
                                "192.0.2.7",
                                null,
                                "Core router",
                                List.of("core", "a.b"),
                                100L,
                                60_000L,
                                0L),
                        new PlanTarget("a.example", null, null, null, null, null, null),
                        new PlanTarget("a.example", Family.IPV4, null, null, null, null, null),
                        new PlanTarget("a.example", Family.IPV6, null, null, null, null, null)),
                plan.targets());
    }

    @Test
    void put_ofWhatGetAnswered_changesNothing() {
        PLANS.put("/clients/same", ALL);
        Answer got = RECORDER.get("/clients/same/plan").expect(200);
        Json change = PLANS.put("/clients/same", got.text());
        assertEquals(got.json().at("revision"), change.at("revision"));
        assertEquals(4, change.at("kept").number());
        assertEquals(0, change.at("clients").number());
        assertEquals(got.json(), PLANS.get("/clients/same"));
    }

    @Test
    void get_tellsWantedFromAcknowledged() {
        long first = PLANS.put("/clients/acks", ALL).at("revision").number();
        Json before = PLANS.get("/clients/acks");
        assertEquals(first, before.at("wanted_revision").number());
        assertEquals(0, before.at("acknowledged_revision").number());
        assertEquals(null, before.at("acknowledged_at").value());

        RECORDER.post(
                        "/clients/acks/plan/ack",
                        "{\"revision\":" + first + ",\"problems\":[\"no IPv6 here\"]}")
                .expect(204);
        long second =
                PLANS.patch("/clients/acks", "{\"paused\":true}").json().at("revision").number();
        Json after = PLANS.get("/clients/acks");
        assertTrue(second > first);
        assertEquals(second, after.at("wanted_revision").number());
        assertEquals(first, after.at("acknowledged_revision").number());
        assertTrue(after.at("acknowledged_at").text().startsWith("20"));
        assertEquals("no IPv6 here", after.at("problems").at(0).text());
    }

    @Test
    void patch_changesOnlyWhatIsGiven() {
        PLANS.put("/clients/patched", ALL);
        PLANS.patch("/clients/patched", "{\"paused\":true,\"timeout_ms\":null}").expect(200);
        Plan plan = PLANS.effective("patched");
        assertTrue(plan.paused());
        assertEquals(null, plan.timeoutMs());
        assertEquals(500L, plan.intervalMs());
        assertEquals(4, plan.targets().size());

        PLANS.patch("/clients/patched", "{\"targets\":[{\"ip\":\"::1\"}]}").expect(200);
        assertEquals(1, PLANS.effective("patched").targets().size());
        assertTrue(PLANS.effective("patched").paused());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pause | {\"pause\":true}",
                "targets[0].interval | {\"targets\":[{\"ip\":\"::1\",\"interval\":1000}]}"
            })
    void patch_ofMisspeltField_saysSoAndChangesNothing(String field, String body) {
        PLANS.put("/clients/misspelt", ALL);
        Json before = PLANS.get("/clients/misspelt");
        String detail = PLANS.patch("/clients/misspelt", body).problem(400, field);
        assertTrue(detail.contains("interval_ms, "), detail);
        assertEquals(before, PLANS.get("/clients/misspelt"));
    }

    @Test
    void add_ofOneOrSeveral_leavesTheOthers() {
        PLANS.add("/clients/adding", "{\"ip\":\"192.0.2.1\",\"name\":\"one\",\"tags\":[\"x\"]}");
        Json change =
                PLANS.add(
                        "/clients/adding",
                        "[{\"ip\":\"192.0.2.1\"},{\"ip\":\"192.0.2.2\"},{\"ip\":\"::2\"}]");
        assertEquals(2, change.at("added").number());
        assertEquals(1, change.at("kept").number());
        assertEquals("one", PLANS.targets("adding").get("192.0.2.1"));
        assertEquals(3, PLANS.targets("adding").size());

        Json renamed = PLANS.add("/clients/adding", "{\"ip\":\"192.0.2.1\",\"name\":\"eins\"}");
        assertEquals(1, renamed.at("changed").number());
        assertEquals("eins", PLANS.targets("adding").get("192.0.2.1"));
    }

    @Test
    void remove_takesOneOff() {
        PLANS.put("/clients/removing", ALL);
        RECORDER.delete("/clients/removing/plan/targets?ip=a.example&family=ipv6").expect(200);
        RECORDER.delete("/clients/removing/plan/targets?ip=a.example").expect(200);
        assertEquals(
                List.of("192.0.2.7", "a.example ipv4"),
                List.copyOf(PLANS.targets("removing").keySet()));
        RECORDER.delete("/clients/removing/plan/targets?ip=a.example").problem(404);
        RECORDER.delete("/clients/removing/plan/targets").problem(400, "ip");
    }

    @Test
    void change_withAnOldRevision_isRefusedWhole() {
        Answer first = RECORDER.put("/clients/locked/plan", "{\"targets\":[]}").expect(200);
        long old = PLANS.put("/clients/locked", ALL).at("revision").number();
        String body = "{\"revision\":" + old + ",\"paused\":true}";
        PLANS.patch("/clients/locked", body).expect(200);

        String detail = PLANS.patch("/clients/locked", body).problem(409);
        assertTrue(detail.contains("/clients/locked/plan"), detail);
        RECORDER.put("/clients/locked/plan", "{\"revision\":" + old + ",\"targets\":[]}")
                .problem(409);
        String etag = '"' + Long.toString(old) + '"';
        PLANS.patch("/clients/locked", "{\"paused\":null}", "If-Match", etag).problem(409);
        PLANS.patch("/clients/locked", "{\"paused\":null}", "If-Match", "x").problem(400);
        RECORDER.send(
                        "DELETE",
                        "/clients/locked/plan/targets?ip=192.0.2.7",
                        BodyPublishers.noBody(),
                        "If-Match",
                        etag)
                .problem(409);
        assertTrue(PLANS.effective("locked").paused());
        assertEquals(4, PLANS.effective("locked").targets().size());

        String now = RECORDER.get("/clients/locked/plan").header("etag");
        Answer last =
                PLANS.patch("/clients/locked", "{\"paused\":null}", "If-Match", now).expect(200);
        assertFalse(PLANS.effective("locked").paused());
        assertEquals(last.header("etag"), RECORDER.get("/clients/locked/plan").header("etag"));
        assertEquals("\"0\"", first.header("etag"));
    }

    @Test
    void unknownClient_isNamedByItsPlanAlone() {
        RECORDER.get("/clients/nobody/plan").problem(404);
        RECORDER.get("/clients/nobody/plan/export").problem(404);
        RECORDER.get("/clients/a b/plan".replace(" ", "%20")).problem(400, "clientId");
        PLANS.put("/clients/nobody", "{\"targets\":[{\"ip\":\"192.0.2.1\"}]}");
        assertEquals(1, PLANS.get("/clients/nobody").at("targets").size());
        assertTrue(RECORDER.get("/clients").json().texts("client").contains("nobody"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                           | targets",
                "{\"targets\":null}                                           | targets",
                "{\"targets\":{}}                                             | targets",
                "{\"targets\":[1]}                                            | targets[0]",
                "{\"targets\":[{}]}                                           | targets[0].ip",
                "{\"targets\":[{\"ip\":\"192.0.2.300\"}]}                     | targets[0].ip",
                "{\"targets\":[{\"ip\":\"::1\"},{\"ip\":\"0::1\"}]}           | targets[1].ip",
                "{\"targets\":[{\"ip\":\"::1\",\"family\":\"ipv6\"}]}         | targets[0].family",
                "{\"targets\":[{\"ip\":\"::1\",\"interval_ms\":99}]}          |"
                        + " targets[0].interval_ms",
                "{\"targets\":[{\"ip\":\"::1\",\"interval_ms\":3600001}]}     |"
                        + " targets[0].interval_ms",
                "{\"targets\":[{\"ip\":\"::1\",\"interval_ms\":1000.5}]}      |"
                        + " targets[0].interval_ms",
                "{\"targets\":[{\"ip\":\"::1\",\"timeout_ms\":9}]}            |"
                        + " targets[0].timeout_ms",
                "{\"targets\":[{\"ip\":\"::1\",\"grace_ms\":60001}]}          |"
                        + " targets[0].grace_ms",
                "{\"targets\":[{\"ip\":\"::1\",\"name\":\"a#b\"}]}            | targets[0].name",
                "{\"targets\":[{\"ip\":\"::1\",\"name\":\"a\\u0000\"}]}       | targets[0].name",
                "{\"targets\":[{\"ip\":\"::1\",\"tags\":\"x\"}]}              | targets[0].tags",
                "{\"targets\":[{\"ip\":\"::1\",\"tags\":[\"a,b\"]}]}          | targets[0].tags",
                "{\"targets\":[],\"interval_ms\":\"1s\"}                      | interval_ms",
                "{\"targets\":[],\"interval_ms\":[1000]}                      | interval_ms",
                "{\"targets\":[],\"interval_ms\":1e999}                       | interval_ms",
                "{\"targets\":[],\"metrics_interval_ms\":999}                 |"
                        + " metrics_interval_ms",
                "{\"targets\":[],\"metrics_interval_ms\":3600001}             |"
                        + " metrics_interval_ms",
                "{\"targets\":[],\"paused\":\"no\"}                           | paused",
                "{\"targets\":[],\"revision\":-1}                             | revision",
                "[]                                                           | body",
                "{\"targets\":[]                                              | body",
            })
    void badBody_isRefusedByItsPlaceAndChangesNothing(String body, String field) {
        String plan = "{\"targets\":[{\"ip\":\"192.0.2.99\"}],\"interval_ms\":2000}";
        PLANS.put("/clients/hostile", plan);
        Json before = PLANS.get("/clients/hostile");
        RECORDER.put("/clients/hostile/plan", body).problem(400, field);
        assertEquals(before, PLANS.get("/clients/hostile"));
    }

    @Test
    void tooManyTargets_areRefusedWhole() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < PlanStore.MOST_TARGETS; i++) {
            text.append("10.%d.%d.%d\n".formatted(i >> 16, i >> 8 & 255, i & 255));
        }
        Json change = PLANS.importText("/clients/large", "", text.toString()).expect(200).json();
        assertEquals(PlanStore.MOST_TARGETS, change.at("added").number());
        assertEquals(PlanStore.MOST_TARGETS, PLANS.effective("large").targets().size());

        long revision = change.at("revision").number();
        RECORDER.post("/clients/large/plan/targets", "{\"ip\":\"192.0.2.1\"}").problem(422);
        assertEquals(revision, PLANS.get("/clients/large").at("revision").number());
        assertEquals(text.length(), PLANS.export("/clients/large").length());
        assertEquals(
                1,
                PLANS.patch("/clients/large", "{\"paused\":true}").json().at("clients").number());
    }

    @Test
    void longNames_thatNoMessageHolds_areRefusedWhole() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 50_000; i++) {
            text.append("10.0.%d.%d %s\n".formatted(i >> 8, i & 255, "x".repeat(200)));
        }
        PLANS.importText("/clients/wordy", "?dry_run=true", text.toString()).problem(422);
        String detail = PLANS.importText("/clients/wordy", "", text.toString()).problem(422);
        assertTrue(detail.contains("15,000,000"), detail);
        RECORDER.get("/clients/wordy/plan").problem(404);
        assertEquals(Map.of(), PLANS.sources("wordy"));
    }

    @Test
    void body_overItsLimit_isRefused() {
        String long16 = " ".repeat((16 << 20) + 1);
        RECORDER.put("/clients/long/plan", long16).problem(413);
        PLANS.importText("/clients/long", "", long16).problem(413);
        String many = "[" + "{\"ip\":\"::1\"},".repeat(10_000) + "{}]";
        RECORDER.post("/clients/long/plan/targets", many).problem(400, "body");
        String nested = "{\"targets\":[{\"ip\":\"::1\",\"x\":[" + "1,".repeat(1_000) + "1]}]}";
        RECORDER.put("/clients/long/plan", nested).problem(400, "body");
    }
}
