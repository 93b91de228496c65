package org.pingrecorder.recorder.ips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pingrecorder.recorder.Answer;
import org.pingrecorder.recorder.Json;
import org.pingrecorder.recorder.TestRecorder;

class ListIpsIT {

    private static final String NAME = "Köln & \"co\", 100% +1";

    @RegisterExtension static final TestRecorder RECORDER = TestRecorder.create();

    @BeforeAll
    static void register() {
        String named =
                IntStream.range(0, 25).mapToObj(ListIpsIT::entry).collect(Collectors.joining(","));
        RECORDER.post("/ips", "[" + named + "]").expect(201);
        RECORDER.post("/ips", "{\"ip\":\"fe80::1%eth0\",\"client\":\"c\"}").expect(201);
    }

    private static String entry(int i) {
        return "{\"ip\":\"10.0.0.%d\",\"client\":\"%s\",\"name\":%s}"
                .formatted(i, i % 2 == 0 ? "a" : "b", Json.quote(NAME + " " + i));
    }

    private static List<String> ips(String query) {
        return RECORDER.get("/ips" + query).expect(200).json().texts("ip");
    }

    @Test
    void list_isAllOfItInTheOrderOfRegistration() {
        List<String> expected =
                new ArrayList<>(IntStream.range(0, 25).mapToObj(i -> "10.0.0." + i).toList());
        expected.add("fe80::1%eth0");
        // Ids follow key order within one call, and that is a, b, c here.
        List<String> listed = ips("");
        assertEquals(expected.size(), listed.size());
        assertEquals("fe80::1%eth0", listed.getLast());
        assertTrue(listed.containsAll(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.1                | 11",
                "10.0.0.24               | 1",
                "KÖLN                    | 25",
                "%26%20%22co%22          | 25",
                "100%25                  | 25",
                "%2B1%2024               | 1",
                "_                       | 0",
                "%25eth0                 | 1",
                "%F0%9F%92%A5            | 0",
            })
    void search_isPartOfAddressOrNameInAnyCase(String search, int found) {
        String encoded = search.replace("Ö", "%C3%96");
        assertEquals(found, ips("?search=" + encoded).size());
    }

    @Test
    void client_mayBeGivenSeveralTimes() {
        assertEquals(13, ips("?client=a").size());
        assertEquals(14, ips("?client=a&client=c").size());
        assertEquals(0, ips("?client=nobody").size());
        assertEquals(26, ips("?client=").size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?limit=1",
                "?limit=7",
                "?limit=26",
                "?limit=7&client=a&client=c",
                "?limit=3&search=K%C3%B6ln%20%26%20%22co%22%2C%20100%25%20%2B1",
                "?search=fe80%3A%3A1%25eth0&limit=1",
                "?format=ndjson&limit=9",
            })
    void link_leadsThroughEverythingOnce(String query) {
        List<String> expected =
                new ArrayList<>(lines(RECORDER.get("/ips" + query.replaceAll("limit=\\d+", ""))));
        List<String> paged = new ArrayList<>();
        RECORDER.pages("/ips" + query).forEach(page -> paged.addAll(lines(page)));
        assertEquals(expected, paged);
    }

    private static List<String> lines(Answer answer) {
        answer.expect(200);
        return answer.text().startsWith("[")
                ? answer.json().map(ip -> ip.at("id").value() + "")
                : answer.text().lines().toList();
    }

    @Test
    void formats_sayTheSame() {
        Json first = RECORDER.get("/ips?search=10.0.0.24").json().at(0);
        Answer ndjson = RECORDER.get("/ips?search=10.0.0.24", "Accept", "application/x-ndjson");
        assertEquals("application/x-ndjson", ndjson.expect(200).header("content-type"));
        assertEquals(first, Json.of(ndjson.text().strip()));
        Answer csv = RECORDER.get("/ips?search=10.0.0.24&format=csv").expect(200);
        assertTrue(csv.header("content-type").startsWith("text/csv"));
        assertEquals(
                "id,ip,family,client,name,source,tags,created_at\r\n"
                        + first.at("id").value()
                        + ",10.0.0.24,,a,\"Köln & \"\"co\"\", 100% +1 24\",post,,"
                        + first.at("created_at").text()
                        + "\r\n",
                csv.text());
    }

    @ParameterizedTest
    @CsvSource({
        "?limit=0,             limit",
        "?limit=10001,         limit",
        "?limit=ten,           limit",
        "?limit=1&limit=2,     limit",
        "?cursor=x,            cursor",
        "?cursor=-1,           cursor",
        "?client=a%20b,        client",
        "?search=a%00b,        search",
        "?serach=x,            serach",
        "?format=xml,          format",
    })
    void parameter_thatCannotBeMeant_isNamed(String query, String field) {
        RECORDER.get("/ips" + query).problem(400, field);
    }
}
