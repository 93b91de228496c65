package org.pingrecorder.recorder.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.Family;

/**
 * One line of {@code GET /completeness}. What is missing is the sum of the columns after it; all of
 * them are null where the client never told a timetable.
 *
 * @param client who pings
 * @param ip canonical address or host name
 * @param family of a host name's half that is an ip of its own; absent for all else
 * @param name what people call it, or null
 * @param expected slots of the timetable in the window
 * @param stored pings in the window, without those that were missed
 * @param missing slots without a ping
 * @param missed the client ran and could not keep the slot; /pings has the cause
 * @param dropped the client's spool was full
 * @param notRunning the client was not running
 * @param stopped the client was stopped before they were decided
 * @param paused pinging was paused
 * @param notDelivered after the newest delivery of the client
 * @param unknown no reason is known
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
record CompletenessRow(
        String client,
        String ip,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Family family,
        @Nullable String name,
        @Nullable Long expected,
        long stored,
        @Nullable Long missing,
        @Nullable Long missed,
        @Nullable Long dropped,
        @Nullable Long notRunning,
        @Nullable Long stopped,
        @Nullable Long paused,
        @Nullable Long notDelivered,
        @Nullable Long unknown) {}
