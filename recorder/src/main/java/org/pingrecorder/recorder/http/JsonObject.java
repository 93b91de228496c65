package org.pingrecorder.recorder.http;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.Family;
import org.pingrecorder.wire.TagName;
import org.pingrecorder.wire.TargetsText;

/**
 * One object of a request body; its methods name the field they find at fault. Where clients
 * deliver, unknown fields are ignored, so that clients newer than the recorder still work; where
 * people steer, {@link #only} refuses them, because a misspelt one would change nothing.
 */
public final class JsonObject {

    private final String path;
    private final Map<String, @Nullable Object> fields;

    JsonObject(String path, Map<String, @Nullable Object> fields) {
        this.path = path;
        this.fields = fields;
    }

    /**
     * This object, which has no other fields than these.
     *
     * @throws Fault 400 that names the first other one
     */
    public JsonObject only(List<String> known) {
        return only(known, List.of());
    }

    /**
     * This object, which has no other fields than these.
     *
     * @param answered fields of what is answered, which may be sent back and say nothing
     * @throws Fault 400 that names the first other one
     */
    public JsonObject only(List<String> known, List<String> answered) {
        for (String name : fields.keySet()) {
            if (!known.contains(name) && !answered.contains(name)) {
                throw fault(
                        name,
                        "There is no field '%s' here; there are %s"
                                .formatted(name, String.join(", ", known)));
            }
        }
        return this;
    }

    /** Whether the field is there, be it null. */
    public boolean has(String name) {
        return fields.containsKey(name);
    }

    /**
     * A text that must be there.
     *
     * @param check turns the text into what it means, or throws {@link IllegalArgumentException}
     *     with a message for the caller
     */
    public <T> T required(String name, Function<String, T> check) {
        T value = optional(name, check);
        if (value == null) {
            throw fault(name, "'" + name + "' is missing; it is required, as a string");
        }
        return value;
    }

    /** A text that may be absent or null; see {@link #required}. */
    public <T> @Nullable T optional(String name, Function<String, T> check) {
        Object value = fields.get(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof String text)) {
            throw fault(name, "'" + name + "' is a string, in quotes");
        }
        try {
            return check.apply(text);
        } catch (IllegalArgumentException e) {
            throw fault(name, "'" + name + "': " + e.getMessage());
        }
    }

    /** What people call an ip: absent, null and blank are all no name. */
    public @Nullable String name() {
        return fields.get("name") instanceof String text && text.isBlank()
                ? null
                : optional("name", TargetsText::checkName);
    }

    /**
     * Which half of a paired host name is meant; absent and null are none.
     *
     * @param address of the same object
     */
    public @Nullable Family family(Address address) {
        Family family = optional("family", Family::parse);
        if (family != null && address.kind() != Address.Kind.NAME) {
            throw fault(
                    "family",
                    "'family' goes with a host name; "
                            + address
                            + " is an address and has no other, so leave 'family' out");
        }
        return family;
    }

    /** A whole number from {@code least} to {@code most}, which may be absent or null. */
    public @Nullable Long whole(String name, long least, long most) {
        Object value = fields.get(name);
        if (value == null) {
            return null;
        }
        if (value instanceof Double number
                && number == Math.rint(number)
                && number >= least
                && number <= most) {
            return number.longValue();
        }
        throw fault(name, "'" + name + "' is a whole number from " + least + " to " + most);
    }

    /** True or false, which may be absent or null. */
    public @Nullable Boolean truth(String name) {
        Object value = fields.get(name);
        if (value == null || value instanceof Boolean) {
            return (Boolean) value;
        }
        throw fault(name, "'" + name + "' is true or false, without quotes");
    }

    /** What people sort by, each once; null where it is absent or null. */
    public @Nullable List<String> tags() {
        List<String> tags = strings("tags");
        try {
            return tags == null ? null : TagName.checkAll(tags);
        } catch (IllegalArgumentException e) {
            throw fault("tags", "'tags': " + e.getMessage());
        }
    }

    /** An array of texts, which may be absent or null. */
    public @Nullable List<String> strings(String name) {
        Object value = fields.get(name);
        if (value == null) {
            return null;
        }
        if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String.class::cast).toList();
        }
        throw fault(name, "'" + name + "' is an array of strings, such as [\"core\"]");
    }

    /** A text or an array of texts, which may be absent or null. */
    public @Nullable List<String> texts(String name) {
        return fields.get(name) instanceof String text ? List.of(text) : strings(name);
    }

    /** A number that must be there but may be null. */
    public @Nullable Double nullableNumber(String name) {
        if (!has(name)) {
            throw fault(name, "'" + name + "' is missing; give a number, or null for a failure");
        }
        Object value = fields.get(name);
        if (value == null || value instanceof Double) {
            return (Double) value;
        }
        throw fault(name, "'" + name + "' is a number without quotes, or null for a failure");
    }

    /** A 400 that names a field of this object. */
    public Fault fault(String name, String detail) {
        return Fault.badRequest(path.isEmpty() ? name : path + "." + name, detail + ".");
    }
}
