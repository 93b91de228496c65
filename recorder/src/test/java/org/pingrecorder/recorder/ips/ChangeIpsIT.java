package org.pingrecorder.recorder.ips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pingrecorder.recorder.Json;
import org.pingrecorder.recorder.TestRecorder;

class ChangeIpsIT {

    @RegisterExtension static final TestRecorder RECORDER = TestRecorder.create();

    private static Json register(String ip, String more) {
        return RECORDER.post("/ips", "{\"ip\":\"" + ip + "\"" + more + "}").expect(201).json();
    }

    private static String path(Json ip) {
        return "/ips/" + ip.at("id").number();
    }

    @Test
    void put_ofAName_replacesItAndNullTakesItAway() {
        Json ip = register("192.0.2.1", ",\"name\":\"old\"");
        Json renamed = RECORDER.put(path(ip), "{\"name\":\"new\"}").expect(200).json();
        assertEquals("new", renamed.at("name").text());
        assertEquals(renamed, RECORDER.get(path(ip)).json());
        Json nameless = RECORDER.put(path(ip), "{\"name\":null}").expect(200).json();
        assertEquals(null, nameless.at("name").value());
        assertEquals(ip.at("created_at"), nameless.at("created_at"));
    }

    @Test
    void put_ofWhatGetAnswered_changesNothing() {
        Json ip = register("2001:db8::1", ",\"name\":\"x\"");
        String body = "{\"ip\":\"2001:DB8:0::1\",\"client\":\"host\",\"name\":\"x\",\"id\":1}";
        assertEquals(ip, RECORDER.put(path(ip), body).expect(200).json());
    }

    @Test
    void put_toOneHalfOfAName_leavesTheOtherAlone() {
        Json four = register("half.example", ",\"family\":\"ipv4\",\"name\":\"old\"");
        Json six = register("half.example", ",\"family\":\"ipv6\"");
        RECORDER.put(path(four), "{\"name\":\"x\",\"family\":\"ipv6\"}").problem(409);
        RECORDER.put(path(four), "{\"name\":\"x\",\"family\":null}").problem(409);
        String body = "{\"name\":\"new\",\"family\":\"ipv4\"}";
        assertEquals("ipv4", RECORDER.put(path(four), body).expect(200).json().at("family").text());
        assertEquals(six, RECORDER.get(path(six)).json());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                      | 400",
                "{\"name\":\"\"}                         | 400",
                "{\"name\":7}                            | 400",
                "{\"name\":\"x\",\"ip\":\"192.0.2.99\"}  | 409",
                "{\"name\":\"x\",\"client\":\"other\"}   | 409",
                "{\"name\":\"x\",\"family\":\"ipv4\"}    | 409",
                "{\"name\":\"x\",\"family\":\"four\"}    | 400",
                "{\"name\":\"x\",\"client\":\"a b\"}     | 400",
                "[{\"name\":\"x\"}]                      | 400",
            })
    void put_ofSomethingElse_isRefusedAndChangesNothing(String body, int status) {
        RECORDER.post("/ips", "{\"ip\":\"192.0.2.50\",\"name\":\"kept\"}");
        Json ip = RECORDER.get("/ips?search=192.0.2.50").json().at(0);
        RECORDER.put(path(ip), body).problem(status);
        assertEquals(ip, RECORDER.get(path(ip)).json());
    }

    @Test
    void delete_keepsTheHistoryForTheNextRegistration() {
        Json ip = register("192.0.2.2", "");
        RECORDER.post("/record-ping/host", "{\"ip\":\"192.0.2.2\",\"latency_ms\":4.5}").expect(200);
        assertEquals("", RECORDER.delete(path(ip)).expect(204).text());

        RECORDER.get(path(ip)).problem(404);
        RECORDER.put(path(ip), "{\"name\":\"x\"}").problem(404);
        RECORDER.delete(path(ip)).problem(404);
        assertEquals(0, RECORDER.get("/ips?search=192.0.2.2").json().size());

        Json again = register("192.0.2.2", "");
        assertEquals(ip.at("id"), again.at("id"));
        Json pings = RECORDER.get("/pings?ip=192.0.2.2").json();
        assertEquals(List.of(4.5), pings.map(ping -> ping.at("latency_ms").value()));
    }

    @Test
    void delete_ofWhatItsClientPings_saysWhereToRemoveIt() {
        Json ip = register("192.0.2.3", ",\"client\":\"site\",\"source\":\"client\"");
        String detail = RECORDER.delete(path(ip)).problem(409);
        assertTrue(detail.contains("'site'") && detail.contains("192.0.2.3"), detail);
        assertEquals(ip, RECORDER.get(path(ip)).expect(200).json());
    }

    @ParameterizedTest
    @CsvSource({"999999999999999999, 404", "0, 404", "-1, 400", "1e3, 400", "x, 400", "1%00, 400"})
    void id_thatIsNotThere_saysSo(String id, int status) {
        RECORDER.get("/ips/" + id).problem(status);
        RECORDER.put("/ips/" + id, "{\"name\":\"x\"}").problem(status);
        RECORDER.delete("/ips/" + id).problem(status);
    }
}
