package org.pingrecorder.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code GET /pings}: a stored ping.
 *
 * @param client who pinged
 * @param ip canonical address or host name
 * @param family of a host name's half that is an ip of its own; absent for all else
 * @param name what people call it, or null
 * @param at planned send time, UTC
 * @param outcome what became of it, as {@link Outcome#text}
 * @param latencyMs milliseconds with microsecond digits; null unless there was a reply
 * @param cutOff true where the client judged itself cut off from its network, so that a loss says
 *     nothing of the ip; absent for all else
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record RecordedPing(
        String client,
        String ip,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Family family,
        @Nullable String name,
        Instant at,
        String outcome,
        @Nullable Double latencyMs,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean cutOff) {}
