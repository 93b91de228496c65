package org.pingrecorder.recorder.plans;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.http.RowEncoder;
import org.pingrecorder.wire.control.PlanTarget;

/**
 * Writes a plan as people see it. Sent back with {@code PUT}, it changes nothing: what other plans
 * and the client's own list say has fields of its own, which {@code PUT} does not read.
 */
final class PlanJson implements RowEncoder<ListedTarget> {

    private static final JsonFactory FACTORY = new JsonFactory();

    private final PlanOwner owner;
    private final PlanReads.Head head;

    /** Of which the last that was begun is open. */
    private final List<ListedTarget.Part> parts;

    private int begun;
    private @Nullable JsonGenerator generator;

    PlanJson(PlanOwner owner, PlanReads.Head head) {
        this.owner = owner;
        this.head = head;
        this.parts =
                owner.kind() == PlanOwner.Kind.CLIENT
                        ? List.of(ListedTarget.Part.values())
                        : List.of(ListedTarget.Part.OWN);
    }

    @Override
    public void start(OutputStream out) throws IOException {
        JsonGenerator json = FACTORY.createGenerator(out);
        generator = json;
        json.writeStartObject();
        json.writeStringField(owner.kind().text(), owner.name());
        json.writeNumberField("revision", head.revision());
        write(json, head.settings());
        if (head.effective() == null) {
            json.writeArrayFieldStart("clients");
            for (PlanReads.Progress client : head.clients()) {
                json.writeStartObject();
                json.writeStringField("client", client.client());
                write(json, client);
                json.writeEndObject();
            }
            json.writeEndArray();
        } else {
            write(json, head.clients().getFirst());
            json.writeObjectFieldStart("effective");
            write(json, head.effective());
            json.writeEndObject();
        }
        begin(json);
    }

    private static void write(JsonGenerator json, PlanSettings settings) throws IOException {
        number(json, "interval_ms", settings.intervalMs());
        number(json, "timeout_ms", settings.timeoutMs());
        number(json, "metrics_interval_ms", settings.metricsIntervalMs());
        json.writeFieldName("paused");
        Boolean paused = settings.paused();
        if (paused == null) {
            json.writeNull();
        } else {
            json.writeBoolean(paused);
        }
    }

    private static void number(JsonGenerator json, String field, @Nullable Long value)
            throws IOException {
        json.writeFieldName(field);
        if (value == null) {
            json.writeNull();
        } else {
            json.writeNumber(value);
        }
    }

    private static void write(JsonGenerator json, PlanReads.Progress client) throws IOException {
        json.writeNumberField("wanted_revision", client.wanted());
        json.writeNumberField("acknowledged_revision", client.acknowledged());
        json.writeStringField("acknowledged_at", Objects.toString(client.acknowledgedAt(), null));
        json.writeArrayFieldStart("problems");
        for (String problem : client.problems()) {
            json.writeString(problem);
        }
        json.writeEndArray();
    }

    /** Begins the next part. */
    private void begin(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(parts.get(begun).field());
        begun++;
    }

    @Override
    public void row(ListedTarget row) throws IOException {
        JsonGenerator json = json();
        while (parts.get(begun - 1) != row.part()) {
            json.writeEndArray();
            begin(json);
        }
        PlanTarget target = row.target();
        json.writeStartObject();
        text(json, "tag", row.tag());
        text(json, "ip", target.ip());
        text(json, "family", target.family());
        text(json, "name", target.name());
        if (target.tags() != null) {
            json.writeArrayFieldStart("tags");
            for (String tag : target.tags()) {
                json.writeString(tag);
            }
            json.writeEndArray();
        }
        given(json, "interval_ms", target.intervalMs());
        given(json, "timeout_ms", target.timeoutMs());
        given(json, "grace_ms", target.graceMs());
        json.writeEndObject();
        json.flush();
    }

    private static void text(JsonGenerator json, String field, @Nullable Object value)
            throws IOException {
        if (value != null) {
            json.writeStringField(field, value.toString());
        }
    }

    private static void given(JsonGenerator json, String field, @Nullable Long value)
            throws IOException {
        if (value != null) {
            json.writeNumberField(field, value);
        }
    }

    @Override
    public void end() throws IOException {
        JsonGenerator json = json();
        json.writeEndArray();
        while (begun < parts.size()) {
            begin(json);
            json.writeEndArray();
        }
        json.writeEndObject();
        json.flush();
    }

    private JsonGenerator json() {
        return Objects.requireNonNull(generator, "start comes first");
    }
}
