package org.pingrecorder.recorder.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code /refusals}.
 *
 * @param id grows with time
 * @param kind {@code refused}, or {@code quarantined}: put aside because its time lies ahead
 * @param receivedAt when it came, UTC
 * @param spool whose batch it was in; null where it was posted alone
 * @param series its number in the batch, from 0; null where it belongs to none
 * @param index of the ping in the series, from 0; null for all of it
 * @param reason what is wrong with it
 * @param content as it was sent, cut where it is long
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
record ListedRefusal(
        long id,
        String client,
        String kind,
        Instant receivedAt,
        @Nullable String spool,
        @Nullable Long batch,
        @Nullable Integer series,
        @Nullable Integer index,
        String reason,
        String content) {}
