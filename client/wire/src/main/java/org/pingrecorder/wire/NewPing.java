package org.pingrecorder.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import org.jspecify.annotations.Nullable;

/**
 * What {@code POST /record-ping/{clientId}} takes: one decided ping.
 *
 * @param ip address or host name
 * @param family of a host name of which this is one half; absent for all else
 * @param latencyMs milliseconds with microsecond digits; null (never absent) is a failure
 * @param name what people call the ip
 * @param at planned send time, ISO-8601 with an offset; now where absent
 * @param outcome what became of it; {@code reply} or {@code timeout}, by the latency, where absent
 */
@Serdeable(naming = SnakeCaseStrategy.class)
public record NewPing(
        String ip,
        @Nullable Family family,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Double latencyMs,
        @Nullable String name,
        @Nullable String at,
        @Nullable String outcome) {}
