package org.pingrecorder.recorder.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pingrecorder.recorder.intake.Deliveries.batch;
import static org.pingrecorder.recorder.intake.Deliveries.series;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pingrecorder.recorder.TestRecorder;

class RefusalsIT {

    private static final String START = "2024-03-01T06:00:00Z";

    @RegisterExtension static final TestRecorder RECORDER = TestRecorder.create();

    @BeforeAll
    static void refuse() {
        Deliveries deliveries = new Deliveries(RECORDER);
        deliveries.receipt("a", batch("s", 7, series("192.0.2.1", START, "-1,2,\"x\"")));
        deliveries.receipt("b", batch("s", 8, series("not an ip", START, "1")));
        deliveries.receipt("a", batch("s", 8, series("192.0.2.1", "2999-01-01T00:00:00Z", "1")));
    }

    @Test
    void list_isOldestFirstWithWhatWasSent() {
        List<String> lines =
                RECORDER.get("/refusals?format=csv").expect(200).text().lines().toList();
        assertEquals(
                "id,client,kind,received_at,spool,batch,series,index,reason,content",
                lines.getFirst());
        assertEquals(5, lines.size());
        assertTrue(lines.get(1).contains(",a,refused,"), lines::toString);
        assertTrue(lines.get(1).contains(",s,7,0,0,"), lines::toString);
        assertTrue(lines.get(3).contains("not an ip"), lines::toString);
        assertTrue(lines.get(4).contains(",a,quarantined,"), lines::toString);
    }

    @ParameterizedTest
    @CsvSource({
        "client=a, 3",
        "client=b, 1",
        "client=a&client=b, 4",
        "client=c, 0",
        "kind=quarantined, 1",
        "end=2020-01-01T00:00:00Z, 0",
        "start=2020-01-01T00:00:00Z, 4",
    })
    void filters_choose(String query, int count) {
        assertEquals(count, RECORDER.get("/refusals?" + query).expect(200).json().size());
    }

    @Test
    void link_leadsThroughAllOnce() {
        List<String> reasons = new ArrayList<>();
        RECORDER.pages("/refusals?limit=1")
                .forEach(page -> reasons.addAll(page.json().texts("reason")));
        assertEquals(RECORDER.get("/refusals").json().texts("reason"), reasons);
    }

    @ParameterizedTest
    @CsvSource({"kind=all, kind", "cursor=x, cursor", "clients=a, clients", "limit=0, limit"})
    void parameter_thatIsWrong_isAFault(String query, String field) {
        RECORDER.get("/refusals?" + query).problem(400, field);
    }
}
