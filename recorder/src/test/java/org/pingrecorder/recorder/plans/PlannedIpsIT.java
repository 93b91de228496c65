package org.pingrecorder.recorder.plans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pingrecorder.recorder.Json;
import org.pingrecorder.recorder.TestRecorder;

/** What plans do to the registry of ips. */
class PlannedIpsIT {

    @RegisterExtension static final TestRecorder RECORDER = TestRecorder.create();
    private static final Plans PLANS = new Plans(RECORDER);

    private static Json ip(String client, String ip) {
        return RECORDER.get("/ips?client=" + client + "&search=" + ip).expect(200).json().at(0);
    }

    private static String path(Json ip) {
        return "/ips/" + ip.at("id").number();
    }

    @Test
    void targets_areRegisteredAndTurnToPostWhenTheyLeave() {
        PLANS.put(
                "/clients/reg",
                "{\"targets\":[{\"ip\":\"192.0.2.1\",\"name\":\"one\",\"tags\":[\"t\"]},{\"ip\":\"a.example\",\"family\":\"ipv6\"}]}");
        Json one = ip("reg", "192.0.2.1");
        assertEquals("plan", one.at("source").text());
        assertEquals("one", one.at("name").text());
        assertEquals("t", one.at("tags").at(0).text());
        assertEquals(one, RECORDER.get(path(one)).json());
        assertEquals("ipv6", ip("reg", "a.example").at("family").text());

        PLANS.put("/clients/reg", "{\"targets\":[{\"ip\":\"192.0.2.2\"}]}");
        assertEquals(
                Map.of("192.0.2.1", "post", "192.0.2.2", "plan", "a.example", "post"),
                PLANS.sources("reg"));
        Json left = ip("reg", "192.0.2.1");
        assertEquals(one.at("id"), left.at("id"));
        assertEquals("one", left.at("name").text());
        assertEquals(0, left.at("tags").size());
    }

    @Test
    void clientsOwn_staysTheClients() {
        RECORDER.post(
                        "/ips",
                        "{\"ip\":\"192.0.2.1\",\"client\":\"own\",\"name\":\"mine\",\"source\":\"client\"}")
                .expect(201);
        PLANS.add("/clients/own", "{\"ip\":\"192.0.2.1\",\"name\":\"theirs\",\"tags\":[\"t\"]}");
        Json both = ip("own", "192.0.2.1");
        assertEquals("client", both.at("source").text());
        assertEquals("mine", both.at("name").text());
        assertEquals("t", both.at("tags").at(0).text());

        RECORDER.post("/ips", "{\"ip\":\"192.0.2.1\",\"client\":\"own\",\"source\":\"post\"}")
                .expect(200);
        assertEquals("plan", ip("own", "192.0.2.1").at("source").text());
        RECORDER.post("/ips", "{\"ip\":\"192.0.2.1\",\"client\":\"own\",\"source\":\"client\"}")
                .expect(200);
        PLANS.put("/clients/own", "{\"targets\":[]}");
        assertEquals("client", ip("own", "192.0.2.1").at("source").text());
        RECORDER.post("/ips", "{\"ip\":\"192.0.2.1\",\"client\":\"own\",\"source\":\"post\"}")
                .expect(200);
        assertEquals("post", ip("own", "192.0.2.1").at("source").text());
    }

    @Test
    void target_thatAnotherPlanStillNames_stays() {
        PLANS.tag("two", "p1", "p2");
        PLANS.put("/tags/p1", "{\"targets\":[{\"ip\":\"192.0.2.1\",\"tags\":[\"from-p1\"]}]}");
        PLANS.put("/tags/p2", "{\"targets\":[{\"ip\":\"192.0.2.1\",\"tags\":[\"from-p2\"]}]}");
        assertEquals("from-p1", ip("two", "192.0.2.1").at("tags").at(0).text());
        PLANS.put("/tags/p1", "{\"targets\":[]}");
        assertEquals("plan", ip("two", "192.0.2.1").at("source").text());
        assertEquals("from-p2", ip("two", "192.0.2.1").at("tags").at(0).text());
    }

    @Test
    void delete_ofAPlannedIp_takesItOffThePlanAndTheList() {
        PLANS.put("/clients/del", "{\"targets\":[{\"ip\":\"192.0.2.1\"},{\"ip\":\"192.0.2.2\"}]}");
        long before = PLANS.effective("del").revision();
        RECORDER.delete(path(ip("del", "192.0.2.1"))).expect(204);
        assertEquals(Map.of("192.0.2.2", "plan"), PLANS.sources("del"));
        assertEquals(List.of("192.0.2.2"), List.copyOf(PLANS.targets("del").keySet()));
        assertTrue(PLANS.effective("del").revision() > before);

        PLANS.add("/clients/del", "{\"ip\":\"192.0.2.1\"}");
        assertEquals(Map.of("192.0.2.1", "plan", "192.0.2.2", "plan"), PLANS.sources("del"));
    }

    @Test
    void delete_ofAPlannedIp_isNotUndoneByWhatItsClientStillDelivers() {
        PLANS.put("/clients/late", "{\"targets\":[{\"ip\":\"192.0.2.1\"}]}");
        String ping = "{\"ip\":\"192.0.2.1\",\"latency_ms\":1}";
        RECORDER.post("/record-ping/late", ping).expect(200);
        RECORDER.delete(path(ip("late", "192.0.2.1"))).expect(204);
        RECORDER.post("/record-ping/late", ping).expect(200);
        RECORDER.post("/record-ping/late", ping).expect(200);
        assertEquals(Map.of(), PLANS.sources("late"));
        assertEquals(3, RECORDER.get("/pings?client=late").expect(200).json().size());

        RECORDER.database()
                .execute(
                        "UPDATE ip SET unplanned_at = now() - interval '2 minutes' WHERE client ="
                                + " 'late'");
        RECORDER.post("/record-ping/late", ping).expect(200);
        assertEquals(Map.of("192.0.2.1", "post"), PLANS.sources("late"));

        RECORDER.delete(path(ip("late", "192.0.2.1"))).expect(204);
        RECORDER.post("/record-ping/late", ping).expect(200);
        assertEquals(Map.of("192.0.2.1", "post"), PLANS.sources("late"));
    }

    @Test
    void delete_ofWhatATagsPlanNames_saysWhereToRemoveIt() {
        PLANS.tag("tagged", "d1", "d2");
        PLANS.put("/tags/d1", "{\"targets\":[{\"ip\":\"fe80::1%eth0\"}]}");
        PLANS.put("/tags/d2", "{\"targets\":[{\"ip\":\"fe80::1%eth0\"}]}");
        PLANS.add("/clients/tagged", "{\"ip\":\"fe80::1%eth0\"}");
        Json ip = ip("tagged", "fe80");
        String detail = RECORDER.delete(path(ip)).problem(409);
        assertTrue(detail.contains("DELETE /tags/d1/plan/targets?ip=fe80::1%25eth0"), detail);
        assertTrue(detail.contains("/tags/d2/plan"), detail);
        assertEquals(1, PLANS.get("/clients/tagged").at("targets").size());

        RECORDER.delete("/tags/d1/plan/targets?ip=fe80::1%25eth0").expect(200);
        RECORDER.delete("/tags/d2/plan/targets?ip=fe80::1%25eth0").expect(200);
        RECORDER.delete(path(ip)).expect(204);
        assertEquals(Map.of(), PLANS.sources("tagged"));
    }

    @Test
    void tagFilter_matchesTagsOfIpsAndOfClients() {
        PLANS.tag("f1", "edge");
        PLANS.put("/clients/f1", "{\"targets\":[{\"ip\":\"192.0.2.1\"}]}");
        PLANS.put(
                "/clients/f2",
                "{\"targets\":[{\"ip\":\"192.0.2.2\",\"tags\":[\"edge\",\"x\"]},{\"ip\":\"192.0.2.3\"}]}");
        for (String call : List.of("/ips", "/summary")) {
            assertEquals(
                    List.of("192.0.2.1", "192.0.2.2"),
                    RECORDER.get(call + "?tag=edge").expect(200).json().texts("ip"));
            assertEquals(List.of("192.0.2.2"), RECORDER.get(call + "?tag=x").json().texts("ip"));
            assertEquals(2, RECORDER.get(call + "?tag=x&tag=edge").json().size());
            assertEquals(1, RECORDER.get(call + "?tag=edge&client=f2").json().size());
            assertEquals(0, RECORDER.get(call + "?tag=none").json().size());
            RECORDER.get(call + "?tag=a,b").problem(400, "tag");
        }
    }

    @Test
    void summary_tellsPausedOnceItIsAcknowledged() {
        PLANS.put("/clients/rest", "{\"targets\":[{\"ip\":\"192.0.2.77\"}]}");
        RECORDER.post("/record-ping/rest", "{\"ip\":\"192.0.2.77\",\"latency_ms\":1}").expect(200);
        assertEquals("up", summary().at("state").text());

        long revision =
                PLANS.patch("/clients/rest", "{\"paused\":true}").json().at("revision").number();
        assertEquals("up", summary().at("state").text());
        acknowledge(revision);
        Json paused = summary();
        assertEquals("paused", paused.at("state").text());
        assertTrue(paused.at("state_since").text().startsWith("20"));
        assertEquals(1, RECORDER.get("/summary?client=rest&state=paused").json().size());
        assertEquals(0, RECORDER.get("/summary?client=rest&state=up").json().size());
        Json group = RECORDER.get("/summary?client=rest&group=client").json().at(0);
        assertEquals(1, group.at("paused").number());
        assertEquals(0, group.at("up").number());
        acknowledge(revision);
        assertEquals(paused.at("state_since"), summary().at("state_since"));

        long resumed =
                PLANS.patch("/clients/rest", "{\"paused\":false}").json().at("revision").number();
        assertEquals("paused", summary().at("state").text());
        acknowledge(resumed);
        assertEquals("up", summary().at("state").text());
    }

    private static Json summary() {
        return RECORDER.get("/summary?client=rest").expect(200).json().at(0);
    }

    private static void acknowledge(long revision) {
        RECORDER.post("/clients/rest/plan/ack", "{\"revision\":" + revision + "}").expect(204);
    }
}
