package org.pingrecorder.wire.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client is to ping, beside what its own file and arguments name. Answered with {@link Ack};
 * sent again until it is.
 *
 * @param revision grows with every change
 * @param intervalMs time between two pings of one ip, in milliseconds; the client's own where
 *     absent
 * @param timeoutMs a reply after this is late; the client's own where absent
 * @param metricsIntervalMs time between two readings of its host's metrics; the client's own where
 *     absent
 * @param paused whether nothing is pinged at all, its own targets neither
 * @param targets each (ip, family) once
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Plan(
        long revision,
        @Nullable Long intervalMs,
        @Nullable Long timeoutMs,
        @Nullable Long metricsIntervalMs,
        boolean paused,
        List<PlanTarget> targets)
        implements FromRecorder {}
