package org.pingrecorder.recorder.live;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pingrecorder.recorder.TestDatabase;
import org.pingrecorder.recorder.TestRecorder;
import org.pingrecorder.recorder.announce.Announcements;
import org.pingrecorder.recorder.packing.Packer;

/** What one recorder stores is heard at another one on the same database. */
class TwoRecordersLiveIT {

    private static final TestDatabase DATABASE = TestDatabase.create();

    @RegisterExtension static final TestRecorder ONE = TestRecorder.on(DATABASE, Map.of());

    @RegisterExtension static final TestRecorder OTHER = TestRecorder.on(DATABASE, Map.of());

    private static void post(TestRecorder recorder, int number) {
        recorder.post("/record-ping/both", "{\"ip\":\"192.0.2.1\",\"latency_ms\":" + number + "}")
                .expect(200);
    }

    @Test
    void pings_storedByEither_areHeardOnceAtBoth() throws Exception {
        int pings = 400;
        try (Heard atOne = Heard.listen(ONE, "?client=both");
                Heard atOther = Heard.listen(OTHER, "?client=both")) {
            for (int i = 0; i < pings; i++) {
                post(i % 2 == 0 ? ONE : OTHER, i);
            }
            for (Heard heard : List.of(atOne, atOther)) {
                await().until(() -> heard.pings().size() >= pings);
                assertEquals(
                        IntStream.range(0, pings)
                                .boxed()
                                .collect(Collectors.toCollection(TreeSet::new)),
                        new TreeSet<>(
                                heard.pings().stream()
                                        .map(ping -> (int) ping.at("latency_ms").decimal())
                                        .toList()));
            }
            ONE.bean(Packer.class).packAll();
            OTHER.bean(Packer.class).packAll();
            post(OTHER, pings);
            for (Heard heard : List.of(atOne, atOther)) {
                await().until(() -> heard.pings().size() == pings + 1);
                assertEquals(List.of(), heard.data("dropped"));
            }
        }
    }

    @Test
    void clients_thatChangeAtOne_areHeardAtTheOther() {
        post(ONE, 0);
        try (Heard heard = Heard.listen(ONE, "?client=both")) {
            DATABASE.execute("UPDATE client SET plan_revision = 7 WHERE name = 'both'");
            OTHER.bean(Announcements.class).announce("client", List.of("both"));
            await().until(
                            () ->
                                    heard.data("client").stream()
                                            .anyMatch(
                                                    client ->
                                                            client.at("plan_revision").number()
                                                                    == 7));
        }
    }
}
