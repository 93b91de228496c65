package org.pingrecorder.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ping clients that people already have, doing what they always did. */
class DropInIT {

    @RegisterExtension static final TestRecorder RECORDER = TestRecorder.create();

    @Test
    void client_thatListsRegistersAndRecords_works() {
        Answer registered =
                RECORDER.post("/ips", "{\"ip\": \"192.0.2.10\", \"client\": \"client1\"}");
        assertTrue(registered.status() / 100 == 2, registered::text);

        List<String> mine = new ArrayList<>();
        for (Json entry : RECORDER.get("/ips").expect(200).json().elements()) {
            if (entry.at("client").text().equals("client1")) {
                mine.add(entry.at("ip").text());
            }
        }
        assertEquals(List.of("192.0.2.10"), mine);

        String reply = "{\"ip\": \"192.0.2.10\", \"latency_ms\": 23, \"name\": \"Router\"}";
        String failure = "{\"ip\": \"192.0.2.10\", \"latency_ms\": null, \"name\": \"Router\"}";
        for (String ping : List.of(reply, failure)) {
            Answer answer = RECORDER.post("/record-ping/client1", ping).expect(200);
            assertEquals(Json.of("{\"status\":\"success\"}"), answer.json());
        }

        Json data = RECORDER.get("/ping-data?ip=192.0.2.10").expect(200).json();
        assertEquals(List.of("Router"), data.texts("device"));
        assertEquals(
                Arrays.asList(23.0, null),
                data.at(0).at("pings").map(ping -> ping.at("latency_ms").value()));
    }

    @Test
    void client_thatPostsOnlyAnIp_isTheHost() {
        Json registered = RECORDER.post("/ips", "{\"ip\":\"192.0.2.77\"}").expect(201).json();
        assertEquals("host", registered.at("client").text());

        Json again = RECORDER.post("/ips", "{\"ip\":\"192.0.2.77\"}").expect(200).json();
        assertEquals(registered, again);
    }

    @Test
    void recordPing_ofAnUnknownClientAndIp_needsNothingBefore() {
        RECORDER.post("/record-ping/new-one", "{\"ip\":\"198.51.100.4\",\"latency_ms\":0}")
                .expect(200);
        Json pings = RECORDER.get("/pings?client=new-one").expect(200).json();
        assertEquals(List.of("198.51.100.4"), pings.texts("ip"));
        assertEquals(List.of("reply"), pings.texts("outcome"));
        assertEquals(0.0, pings.at(0).at("latency_ms").value());
    }
}
