package org.pingrecorder.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The recorder's word that one batch of {@code POST /record-pings/{clientId}} is durable. Whoever
 * sent the batch may delete it.
 *
 * @param spool of the batch, as it was sent
 * @param batch its number, as it was sent
 * @param status whether this request or an earlier one stored it
 * @param receivedAt when the recorder had read it, UTC
 * @param timeUs the recorder's clock when it wrote this, in microseconds since the Unix epoch
 * @param stored pings that this request stored; 0 for {@link Status#ALREADY_STORED}
 * @param quarantined pings kept apart because their times lie far ahead; absent when none
 * @param refused what of the batch was not stored and never will be; absent when nothing
 * @param otherRefusals how many other parts of it were not: extras of pings, gaps and running,
 *     which {@code GET /refusals} lists; absent when none
 */
@Serdeable(naming = SnakeCaseStrategy.class)
public record Receipt(
        String spool,
        long batch,
        Status status,
        Instant receivedAt,
        long timeUs,
        int stored,
        @Nullable Integer quarantined,
        @Nullable List<Refused> refused,
        @Nullable Integer otherRefusals) {

    /** Whether a batch was new. */
    @Serdeable
    public enum Status {
        /** This request stored it. */
        @JsonProperty("stored")
        STORED,
        /** An earlier request had; this one changed nothing. */
        @JsonProperty("already_stored")
        ALREADY_STORED
    }

    /**
     * A ping, or a whole series, that was refused.
     *
     * @param series its index in the batch, from 0
     * @param index of the ping in the series, from 0; absent when all of the series was refused
     * @param reason what is wrong with it
     */
    @Serdeable
    public record Refused(int series, @Nullable Integer index, String reason) {}
}
