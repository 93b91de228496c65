package org.pingrecorder.recorder.live;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.outages.State;
import org.pingrecorder.recorder.samples.Hours;
import org.pingrecorder.wire.Client;

/** Writes all events but those of pings. */
final class EventJson {

    private static final JsonFactory FACTORY = new JsonFactory();

    private EventJson() {}

    /**
     * An ip's state changed.
     *
     * @param sinceMicros null where it never was anything else
     * @param cause what its outage began with, if it is down
     */
    static Event state(
            long id, LiveIp ip, State state, @Nullable Long sinceMicros, @Nullable String cause) {
        return Event.of(
                "state",
                id,
                written(
                        json -> {
                            json.writeRaw(ip.jsonText());
                            json.writeRaw(",\"state\":\"" + state.text() + '"');
                            json.writeRaw(',');
                            json.writeStringField(
                                    "since",
                                    sinceMicros == null
                                            ? null
                                            : Hours.instant(sinceMicros).toString());
                            if (cause != null) {
                                json.writeStringField("cause", cause);
                            }
                        }));
    }

    /**
     * A client is not as it was.
     *
     * @param client null where it was taken off the list
     */
    static Event client(long id, String name, @Nullable Client client) {
        return Event.of(
                "client",
                id,
                written(
                        json -> {
                            json.writeStringField("client", name);
                            if (client == null) {
                                json.writeNullField("state");
                                return;
                            }
                            Instant since = client.stateSince();
                            json.writeStringField("state", client.state().text());
                            json.writeStringField(
                                    "state_since", since == null ? null : since.toString());
                            json.writeNumberField("plan_revision", client.planRevision());
                            json.writeNumberField("plan_acked", client.planAcked());
                            json.writeBooleanField("paused", client.paused());
                        }));
    }

    /** A slow listener lost so many, or the recorder gave them up before it made them. */
    static Event dropped(long events, long pings) {
        return Event.of(
                "dropped",
                null,
                written(
                        json -> {
                            json.writeNumberField("events", events);
                            json.writeNumberField("pings", pings);
                        }));
    }

    /**
     * Nobody knows how many there were.
     *
     * @param sinceMicros of what came from then on; null where that is not known either
     */
    static Event dropped(@Nullable Long sinceMicros, String reason) {
        return Event.of(
                "dropped",
                null,
                written(
                        json -> {
                            json.writeNullField("events");
                            if (sinceMicros != null) {
                                time(json, "since", sinceMicros);
                            }
                            json.writeStringField("reason", reason);
                        }));
    }

    static Event heartbeat(long nowMicros) {
        return Event.of("heartbeat", null, written(json -> time(json, "at", nowMicros)));
    }

    static void time(JsonGenerator json, String field, long micros) throws IOException {
        json.writeStringField(field, Hours.instant(micros).toString());
    }

    interface Writing {
        void write(JsonGenerator json) throws IOException;
    }

    /** An object. */
    static String written(Writing writing) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            writing.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return text.toString();
    }
}
