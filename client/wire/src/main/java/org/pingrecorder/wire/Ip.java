package org.pingrecorder.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code /ips}: an address or host name that one client pings.
 *
 * @param id its number, for {@code /ips/{id}}
 * @param ip canonical address or host name
 * @param family of a host name's half that is an ip of its own; absent for all else
 * @param client who pings it
 * @param name what people call it, or null
 * @param source why it is pinged
 * @param tags what people sort it by, each once; empty if none
 * @param createdAt when it was first registered, UTC
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Ip(
        long id,
        String ip,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Family family,
        String client,
        @Nullable String name,
        Source source,
        List<String> tags,
        Instant createdAt) {}
