package org.pingrecorder.recorder.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
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
        return JsonBody.object(bytes(text));
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
    void object_ofNoBody_isAFaultOfTheBody() {
        assertEquals("body", assertThrows(Fault.class, () -> JsonBody.object(null)).field());
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

    @ParameterizedTest
    @ValueSource(strings = {"1", "true", "[]", "{}"})
    void text_ofAnythingElse_isAFaultOfTheField(String value) {
        JsonObject object = object("{\"t\":" + value + "}");
        Fault fault = assertThrows(Fault.class, () -> object.optional("t", Function.identity()));
        assertEquals("t", fault.field());
    }
}
