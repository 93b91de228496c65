package org.pingrecorder.recorder.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pingrecorder.recorder.Json;
import org.pingrecorder.recorder.TestRecorder;

class ClientsIT {

    @RegisterExtension static final TestRecorder RECORDER = TestRecorder.create();

    @BeforeAll
    static void deliver() {
        for (String client : List.of("c", "B", "a.1", "_", "-x")) {
            RECORDER.post("/record-ping/" + client, "{\"ip\":\"192.0.2.1\",\"latency_ms\":1}")
                    .expect(200);
        }
        RECORDER.post(
                        "/ips",
                        "[{\"ip\":\"192.0.2.1\",\"client\":\"named\"},{\"ip\":\"192.0.2.2\",\"client\":\"named\"}]")
                .expect(201);
    }

    @Test
    void list_tellsWhoDeliveredAndFromWhere() {
        Json clients = RECORDER.get("/clients").expect(200).json();
        assertEquals(6, clients.size());
        for (Json client : clients.elements()) {
            boolean named = client.at("client").text().equals("named");
            assertEquals(named ? 2L : 1L, client.at("ips").number());
            assertEquals(named ? null : "127.0.0.1", client.at("address").value());
            assertEquals(named, client.at("last_seen").value() == null);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 6})
    void link_leadsThroughAllOnce(int limit) {
        List<String> names = new ArrayList<>();
        RECORDER.pages("/clients?limit=" + limit)
                .forEach(page -> names.addAll(page.json().texts("client")));
        assertEquals(RECORDER.get("/clients").json().texts("client"), names);
    }

    @Test
    void csv_hasALineEach() {
        List<String> lines =
                RECORDER.get("/clients?format=csv").expect(200).text().lines().toList();
        assertTrue(lines.get(0).startsWith("client,state,state_since,tags,note,"));
        assertEquals(7, lines.size());
    }
}
