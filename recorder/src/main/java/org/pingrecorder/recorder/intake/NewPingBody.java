package org.pingrecorder.recorder.intake;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.pingrecorder.recorder.http.Fault;
import org.pingrecorder.recorder.http.JsonObject;
import org.pingrecorder.recorder.http.Query;
import org.pingrecorder.recorder.samples.Hours;
import org.pingrecorder.recorder.samples.Samples;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.Family;
import org.pingrecorder.wire.Outcome;

/** Reads what {@code POST /record-ping/{clientId}} takes. */
final class NewPingBody {

    private NewPingBody() {}

    /**
     * One ping.
     *
     * @param now of the recorder
     * @param keepPings how long pings are kept; empty for ever
     * @throws Fault 400 naming the field at fault
     */
    static Batch read(KnownIps ips, JsonObject body, Instant now, Optional<Duration> keepPings) {
        Address address = body.required("ip", Address::parse);
        Family family = body.family(address);
        int latencyMicros = latencyMicros(body);
        Samples samples = new Samples();
        long at = Hours.micros(at(body, now, keepPings));
        samples.add(at, 0, outcome(body, latencyMicros), latencyMicros);
        KnownIp ip = ips.find(address.text(), family == null ? null : family.text());
        return Batch.ofPing(Series.of(0, ip, body.name(), at, 0, samples));
    }

    private static int latencyMicros(JsonObject body) {
        Double millis = body.nullableNumber("latency_ms");
        if (millis == null) {
            return SeriesDraft.NO_LATENCY;
        }
        int micros = Latency.micros(millis);
        if (micros == Latency.INVALID) {
            throw body.fault(
                    "latency_ms",
                    "'latency_ms' is milliseconds from 0 to "
                            + Latency.LONGEST_MILLIS
                            + ", or null for a failure");
        }
        return micros;
    }

    private static Instant at(JsonObject body, Instant now, Optional<Duration> keepPings) {
        Instant at = body.optional("at", Query::instant);
        if (at == null) {
            return now;
        }
        Bounds bounds = Bounds.at(Hours.micros(now), keepPings);
        if (Hours.micros(at) < bounds.earliestMicros()) {
            throw body.fault("at", "'at' " + bounds.earlyReason());
        }
        if (at.isAfter(now.plus(Times.FURTHEST_AHEAD))) {
            throw body.fault(
                    "at",
                    "'at' is more than "
                            + Times.FURTHEST_AHEAD.toMinutes()
                            + " minutes ahead of the recorder's clock, "
                            + now.truncatedTo(ChronoUnit.SECONDS)
                            + "; set the sender's clock right");
        }
        return at;
    }

    private static Outcome outcome(JsonObject body, int latencyMicros) {
        Outcome outcome = body.optional("outcome", NewPingBody::outcome);
        if (outcome == null) {
            return latencyMicros >= 0 ? Outcome.REPLY : Outcome.TIMEOUT;
        }
        if (outcome.hasLatency() != latencyMicros >= 0) {
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
