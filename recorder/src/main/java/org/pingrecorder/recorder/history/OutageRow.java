package org.pingrecorder.recorder.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.outages.Outage;
import org.pingrecorder.recorder.samples.Hours;
import org.pingrecorder.wire.Family;

/**
 * One line of {@code GET /outages}.
 *
 * @param client who pinged
 * @param ip canonical address or host name
 * @param family of a host name's half that is an ip of its own; absent for all else
 * @param name what people call it, or null
 * @param from time of its first lost ping
 * @param to time of the ping that ended it, or of its last lost one where a gap did; null while it
 *     lasts
 * @param durationMs from its beginning to its end, or to now
 * @param lost how many pings were lost
 * @param cause what the first of them met; or cut_off: the client was cut off from the network, and
 *     nothing is known of the ip
 * @param endedBy reply, or gap: no pings for more than ten intervals; where the client was cut off,
 *     ping: the first that says something of the ip; null while it lasts
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
record OutageRow(
        String client,
        String ip,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Family family,
        @Nullable String name,
        Instant from,
        @Nullable Instant to,
        double durationMs,
        long lost,
        String cause,
        @Nullable String endedBy) {

    static OutageRow of(Target target, Outage outage, long nowMicros) {
        Long ended = outage.endedMicros();
        long until = ended == null ? nowMicros : ended;
        return new OutageRow(
                target.client(),
                target.ip(),
                target.family(),
                target.name(),
                Hours.instant(outage.startedMicros()),
                ended == null ? null : Hours.instant(ended),
                Math.max(0, until - outage.startedMicros()) / 1_000.0,
                outage.lost(),
                outage.cause(),
                ended == null ? null : endedBy(outage));
    }

    private static String endedBy(Outage outage) {
        if (outage.byGap()) {
            return "gap";
        }
        return outage.isCutOff() ? "ping" : "reply";
    }
}
