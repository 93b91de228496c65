package org.pingrecorder.recorder.history;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.http.JsonRows;
import org.pingrecorder.wire.Family;

/** Pings that come ordered by ip, as one object an ip. */
final class PingDataJson extends JsonRows<StoredPing> {

    private @Nullable StoredPing previous;

    PingDataJson(boolean lines) {
        super(lines);
    }

    @Override
    protected void write(JsonGenerator json, StoredPing ping) throws IOException {
        StoredPing before = previous;
        if (before == null || !isSameIp(before, ping)) {
            finish(json);
            json.writeStartObject();
            json.writeStringField("device", ping.device());
            json.writeStringField("ip", ping.ip());
            Family family = ping.family();
            if (family != null) {
                json.writeStringField("family", family.text());
            }
            json.writeStringField("client", ping.client());
            json.writeArrayFieldStart("pings");
        }
        json.writeStartObject();
        Double latencyMs = ping.latencyMs();
        if (latencyMs == null) {
            json.writeNullField("latency_ms");
        } else {
            json.writeNumberField("latency_ms", latencyMs);
        }
        json.writeStringField("timestamp", ping.at().toString());
        json.writeEndObject();
        previous = ping;
    }

    @Override
    protected void finish(JsonGenerator json) throws IOException {
        if (previous != null) {
            json.writeEndArray();
            json.writeEndObject();
            previous = null;
        }
    }

    private static boolean isSameIp(StoredPing one, StoredPing other) {
        return one.client().equals(other.client())
                && one.ip().equals(other.ip())
                && one.family() == other.family();
    }
}
