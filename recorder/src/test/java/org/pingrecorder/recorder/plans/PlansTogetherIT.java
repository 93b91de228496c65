package org.pingrecorder.recorder.plans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pingrecorder.recorder.TestRecorder;

/** Whatever happens at once, the registry says what the plans come to. */
class PlansTogetherIT {

    private static final int CALLERS = 6;
    private static final int CALLS = 40;
    private static final int CLIENTS = 4;
    private static final int TAGS = 3;
    private static final int IPS = 8;

    /** What a client is to ping by the rule, and what its rows say it is. */
    private static final String DIFFERENT =
            """
            WITH planned AS (
                SELECT DISTINCT ON (client, ip, family) client, ip, family, t.tags
                FROM (SELECT name AS client, 'client' AS kind, name AS plan FROM client
                      UNION ALL
                      SELECT name, 'tag', unnest(tags) FROM client) AS source
                JOIN plan_target t USING (kind, plan)
                ORDER BY client, ip, family, kind, plan
            ), registered AS (
                SELECT client, ip, coalesce(family, 0) AS family, tags, source FROM ip
                WHERE planned AND listed
            )
            SELECT count(*) FROM planned p FULL JOIN registered r
                ON r.client = p.client AND r.ip = p.ip AND r.family = p.family
            WHERE p.ip IS NULL OR r.ip IS NULL OR r.tags <> p.tags OR r.source = 'post'
            """;

    @RegisterExtension static final TestRecorder RECORDER = TestRecorder.create();
    private static final Plans PLANS = new Plans(RECORDER);

    @RepeatedTest(3)
    void changesAtOnce_leaveThePlansAndTheRegistryAgreeing(RepetitionInfo info) throws Exception {
        for (int i = 0; i < CLIENTS; i++) {
            PLANS.tag("c" + i);
        }
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                Random random = new Random(info.getCurrentRepetition() * 1_000L + i);
                all.add(
                        callers.submit(
                                () -> {
                                    for (int j = 0; j < CALLS; j++) {
                                        call(random);
                                    }
                                }));
            }
            for (Future<?> caller : all) {
                caller.get();
            }
        }
        assertTrue(RECORDER.database().number("SELECT count(*) FROM plan_target") > 0);
        assertEquals(0, RECORDER.database().number(DIFFERENT));
        assertEquals(
                0,
                RECORDER.database()
                        .number(
                                "SELECT count(*) FROM ip WHERE NOT planned AND (source = 'plan' OR"
                                        + " tags <> '{}')"));
        for (int i = 0; i < CLIENTS; i++) {
            long newest =
                    RECORDER.database()
                            .number(
                                    "SELECT coalesce(max(revision), 0) FROM plan_source s JOIN plan"
                                            + " p ON p.kind = s.kind AND p.name = s.plan WHERE"
                                            + " s.client = 'c"
                                            + i
                                            + "'");
            assertTrue(PLANS.effective("c" + i).revision() >= newest);
        }
    }

    private static void call(Random random) {
        String client = "c" + random.nextInt(CLIENTS);
        String tag = "/tags/t" + random.nextInt(TAGS);
        String owner = random.nextBoolean() ? tag : "/clients/" + client;
        switch (random.nextInt(8)) {
            case 0 -> PLANS.put(owner, "{\"targets\":[" + target(random) + "]}");
            case 1 -> PLANS.add(owner, target(random));
            case 2 -> PLANS.importText(owner, "", "192.0.2.1 tags=x\n192.0.2.2\n").expect(200);
            case 3 -> PLANS.patch(owner, "{\"paused\":" + random.nextBoolean() + "}").expect(200);
            case 4 -> PLANS.tag(client, tags(random));
            case 5 -> {
                String source = random.nextBoolean() ? "client" : "post";
                String ip = ip(random);
                RECORDER.post(
                        "/ips",
                        "{\"ip\":\"%s\",\"client\":\"%s\",\"source\":\"%s\"}"
                                .formatted(ip, client, source));
            }
            case 6 -> RECORDER.delete(tag + "/plan"); // 404 where there is none
            default ->
                    RECORDER.post(
                                    "/record-ping/" + client,
                                    "{\"ip\":\"" + ip(random) + "\",\"latency_ms\":1}")
                            .expect(200);
        }
    }

    private static String ip(Random random) {
        return "192.0.2." + random.nextInt(IPS);
    }

    private static String target(Random random) {
        return "{\"ip\":\"%s\",\"tags\":[\"x%d\"]}".formatted(ip(random), random.nextInt(3));
    }

    private static String[] tags(Random random) {
        return random.ints(random.nextInt(TAGS + 1), 0, TAGS)
                .distinct()
                .mapToObj(i -> "t" + i)
                .toArray(String[]::new);
    }
}
