package org.pingrecorder.recorder.hostmetrics;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code GET /clients/{clientId}/metrics}: what one value was in one bucket; nulls
 * where it was not measured.
 *
 * @param name of the value, with its label if it has one
 * @param start of the bucket, UTC; it ends where the next one begins
 * @param samples how often it was measured
 * @param last the latest
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
record MetricRow(
        String name,
        Instant start,
        long samples,
        @Nullable Double min,
        @Nullable Double avg,
        @Nullable Double max,
        @Nullable Double last) {}
