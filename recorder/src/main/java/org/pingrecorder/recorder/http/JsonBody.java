package org.pingrecorder.recorder.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.micronaut.http.HttpStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON bodies strictly: one value, no doubled names, nothing after it. Binding to records
 * would lose the difference between null and absent, and could not name the field at fault.
 */
public final class JsonBody {

    /** What a 413 says. */
    static final String TOO_LONG =
            "The body is over the limit of 1 MB; send it in several smaller ones.";

    private static final String BODY = "body";

    /** What calls that take many objects take. */
    private static final String ELEMENT = "{\"ip\":\"192.0.2.7\"}";

    private static final int LONGEST_BYTES = 1 << 20;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(20).build())
                    .build();

    private JsonBody() {}

    /**
     * Reads a body that is one object.
     *
     * @param example of one, for who sent anything else
     * @throws Fault 400 if it is anything else
     */
    public static JsonObject object(byte @Nullable [] body, String example) {
        return asObject(parse(body), "", example);
    }

    /**
     * A field of a body that holds many objects; they are handed on one by one and not kept.
     *
     * @param most how many it may hold
     * @param each takes them in their order
     */
    public record Elements(String field, int most, Consumer<JsonObject> each) {}

    /**
     * Reads a long body that is one object.
     *
     * @param longestBytes how long it may be
     * @param elements what most of it is; in the object, that field is just there
     * @throws Fault 400 if it is anything else, 413 if it is longer or there are more
     */
    public static JsonObject object(byte @Nullable [] body, int longestBytes, Elements elements) {
        if (body != null && body.length > longestBytes) {
            throw Fault.of(
                    HttpStatus.REQUEST_ENTITY_TOO_LARGE,
                    "The body is over the limit of " + (longestBytes >> 20) + " MB.");
        }
        return asObject(
                parse(body, parser -> fields(parser, elements)),
                "",
                "{\"" + elements.field() + "\":[" + ELEMENT + "]}");
    }

    /**
     * A body that may be one object or several.
     *
     * @param isArray whether it was written as an array
     * @param objects at least one
     */
    public record OneOrMany(boolean isArray, List<JsonObject> objects) {

        public OneOrMany {
            objects = List.copyOf(objects);
        }
    }

    /**
     * Reads a body that is one object or an array of them.
     *
     * @param limit the most objects an array may hold
     * @throws Fault 400 if it is anything else
     */
    public static OneOrMany oneOrMany(byte @Nullable [] body, int limit) {
        Object value = parse(body);
        if (!(value instanceof List<?> elements)) {
            return new OneOrMany(false, List.of(asObject(value, "", ELEMENT)));
        }
        if (elements.isEmpty() || elements.size() > limit) {
            throw Fault.badRequest(BODY, "The array holds 1 to " + limit + " objects.");
        }
        List<JsonObject> objects = new ArrayList<>(elements.size());
        for (int i = 0; i < elements.size(); i++) {
            objects.add(asObject(elements.get(i), "[" + i + "]", ELEMENT));
        }
        return new OneOrMany(true, objects);
    }

    private static JsonObject asObject(@Nullable Object value, String path, String example) {
        if (value instanceof Map<?, ?> fields) {
            Map<String, @Nullable Object> named = new LinkedHashMap<>();
            fields.forEach((name, field) -> named.put(String.valueOf(name), field));
            return new JsonObject(path, named);
        }
        throw Fault.badRequest(
                path.isEmpty() ? BODY : path, "Send a JSON object, such as " + example + ".");
    }

    private static @Nullable Object parse(byte @Nullable [] body) {
        if (body != null && body.length > LONGEST_BYTES) {
            throw Fault.of(HttpStatus.REQUEST_ENTITY_TOO_LARGE, TOO_LONG);
        }
        return parse(body, parser -> value(parser, null));
    }

    /** Reads the value on which a parser stands. */
    @FunctionalInterface
    private interface Reading {
        @Nullable Object read(JsonParser parser) throws IOException;
    }

    private static @Nullable Object parse(byte @Nullable [] body, Reading reading) {
        if (body == null || body.length == 0) {
            throw Fault.badRequest(BODY, "The body is empty; send a JSON object.");
        }
        try (JsonParser parser = FACTORY.createParser(body)) {
            if (parser.nextToken() == null) {
                throw Fault.badRequest(BODY, "The body is empty; send a JSON object.");
            }
            Object value = reading.read(parser);
            if (parser.nextToken() != null) {
                throw Fault.badRequest(BODY, "There is more after the end of the JSON value.");
            }
            return value;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** A 400 that says where a body stops being JSON. */
    public static Fault unreadable(IOException cause) {
        if (!(cause instanceof JsonProcessingException e)) { // malformed UTF-8 is reported so
            return Fault.badRequest(BODY, "The body is not JSON in UTF-8: " + cause.getMessage());
        }
        return Fault.badRequest(
                BODY,
                "The body is not valid JSON: "
                        + e.getOriginalMessage().replaceAll("\\s+", " ")
                        + (e.getLocation() == null
                                ? ""
                                : " (line "
                                        + e.getLocation().getLineNr()
                                        + ", column "
                                        + e.getLocation().getColumnNr()
                                        + ")"));
    }

    /** The plain fields of an object; its elements are handed on, all else that nests skipped. */
    private static @Nullable Object fields(JsonParser parser, Elements elements)
            throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return null;
        }
        Room room = new Room();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            if (name.equals(elements.field())) {
                handOn(parser, elements);
                fields.put(name, List.of());
            } else if (parser.currentToken().isStructStart()) {
                parser.skipChildren();
                fields.put(name, Map.of());
            } else {
                fields.put(name, value(parser, room));
            }
        }
        return fields;
    }

    private static void handOn(JsonParser parser, Elements elements) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw Fault.badRequest(
                    elements.field(), "'" + elements.field() + "' is an array of objects.");
        }
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            if (i == elements.most()) {
                throw Fault.of(
                        HttpStatus.REQUEST_ENTITY_TOO_LARGE,
                        "'%s' holds more than %,d objects.".formatted(elements.field(), i));
            }
            Object element = value(parser, new Room());
            elements.each().accept(asObject(element, elements.field() + "[" + i + "]", ELEMENT));
        }
    }

    /**
     * Of a long body, all but its elements is short: values take ten times what their text does.
     */
    private static final class Room {

        private static final int MOST_VALUES = 1_000;
        private int values;

        void take() {
            if (++values > MOST_VALUES) {
                throw Fault.badRequest(
                        BODY, "An object holds more than " + MOST_VALUES + " values.");
            }
        }
    }

    private static @Nullable Object value(JsonParser parser, @Nullable Room room)
            throws IOException {
        if (room != null) {
            room.take();
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, @Nullable Object> fields = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    fields.put(name, value(parser, room));
                }
                yield fields;
            }
            case START_ARRAY -> {
                List<@Nullable Object> elements = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(value(parser, room));
                }
                yield elements;
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Double.valueOf(parser.getText());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> parser.getText();
        };
    }
}
