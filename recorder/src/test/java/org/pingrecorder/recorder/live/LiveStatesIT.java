package org.pingrecorder.recorder.live;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pingrecorder.recorder.Json;
import org.pingrecorder.recorder.TestRecorder;
import org.pingrecorder.recorder.announce.Announcements;

/** What listeners hear of states of ips. */
class LiveStatesIT {

    @RegisterExtension static final TestRecorder RECORDER = TestRecorder.create();

    private static final SeriesPosts SERIES = new SeriesPosts(RECORDER);

    /** Each test begins to listen anew: what it stored before is not told then. */
    @AfterEach
    void nobodyListensAnyMore() {
        await().until(() -> Heard.listeners(RECORDER) == 0);
    }

    @Test
    void states_areHeardWhenTheyChange() {
        Instant start = Instant.now().minusSeconds(9).truncatedTo(ChronoUnit.MILLIS);
        SERIES.post("states", "192.0.2.30", start, "1,1", "");
        try (Heard heard = Heard.listen(RECORDER, "?client=states")) {
            SERIES.post("states", "192.0.2.30", start.plusSeconds(2), "1,null", "");
            SERIES.post("states", "192.0.2.30", start.plusSeconds(4), "null,null", "");
            await().until(() -> heard.data("state").size() == 1);
            Json down = heard.data("state").getFirst();
            assertEquals("down", down.at("state").text());
            assertEquals(start.plusSeconds(3).toString(), down.at("since").text());
            assertEquals("timeout", down.at("cause").text());
            assertEquals("192.0.2.30", down.at("ip").text());
            SERIES.post("states", "192.0.2.30", start.plusSeconds(6), "1", "");
            await().until(() -> heard.data("state").size() == 2);
            Json up = heard.data("state").get(1);
            assertEquals("up", up.at("state").text());
            assertEquals(start.plusSeconds(6).toString(), up.at("since").text());
            assertFalse(up.has("cause"));
        }
    }

    @Test
    void silence_makesAStateUnknown() {
        try (Heard heard = Heard.listen(RECORDER, "?client=silent")) {
            Instant last = Instant.now().minusSeconds(13).truncatedTo(ChronoUnit.MILLIS);
            SERIES.post("silent", "192.0.2.31", last, "1", "");
            await().until(() -> heard.data("state").size() == 2);
            assertEquals(List.of("up", "unknown"), texts(heard.data("state"), "state"));
            assertEquals(
                    last.plusSeconds(15).toString(), heard.data("state").get(1).at("since").text());
        }
    }

    @Test
    void pause_isAStateOfAllItsIps_andSoIsItsEnd() {
        SERIES.post("pauses", "192.0.2.32", "1", "");
        RECORDER.post("/ips", "{\"ip\":\"192.0.2.33\",\"client\":\"pauses\"}").expect(201);
        try (Heard heard = Heard.listen(RECORDER, "?client=pauses")) {
            setPaused("'2026-01-01T00:00:00Z'");
            await().until(() -> heard.data("state").size() == 2);
            for (Json state : heard.data("state")) {
                assertEquals("paused", state.at("state").text());
                assertEquals("2026-01-01T00:00:00Z", state.at("since").text());
            }
            // What was under way when it was told to pause changes nothing.
            SERIES.post("pauses", "192.0.2.32", "2", "");
            await().until(() -> heard.pings().size() == 1);
            try (Heard later = Heard.listen(RECORDER, "?client=pauses")) {
                setPaused("NULL");
                for (Heard each : List.of(heard, later)) {
                    await().until(() -> each.data("state").size() >= (each == heard ? 4 : 2));
                    List<Json> states = each.data("state");
                    assertEquals(
                            Set.of("192.0.2.32 up", "192.0.2.33 unknown"),
                            states.subList(states.size() - 2, states.size()).stream()
                                    .map(
                                            json ->
                                                    json.at("ip").text()
                                                            + " "
                                                            + json.at("state").text())
                                    .collect(Collectors.toSet()));
                    assertEquals(each == heard ? 4 : 2, states.size());
                }
            }
        }
    }

    /** As the client's acknowledgement of a plan does. */
    private static void setPaused(String time) {
        RECORDER.database()
                .execute("UPDATE client SET paused_at = " + time + " WHERE name = 'pauses'");
        RECORDER.bean(Announcements.class).announce("client", Set.of("pauses"));
    }

    @Test
    void pause_fromBeforeAnybodyListened_endsWithAnEvent() {
        SERIES.post("rests", "192.0.2.34", "1", "");
        RECORDER.database().execute("UPDATE client SET paused_at = now() WHERE name = 'rests'");
        try (Heard heard = Heard.listen(RECORDER, "?client=rests")) {
            RECORDER.database().execute("UPDATE client SET paused_at = NULL WHERE name = 'rests'");
            RECORDER.bean(Announcements.class).announce("client", Set.of("rests"));
            await().until(() -> heard.data("state").size() == 1);
            assertEquals(List.of("up"), texts(heard.data("state"), "state"));
        }
    }

    private static List<String> texts(List<Json> data, String field) {
        return data.stream().map(json -> json.at(field).text()).toList();
    }
}
