package org.pingrecorder.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import org.jspecify.annotations.Nullable;

/**
 * The closing NDJSON line of a one-off run, per client and target. Sent is received, late and lost
 * together; latencies are in milliseconds with microsecond digits and null without a reply.
 *
 * @param type always {@code summary}
 * @param client who pinged; absent when a person ran it by hand
 * @param target as it was asked for
 * @param address really pinged; absent when the name did not resolve
 * @param lossPct 100 × lost / sent; null when nothing was sent
 * @param duplicates further replies, counted nowhere else
 * @param stddevMs population standard deviation
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record SummaryLine(
        String type,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String client,
        String target,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String address,
        long sent,
        long received,
        long late,
        long lost,
        long notSent,
        long duplicates,
        @Nullable Double lossPct,
        @Nullable Double minMs,
        @Nullable Double avgMs,
        @Nullable Double maxMs,
        @Nullable Double stddevMs) {

    /** The value of {@link #type}. */
    public static final String TYPE = "summary";
}
