package org.pingrecorder.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One ping of a one-off run, as one NDJSON line.
 *
 * @param type always {@code ping}
 * @param client who pinged; absent when a person ran it by hand
 * @param target as it was asked for
 * @param address really pinged; absent when the name did not resolve
 * @param seq counted from 0 per target
 * @param at planned send time, UTC
 * @param outcome as {@link Outcome#text}
 * @param latencyMs milliseconds with microsecond digits; null unless there was a reply
 * @param ttl of the reply
 * @param bytes of the ICMP message that came back
 * @param duplicate true for a further reply to a ping that already has its line
 * @param errorType ICMP type behind {@code unreachable}
 * @param errorCode ICMP code behind {@code unreachable}
 * @param errorFrom the router that reported {@code unreachable}
 * @param cause of {@code send_error}, {@code resolve_error} or {@code missed}
 * @param name what people call the target, where a list of targets says so
 * @param family which of a name's addresses this is about, where both are pinged as a pair
 * @param slipMs how long after {@code at} the ping left, where that is more than 1 ms
 */
@Serdeable(naming = SnakeCaseStrategy.class)
public record PingLine(
        String type,
        @Nullable String client,
        String target,
        @Nullable String address,
        long seq,
        Instant at,
        String outcome,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Double latencyMs,
        @Nullable Integer ttl,
        @Nullable Integer bytes,
        @JsonInclude(JsonInclude.Include.ALWAYS) boolean duplicate,
        @Nullable Integer errorType,
        @Nullable Integer errorCode,
        @Nullable String errorFrom,
        @Nullable String cause,
        @Nullable String name,
        @Nullable Family family,
        @Nullable Double slipMs) {

    /** The value of {@link #type}. */
    public static final String TYPE = "ping";
}
