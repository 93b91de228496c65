package org.pingrecorder.recorder.pings;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.http.JsonObject;
import org.pingrecorder.recorder.http.Query;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.Outcome;

/** Reads what {@code POST /record-ping/{clientId}} takes. */
final class NewPingBody {

    private static final Duration LONGEST_LATENCY = Duration.ofMinutes(10);
    private static final Duration FURTHEST_AHEAD = Duration.ofMinutes(10);

    private NewPingBody() {}

    static Ping read(String client, JsonObject body, Instant now, String sender) {
        Address address = body.required("ip", Address::parse);
        Integer latencyMicros = latencyMicros(body);
        return new Ping(
                client,
                address,
                body.family(address),
                body.name(),
                at(body, now),
                outcome(body, latencyMicros),
                latencyMicros,
                sender);
    }

    private static @Nullable Integer latencyMicros(JsonObject body) {
        Double millis = body.nullableNumber("latency_ms");
        if (millis == null) {
            return null;
        }
        if (!(millis >= 0 && millis <= LONGEST_LATENCY.toMillis())) {
            throw body.fault(
                    "latency_ms",
                    "'latency_ms' is milliseconds from 0 to "
                            + LONGEST_LATENCY.toMillis()
                            + ", or null for a failure");
        }
        int micros = (int) Math.round(millis * 1_000);
        // Only a caller that counts whole milliseconds means 0; less than 1 µs is still a time.
        return micros == 0 && millis > 0 ? 1 : micros;
    }

    private static Instant at(JsonObject body, Instant now) {
        Instant at = body.optional("at", Query::instant);
        if (at == null) {
            return now.truncatedTo(ChronoUnit.MICROS);
        }
        if (at.isAfter(now.plus(FURTHEST_AHEAD))) {
            throw body.fault(
                    "at",
                    "'at' is more than "
                            + FURTHEST_AHEAD.toMinutes()
                            + " minutes ahead of the recorder's clock, "
                            + now.truncatedTo(ChronoUnit.SECONDS)
                            + "; set the sender's clock right");
        }
        return at.truncatedTo(ChronoUnit.MICROS);
    }

    private static Outcome outcome(JsonObject body, @Nullable Integer latencyMicros) {
        Outcome outcome = body.optional("outcome", NewPingBody::outcome);
        if (outcome == null) {
            return latencyMicros == null ? Outcome.TIMEOUT : Outcome.REPLY;
        }
        if (outcome.hasLatency() != (latencyMicros != null)) {
            throw body.fault(
                    "outcome",
                    outcome.hasLatency()
                            ? "'outcome' " + outcome + " needs a 'latency_ms' that is not null"
                            : "'outcome' " + outcome + " needs 'latency_ms' null");
        }
        return outcome;
    }

    private static Outcome outcome(String text) {
        return Outcome.ofText(text)
                .orElseThrow(() -> new IllegalArgumentException("is one of " + Outcome.texts()));
    }
}
