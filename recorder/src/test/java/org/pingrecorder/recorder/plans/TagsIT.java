package org.pingrecorder.recorder.plans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pingrecorder.recorder.Answer;
import org.pingrecorder.recorder.Json;
import org.pingrecorder.recorder.TestRecorder;

class TagsIT {

    @RegisterExtension static final TestRecorder RECORDER = TestRecorder.create();
    private static final Plans PLANS = new Plans(RECORDER);

    private static Json tag(String tag) {
        return RECORDER.get("/tags").expect(200).json().elements().stream()
                .filter(each -> each.at("tag").text().equals(tag))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void list_hasTagsOfClientsAndOfPlans() {
        PLANS.tag("l1", "worn", "both");
        PLANS.tag("l2", "both");
        long both =
                PLANS.put("/tags/both", "{\"targets\":[{\"ip\":\"::1\"},{\"ip\":\"::2\"}]}")
                        .at("revision")
                        .number();
        long bare =
                PLANS.put("/tags/bare", "{\"paused\":true,\"targets\":[]}").at("revision").number();

        assertEquals(
                Json.of("{\"tag\":\"worn\",\"clients\":1,\"targets\":0,\"revision\":0}"),
                tag("worn"));
        assertEquals(
                Json.of(
                        "{\"tag\":\"both\",\"clients\":2,\"targets\":2,\"revision\":%d}"
                                .formatted(both)),
                tag("both"));
        assertEquals(
                Json.of(
                        "{\"tag\":\"bare\",\"clients\":0,\"targets\":0,\"revision\":%d}"
                                .formatted(bare)),
                tag("bare"));

        List<String> all = RECORDER.get("/tags").json().texts("tag");
        assertEquals(all.stream().sorted().toList(), all);
        Answer page = RECORDER.get("/tags?limit=1").expect(200);
        assertEquals(all.subList(0, 1), page.json().texts("tag"));
        assertEquals(
                all.subList(1, 2),
                RECORDER.get(page.next().orElseThrow()).expect(200).json().texts("tag"));
        RECORDER.get("/tags?cursor=a%20b").problem(400, "cursor");
        RECORDER.get("/tags?client=c").problem(400, "client");
    }

    @Test
    void delete_takesThePlanOffItsClients() {
        PLANS.tag("d1", "leaving");
        PLANS.put("/tags/leaving", "{\"paused\":true,\"targets\":[{\"ip\":\"192.0.2.1\"}]}");
        long before = PLANS.effective("d1").revision();
        String etag = RECORDER.get("/tags/leaving/plan").header("etag");
        RECORDER.send("DELETE", "/tags/leaving/plan", BodyPublishers.noBody(), "If-Match", "\"1\"")
                .problem(409);
        assertTrue(PLANS.effective("d1").paused());

        RECORDER.send("DELETE", "/tags/leaving/plan", BodyPublishers.noBody(), "If-Match", etag)
                .expect(204);
        assertTrue(PLANS.effective("d1").revision() > before);
        assertFalse(PLANS.effective("d1").paused());
        assertEquals(Set.of(), PLANS.targets("d1").keySet());
        assertEquals(Map.of("192.0.2.1", "post"), PLANS.sources("d1"));
        assertEquals(0, PLANS.get("/tags/leaving").at("revision").number());
        assertEquals(0, tag("leaving").at("revision").number());
        assertEquals(1, tag("leaving").at("clients").number());
        RECORDER.delete("/tags/leaving/plan").problem(404);
        RECORDER.delete("/tags/a%20b/plan").problem(400, "tag");
    }

    @Test
    void delete_ofAnEmptyPlan_takesItOffTheList() {
        PLANS.put("/tags/empty", "{\"paused\":true,\"targets\":[]}");
        PLANS.patch("/tags/empty", "{\"paused\":null}").expect(200);
        assertTrue(tag("empty").at("revision").number() > 0);
        RECORDER.delete("/tags/empty/plan").expect(204);
        assertFalse(RECORDER.get("/tags").json().texts("tag").contains("empty"));
    }
}
