package org.pingrecorder.recorder.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.samples.Cause;
import org.pingrecorder.recorder.samples.Extra;
import org.pingrecorder.recorder.samples.Hours;
import org.pingrecorder.recorder.samples.Samples;
import org.pingrecorder.wire.Family;

/**
 * One line of {@code GET /pings}. What is not in {@link org.pingrecorder.wire.RecordedPing} is
 * absent where there is none.
 *
 * @param client who pinged
 * @param ip canonical address or host name
 * @param family of a host name's half that is an ip of its own
 * @param name what people call it, or null
 * @param at planned send time, UTC, by the recorder's clock
 * @param outcome what became of it
 * @param latencyMs milliseconds with microsecond digits; null unless there was a reply
 * @param type ICMP type of the error that came back
 * @param code its ICMP code
 * @param from the router that sent it
 * @param cause why there is no reply, in the client's words
 * @param ttl time to live of the reply
 * @param duplicates further replies to it
 * @param slipUs how long after its slot it left, in microseconds, if more than 1 ms
 * @param cutOff whether its client judged itself cut off from the network
 * @param address the address really used, if it is not the ip
 * @param clientTime the time by its client's clock, where that was corrected
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record StoredPing(
        String client,
        String ip,
        @Nullable Family family,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String name,
        Instant at,
        String outcome,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Double latencyMs,
        @Nullable Long type,
        @Nullable Long code,
        @Nullable String from,
        @Nullable String cause,
        @Nullable Long ttl,
        @Nullable Long duplicates,
        @Nullable Long slipUs,
        @Nullable Boolean cutOff,
        @Nullable String address,
        @Nullable Instant clientTime) {

    static StoredPing of(Target target, Samples samples, int index) {
        int latencyMicros = samples.latencyMicros(index);
        int ttl = samples.ttl(index);
        long at = samples.atMicros(index);
        long offset = samples.offsetMicros(index);
        Extra extra = samples.extra(index);
        Cause cause = extra.cause();
        return new StoredPing(
                target.client(),
                target.ip(),
                target.family(),
                target.name(),
                Hours.instant(at),
                samples.outcome(index).text(),
                latencyMicros < 0 ? null : latencyMicros / 1_000.0,
                cause == null || cause.type() < 0 ? null : Long.valueOf(cause.type()),
                cause == null || cause.code() < 0 ? null : Long.valueOf(cause.code()),
                cause == null ? null : cause.from(),
                cause == null ? null : cause.text(),
                ttl < 0 ? null : Long.valueOf(ttl),
                extra.duplicates() == 0 ? null : Long.valueOf(extra.duplicates()),
                extra.slipMicros() == 0 ? null : Long.valueOf(extra.slipMicros()),
                extra.cutOff() ? Boolean.TRUE : null,
                samples.address(index),
                offset == 0 ? null : Hours.instant(at - offset));
    }

    /** What people call what was pinged. */
    String device() {
        return name == null ? ip : name;
    }
}
