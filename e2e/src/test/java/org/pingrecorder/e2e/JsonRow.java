package org.pingrecorder.e2e;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A JSON object of an answer, for tests that look at some fields of it only. */
public record JsonRow(Map<String, Object> fields) {

    private static final JsonMapper JSON = JsonMapper.createDefault();

    private static final Argument<Map<String, Object>> OBJECT =
            Argument.mapOf(String.class, Object.class);

    public static JsonRow of(String json) throws IOException {
        return new JsonRow(Objects.requireNonNull(JSON.readValue(json, OBJECT)));
    }

    /** All objects of an array. */
    public static List<JsonRow> list(String json) throws IOException {
        return Objects.requireNonNull(JSON.readValue(json, Argument.listOf(OBJECT))).stream()
                .map(JsonRow::new)
                .toList();
    }

    /** A field as text, whatever it is. */
    public String text(String field) {
        return String.valueOf(fields.get(field));
    }

    /** A whole number. */
    public long number(String field) {
        return Long.parseLong(text(field));
    }

    @Override
    public String toString() {
        return fields.toString();
    }
}
