package org.pingrecorder.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code GET /ping-data}: the pings of one ip, by time.
 *
 * @param device what people call the ip, else its address
 * @param ip canonical address or host name
 * @param family of a host name's half that is an ip of its own; absent for all else
 * @param client who pinged
 */
@Serdeable(naming = SnakeCaseStrategy.class)
public record PingData(
        String device, String ip, @Nullable Family family, String client, List<Latency> pings) {

    public PingData {
        pings = List.copyOf(pings);
    }

    /**
     * One ping that was sent.
     *
     * @param latencyMs milliseconds with microsecond digits; null when it was lost
     * @param timestamp planned send time, UTC
     */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Latency(@Nullable Double latencyMs, Instant timestamp) {}
}
