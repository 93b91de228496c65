package org.pingrecorder.recorder.tasks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pingrecorder.recorder.http.Fault;
import org.pingrecorder.recorder.http.JsonBody;

class TaskRequestTest {

    private static TaskRequest read(String json) {
        return TaskRequest.read(JsonBody.object(json.getBytes(StandardCharsets.UTF_8), "{}"));
    }

    private static Fault fault(String json) {
        return assertThrows(Fault.class, () -> read(json));
    }

    private static String array(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"h" + i + "\"")
                .collect(Collectors.joining(",", "[", "]"));
    }

    @Test
    void read_targetAlone_hasDefaults() {
        TaskRequest expected = new TaskRequest(List.of("192.0.2.7"), List.of(), 1_000, 3, 10_000);

        assertEquals(expected, read("{\"targets\":\"192.0.2.7\"}"));
        assertEquals(expected, read("{\"targets\":[\"192.0.2.7\"],\"from\":[],\"interval\":null}"));
        assertEquals(expected, read("{\"targets\":[\"192.0.2.7\"],\"from\":\"\"}"));
    }

    @Test
    void read_everything_isCanonicalAndOnce() {
        assertEquals(
                new TaskRequest(List.of("a.example", "2001:db8::7"), List.of("c1"), 100, 1, 10),
                read(
                        "{\"targets\":[\"A.example.\",\"2001:DB8:0::7\",\"a.example\"],"
                                + "\"from\":[\"c1\",\"c1\"],\"interval\":100,\"count\":1,"
                                + "\"timeout\":10}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "targets | {}",
                "targets | {'targets':[]}",
                "targets | {'targets':null}",
                "targets | {'targets':7}",
                "timeout_ms | {'targets':['::1'],'timeout_ms':7}",
                "targets | {'targets':[7]}",
                "targets | {'targets':{'a':1}}",
                "targets | {'targets':'192.0.2.300'}",
                "targets | {'targets':['192.0.2.1','']}",
                "targets | {'targets':'224.0.0.1'}",
                "from | {'targets':'192.0.2.7','from':'a/b'}",
                "from | {'targets':'192.0.2.7','from':['','c1']}",
                "interval | {'targets':'192.0.2.7','interval':99}",
                "interval | {'targets':'192.0.2.7','interval':60001}",
                "interval | {'targets':'192.0.2.7','interval':'1s'}",
                "interval | {'targets':'192.0.2.7','interval':1e300}",
                "count | {'targets':'192.0.2.7','count':0}",
                "count | {'targets':'192.0.2.7','count':1001}",
                "count | {'targets':'192.0.2.7','count':1.5}",
                "timeout | {'targets':'192.0.2.7','timeout':9}",
                "timeout | {'targets':'192.0.2.7','timeout':-1}",
            })
    void read_wrongField_isNamed(String field, String json) {
        Fault fault = fault(json.replace('\'', '"'));

        assertEquals(400, fault.status().getCode());
        assertEquals(field, fault.field());
    }

    @Test
    void read_tooManyEntries_areNamed() {
        assertEquals("targets", fault("{\"targets\":" + array(1_001) + "}").field());
        assertEquals("from", fault("{\"targets\":\"h\",\"from\":" + array(1_001) + "}").field());
    }

    @Test
    void read_tooMuchTogether_isRefused() {
        String pings = "{\"targets\":" + array(1_000) + ",\"from\":" + array(34) + "}";
        String longer = "{\"targets\":\"h\",\"count\":61,\"interval\":60000}";

        assertEquals(422, fault(pings).status().getCode());
        assertEquals(422, fault(longer).status().getCode());
    }
}
