package org.pingrecorder.recorder.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static JsonObject object(String text) {
        return JsonBody.object(bytes(text), "{\"a\":1}");
    }

    @Test
    void object_tellsNullFromAbsent() {
        JsonObject object = object(" {\"a\":null,\"b\":\"x\"} ");
        assertTrue(object.has("a"));
        assertFalse(object.has("c"));
        assertNull(object.optional("a", Function.identity()));
        assertNull(object.optional("c", Function.identity()));
        assertEquals("x", object.required("b", Function.identity()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "1",
                "{",
                "{}x",
                "{} {}",
                "{\"a\":1,\"a\":1}",
                "{\"a\":+1}",
                "\ufeff\ufeff{}"
            })
    void object_ofAnythingElse_isAFaultOfTheBody(String text) {
        Fault fault = assertThrows(Fault.class, () -> object(text));
        assertEquals("body", fault.field());
        assertEquals(400, fault.status().getCode());
        assertFalse(fault.detail().contains("\n"));
    }

    @Test
    void object_ofAnArray_saysWhatTheCallTakes() {
        assertEquals(
                "Send a JSON object, such as {\"a\":1}.",
                assertThrows(Fault.class, () -> object("[]")).detail());
    }

    @Test
    void object_ofNoBody_isAFaultOfTheBody() {
        assertEquals("body", assertThrows(Fault.class, () -> JsonBody.object(null, "{}")).field());
    }

    @Test
    void nesting_isBounded() {
        String allowed = "{\"a\":" + "[".repeat(19) + "]".repeat(19) + "}";
        assertTrue(object(allowed).has("a"));
        String deep = "{\"a\":" + "[".repeat(20) + "]".repeat(20) + "}";
        assertThrows(Fault.class, () -> object(deep));
    }

    @Test
    void oneOrMany_tellsAnArrayOfOneFromOne() {
        assertFalse(JsonBody.oneOrMany(bytes("{}"), 1).isArray());
        JsonBody.OneOrMany one = JsonBody.oneOrMany(bytes("[{}]"), 1);
        assertTrue(one.isArray());
        assertEquals(1, one.objects().size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"[]|body", "[{},{},{}]|body", "[{},7]|[1]", "[null]|[0]", "[[{}]]|[0]"})
    void oneOrMany_namesTheElementAtFault(String text, String field) {
        Fault fault = assertThrows(Fault.class, () -> JsonBody.oneOrMany(bytes(text), 2));
        assertEquals(field, fault.field());
    }

    @Test
    void fault_withinAnArray_namesElementAndField() {
        List<JsonObject> objects = JsonBody.oneOrMany(bytes("[{},{}]"), 2).objects();
        Fault fault =
                assertThrows(Fault.class, () -> objects.get(1).required("ip", Function.identity()));
        assertEquals("[1].ip", fault.field());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, -0.0",
        "1e3, 1000",
        "0.0001, 0.0001",
        "1e400, Infinity",
        "1e-999999999, 0",
        "1e999999999, Infinity"
    })
    void nullableNumber_isADouble(String text, double value) {
        assertEquals(value, object("{\"n\":" + text + "}").nullableNumber("n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1\"", "true", "[]", "{}", "\"NaN\""})
    void nullableNumber_ofAnythingElse_isAFaultOfTheField(String value) {
        JsonObject object = object("{\"n\":" + value + "}");
        assertEquals("n", assertThrows(Fault.class, () -> object.nullableNumber("n")).field());
        assertEquals("m", assertThrows(Fault.class, () -> object.nullableNumber("m")).field());
        assertNull(object("{\"n\":null}").nullableNumber("n"));
    }

    private static List<String> elements(String text) {
        List<String> texts = new ArrayList<>();
        JsonBody.Elements elements =
                new JsonBody.Elements("e", 2, e -> texts.add(e.required("t", Function.identity())));
        JsonObject rest = JsonBody.object(bytes(text), 100_000, elements);
        texts.add("a=" + rest.whole("a", 0, 9));
        texts.add("has=" + rest.has("e"));
        return texts;
    }

    @Test
    void elements_areHandedOnInOrderAndTheOthersRead() {
        assertEquals(
                List.of("1", "2", "a=7", "has=true"),
                elements("{\"x\":[[1],{\"e\":[]}],\"e\":[{\"t\":\"1\"},{\"t\":\"2\"}],\"a\":7}"));
        assertEquals(List.of("a=null", "has=false"), elements("{}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"e\":null}                          | 400 | e",
                "{\"e\":{}}                            | 400 | e",
                "{\"e\":[1]}                           | 400 | e[0]",
                "{\"e\":[{\"t\":\"1\"},{\"t\":1}]}     | 400 | e[1].t",
                "{\"e\":[],\"e\":[]}                   | 400 | body",
                "{\"e\":[{\"t\":\"1\"}                 | 400 | body",
                "[]                                    | 400 | body",
                "{\"a\":10}                            | 400 | a",
                "{\"a\":[7]}                           | 400 | a",
            })
    void elements_atFault_areNamed(String text, int status, String field) {
        Fault fault = assertThrows(Fault.class, () -> elements(text));
        assertEquals(status, fault.status().getCode());
        assertEquals(field, fault.field());
    }

    @Test
    void elements_areBounded() {
        String three = "{\"e\":[" + "{\"t\":\"1\"},".repeat(2) + "{\"t\":\"1\"}]}";
        assertEquals(413, assertThrows(Fault.class, () -> elements(three)).status().getCode());
        String large = "{\"e\":[{\"t\":\"1\",\"x\":[" + "1,".repeat(1_000) + "1]}]}";
        assertEquals("body", assertThrows(Fault.class, () -> elements(large)).field());
        String long100k = "{\"x\":\"" + "x".repeat(100_000) + "\"}";
        assertEquals(413, assertThrows(Fault.class, () -> elements(long100k)).status().getCode());
        Fault array = assertThrows(Fault.class, () -> elements("[{\"a\":[1]}]"));
        assertTrue(array.detail().contains("object"), array::detail);
        String skipped = "{\"x\":[" + "1,".repeat(10_000) + "1]}";
        assertEquals(List.of("a=null", "has=false"), elements(skipped));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "-1", "10", "1e400", "\"1\"", "true", "[]", "{}"})
    void whole_ofAnythingElse_isAFaultOfTheField(String value) {
        JsonObject object = object("{\"n\":" + value + "}");
        assertEquals("n", assertThrows(Fault.class, () -> object.whole("n", 0, 9)).field());
        assertEquals(9L, object("{\"n\":9.0}").whole("n", 0, 9));
        assertNull(object("{\"n\":null}").whole("n", 0, 9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"true\"", "[]", "{}"})
    void truth_ofAnythingElse_isAFaultOfTheField(String value) {
        JsonObject object = object("{\"b\":" + value + "}");
        assertEquals("b", assertThrows(Fault.class, () -> object.truth("b")).field());
        assertEquals(false, object("{\"b\":false}").truth("b"));
        assertNull(object("{\"b\":null}").truth("b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"x\"", "[1]", "[null]", "[[\"x\"]]", "{}"})
    void strings_ofAnythingElse_isAFaultOfTheField(String value) {
        JsonObject object = object("{\"s\":" + value + "}");
        assertEquals("s", assertThrows(Fault.class, () -> object.strings("s")).field());
        assertEquals(List.of("x", "x"), object("{\"s\":[\"x\",\"x\"]}").strings("s"));
        assertNull(object("{\"s\":null}").strings("s"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "true", "[]", "{}"})
    void text_ofAnythingElse_isAFaultOfTheField(String value) {
        JsonObject object = object("{\"t\":" + value + "}");
        Fault fault = assertThrows(Fault.class, () -> object.optional("t", Function.identity()));
        assertEquals("t", fault.field());
    }
}
