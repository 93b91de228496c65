package org.pingrecorder.e2e.fleet;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.pingrecorder.e2e.JsonRow;
import org.pingrecorder.e2e.Rest;
import org.pingrecorder.e2e.TaskLines;
import org.pingrecorder.testnet.JarProcess;
import org.pingrecorder.testnet.NetworkNamespace;
import org.pingrecorder.wire.Client;
import org.pingrecorder.wire.ClientState;
import org.pingrecorder.wire.RecordedPing;

/** What an operator does with a fleet, asking either recorder. Its output is a diary. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class FleetIT {

    private static final String PLAN = "/clients/%s/plan";

    private Fleet fleet;
    private Rest first;
    private Rest second;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        Optional<String> reason = NetworkNamespace.skipReason();
        assumeTrue(reason.isEmpty(), reason.orElse(""));
        Diary.chapter("Three sites, two recorders, one database");
        fleet = new Fleet(folder);
        first = fleet.first().rest();
        second = fleet.second().rest();
        for (Site site : fleet.sites()) {
            Watch.awaitState(first, site.name(), ClientState.CONNECTED);
        }
    }

    @AfterAll
    void stop() throws Exception {
        if (fleet != null) {
            fleet.close();
        }
    }

    /** Changes something at a recorder, and tells so. */
    private static HttpResponse<String> change(Rest rest, String method, String path, String json)
            throws Exception {
        Diary.tell("An operator: %s %s %s", method, path, json);
        HttpResponse<String> answer = rest.call(method, path, json);
        assertEquals(200, answer.statusCode(), answer.body());
        return answer;
    }

    @Test
    @Order(1)
    void conns_ofBothRecorders_areOneList() throws Exception {
        Diary.chapter("Whichever recorder is asked, all clients are there");
        List<JsonRow> conns = first.rows("/conns");
        for (JsonRow conn : conns) {
            Diary.tell(
                    "%s is connected from %s, to recorder %s.",
                    conn.text("client"), conn.text("address"), conn.text("recorder"));
        }
        assertEquals(3, conns.size());
        assertEquals(
                2,
                conns.stream().map(conn -> conn.text("recorder")).distinct().count(),
                "recorders");
        assertEquals(conns, second.rows("/conns"));
    }

    @Test
    @Order(2)
    void plan_setAtOneRecorder_isFollowedByClientOfTheOther() throws Exception {
        Diary.chapter("A plan, set at the first recorder, for a client of the second");
        Instant from = Instant.now();
        change(
                first,
                "PUT",
                PLAN.formatted("lima"),
                "{\"targets\":[{\"ip\":\"192.168.1.2\",\"name\":\"Switch\",\"interval_ms\":200},"
                        + "{\"ip\":\"192.168.1.3\",\"name\":\"Server\",\"interval_ms\":500}]}");
        Watch.awaitAcknowledged(first, "lima");
        for (String ip : List.of("192.168.1.2", "192.168.1.3")) {
            Watch.awaitPing(first, "lima", ip, from);
        }
        Diary.tell("The first recorder has pings of both.");
        JsonRow plan = first.object(PLAN.formatted("lima"));
        assertTrue(plan.text("client_targets").contains(Site.ROUTER), plan::toString);
        assertEquals(
                Map.of(Site.ROUTER, "client", "192.168.1.2", "plan", "192.168.1.3", "plan"),
                first.rows("/ips?client=lima").stream()
                        .collect(Collectors.toMap(ip -> ip.text("ip"), ip -> ip.text("source"))));
        Diary.tell("Its router is still its own: source client, the others source plan.");
    }

    @Test
    @Order(3)
    void planOfTag_isFollowedByAllWhoHaveIt() throws Exception {
        Diary.chapter("A plan for all branches");
        Instant from = Instant.now();
        for (Site site : fleet.sites()) {
            change(second, "PATCH", "/clients/" + site.name(), "{\"tags\":[\"branch\"]}");
        }
        change(
                second,
                "PUT",
                "/tags/branch/plan",
                "{\"interval_ms\":200,\"targets\":[{\"ip\":\"%s\",\"name\":\"Internet\"}]}"
                        .formatted(Fleet.INTERNET));
        for (Site site : fleet.sites()) {
            Watch.awaitAcknowledged(second, site.name());
            Watch.awaitPing(second, site.name(), Fleet.INTERNET, from);
        }
        Diary.tell("All three ping %s.", Fleet.INTERNET);
    }

    @Test
    @Order(4)
    void importOfText_takesWhatCanBeReadAndNamesTheOtherLines() throws Exception {
        Diary.chapter("An import with two bad lines");
        String text =
                """
                # The branch in Pune
                192.168.1.20 Printer
                192.168.1.21 interval=500ms tags=cctv Camera
                192.168.1.300 No such address
                192.168.1.22 interval=5ms Impatient
                """;
        text.lines().forEach(line -> Diary.tell("    %s", line));
        Instant from = Instant.now();
        HttpResponse<String> answer =
                first.call("POST", PLAN.formatted("pune") + "/import", "text/plain", text);
        Diary.tell("The answer: %s", answer.body());
        assertEquals(200, answer.statusCode());
        JsonRow counts = JsonRow.of(answer.body());
        assertEquals("2", counts.text("added"));
        assertEquals("2", counts.text("invalid"));
        assertTrue(answer.body().contains("\"line\":4"), answer.body());
        assertTrue(answer.body().contains("\"line\":5"), answer.body());

        Watch.awaitAcknowledged(first, "pune");
        Watch.awaitPing(first, "pune", "192.168.1.20", from);
        Watch.awaitPing(first, "pune", "192.168.1.21", from);
        String export = second.get(PLAN.formatted("pune") + "/export").body();
        Diary.tell("The other recorder's export: %s", String.join(" | ", export.lines().toList()));
        assertEquals(2, export.lines().count());
        HttpResponse<String> again =
                first.call("POST", PLAN.formatted("pune") + "/import", "text/plain", export);
        assertEquals("2", JsonRow.of(again.body()).text("kept"));
        Diary.tell("Imported again, it changes nothing: %s", again.body());
    }

    @Test
    @Order(5)
    void pause_leavesGapWithItsReason() throws Exception {
        Diary.chapter("Pune is paused for a while");
        String plan = PLAN.formatted("pune");
        Instant from = Instant.now();
        // The window has a ping from before the pause, by which its slots are known.
        Watch.awaitPing(first, "pune", Site.ROUTER, from);
        change(first, "PATCH", plan, "{\"paused\":true}");
        Watch.awaitAcknowledged(first, "pune");
        long echoes = fleet.pune().echoRequests();
        Client paused = first.client("pune");
        assertTrue(paused.paused());
        await().during(Duration.ofSeconds(2)).until(() -> fleet.pune().echoRequests() == echoes);
        Diary.tell("For two seconds no host at Pune was pinged.");
        change(second, "PATCH", plan, "{\"paused\":false}");
        Watch.awaitAcknowledged(second, "pune");
        Instant to = Instant.now();

        Watch.awaitPing(first, "pune", Site.ROUTER, to);
        String query = "/completeness?client=pune&ip=%s&start=%s&end=%s";
        String asked = query.formatted(Site.ROUTER, from, to);
        Kept kept = Kept.of(first, "pune", Site.ROUTER, from, to);
        Watch.soon()
                .until(
                        () ->
                                first.rows(asked)
                                        .getFirst()
                                        .text("expected")
                                        .equals(Long.toString(kept.slots())));
        JsonRow row = first.rows(asked).getFirst();
        Diary.tell(
                "Of %s slots meanwhile, %s have a ping and %s were paused; %s have no reason.",
                row.text("expected"), row.text("stored"), row.text("paused"), row.text("unknown"));
        assertTrue(kept.missing() >= 9, kept::toString);
        assertEquals(Long.toString(kept.missing()), row.text("paused"));
        assertEquals("0", row.text("unknown"));
    }

    @Test
    @Order(6)
    void task_forAllAndSomebodyUnknown_isToldLineByLine() throws Exception {
        Diary.chapter("One task for everybody, asked of the first recorder");
        String json =
                ("{\"targets\":[\"%s\",\"%s\"],\"from\":[\"oslo\",\"lima\",\"pune\",\"rome\"],"
                                + "\"interval\":200,\"count\":10}")
                        .formatted(Site.ROUTER, Fleet.INTERNET);
        Diary.tell("An operator: POST /ping-task %s", json);
        Instant from = Instant.now();
        try (TaskLines lines = new TaskLines(fleet.first().address(), json)) {
            TaskLines.Line end = lines.awaitEnd();
            for (TaskLines.Line line : lines.all()) {
                if (!line.type().equals("ping") || line.text("seq").equals("0")) {
                    Diary.tell(line.at(), "%s", sentence(line));
                }
            }
            List<TaskLines.Line> pings = lines.of("ping");
            Diary.tell(
                    "That is %d lines; of %d pings, those but the first are not shown here.",
                    lines.all().size(), pings.size());
            int received = Integer.parseInt(end.text("received"));
            assertEquals(received, pings.size());
            // A busy machine may be too late for a slot, and then says so.
            assertEquals(60, received + Integer.parseInt(end.text("not_sent")));
            assertTrue(received > 50, end::toString);
            assertEquals(6, lines.of("summary").size());
            assertEquals(
                    List.of("unknown"),
                    lines.of("problem").stream().map(line -> line.text("reason")).toList());
            Instant lastSent = Instant.parse(pings.getLast().text("at"));
            assertTrue(pings.getFirst().at().isBefore(lastSent), "told while it runs");
        }
        assertTrue(first.pings("client=rome").isEmpty());
        Kept kept = Kept.of(first, "oslo", Site.ROUTER, from, Instant.now());
        assertEquals(0, kept.doubled(), "nothing of a task is in history");
    }

    @Test
    @Order(7)
    void live_atOneRecorder_tellsWhatTheOtherStores() throws Exception {
        Diary.chapter("Live at the second recorder: the pings of Oslo, which the first one stores");
        try (ToldPings told = new ToldPings(fleet.second().address(), "client=oslo")) {
            Watch.soon().until(() -> told.all().size() >= 20);
            for (ToldPings.Told each : told.all().subList(0, 5)) {
                Diary.tell(
                        each.at(),
                        "%s: %s in %s ms, sent %s before.",
                        each.ping().ip(),
                        each.ping().outcome(),
                        each.ping().latencyMs(),
                        Diary.seconds(each.ping().at(), each.at()));
            }
            List<RecordedPing> pings = told.all().stream().map(ToldPings.Told::ping).toList();
            assertEquals(pings.size(), Set.copyOf(pings).size(), "each is told once");
            assertTrue(
                    Set.copyOf(second.pings("client=oslo")).containsAll(pings),
                    "and each is in history");
        }
    }

    @Test
    @Order(8)
    void secondClientOfName_isRefusedAndToldWhatToDo() throws Exception {
        Diary.chapter("Two clients call themselves rome");
        JarProcess rome = fleet.oslo().startAnother("rome");
        try (rome) {
            Watch.awaitState(first, "rome", ClientState.CONNECTED);
            try (JarProcess other = fleet.pune().startAnother("rome")) {
                String refusal =
                        other.await(Pattern.compile("refuses the control channel: .*"))
                                .match()
                                .group();
                Diary.tell("The second one, at Pune, says: %s", refusal);
                assertTrue(refusal.contains("Another client named 'rome'"), refusal);
                assertTrue(refusal.contains("10.77.1.2"), refusal);
                assertTrue(refusal.contains("--client NAME"), refusal);
            }
            assertEquals(
                    List.of("10.77.1.2"),
                    second.rows("/conns").stream()
                            .filter(conn -> conn.text("client").equals("rome"))
                            .map(conn -> conn.text("address"))
                            .toList());
            Diary.tell("The first one is connected as before.");
        }
        Watch.awaitState(second, "rome", ClientState.STOPPED);
    }

    private static String sentence(TaskLines.Line line) {
        JsonRow json = line.json();
        return switch (line.type()) {
            case "ping" ->
                    "%s pinged %s: %s in %s ms."
                            .formatted(
                                    json.text("client"),
                                    json.text("target"),
                                    json.text("outcome"),
                                    json.text("latency_ms"));
            case "summary" ->
                    "%s is done with %s: %s sent, %s received, %s ms on average."
                            .formatted(
                                    json.text("client"),
                                    json.text("target"),
                                    json.text("sent"),
                                    json.text("received"),
                                    json.text("avg_ms"));
            case "problem" -> "%s: %s".formatted(json.text("client"), json.text("problem"));
            default -> json.toString();
        };
    }
}
