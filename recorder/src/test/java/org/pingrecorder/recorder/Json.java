package org.pingrecorder.recorder;

import io.micronaut.core.type.Argument;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A JSON value that a test expects or got; equal to another that says the same. */
public record Json(JsonNode node) {

    private static final ObjectMapper MAPPER = ObjectMapper.getDefault();

    public static Json of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    public static Json of(byte[] text) {
        try {
            return new Json(MAPPER.readValue(text, Argument.of(JsonNode.class)));
        } catch (IOException e) {
            throw new UncheckedIOException(new String(text, StandardCharsets.UTF_8), e);
        }
    }

    /** A string as JSON has it, with quotes. */
    public static String quote(String text) {
        try {
            return MAPPER.writeValueAsString(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A field, which must be there. */
    public Json at(String field) {
        return new Json(Objects.requireNonNull(node.get(field), () -> field + " in " + this));
    }

    /** An element, which must be there. */
    public Json at(int index) {
        return new Json(Objects.requireNonNull(node.get(index), () -> index + " in " + this));
    }

    public boolean has(String field) {
        return node.get(field) != null;
    }

    /** The value as a string, number, boolean or null. */
    public @Nullable Object value() {
        return node.getValue();
    }

    public String text() {
        return node.getStringValue();
    }

    public long number() {
        return node.getLongValue();
    }

    /** A number that may have digits after the point. */
    public double decimal() {
        return node.getDoubleValue();
    }

    public int size() {
        return node.size();
    }

    public List<Json> elements() {
        return map(element -> element);
    }

    /** The text of one field of every element. */
    public List<String> texts(String field) {
        return map(element -> element.at(field).text());
    }

    /** Every element, turned into something. */
    public <T extends @Nullable Object> List<T> map(Function<Json, T> value) {
        List<T> values = new ArrayList<>();
        node.values().forEach(element -> values.add(value.apply(new Json(element))));
        return values;
    }

    @Override
    public String toString() {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
