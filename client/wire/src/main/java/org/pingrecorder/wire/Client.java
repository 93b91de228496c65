package org.pingrecorder.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code /clients}.
 *
 * @param client its name
 * @param address from where it delivered last, or null
 * @param createdAt when it was first named, UTC
 * @param lastSeen when it delivered last, UTC; null if never
 * @param clockOffsetMs what its clock shows less than the recorder's, in milliseconds, as estimated
 *     last; null where unknown
 * @param ips how many of {@code /ips} are its
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Client(
        String client,
        @Nullable String address,
        Instant createdAt,
        @Nullable Instant lastSeen,
        @Nullable Double clockOffsetMs,
        long ips) {}
