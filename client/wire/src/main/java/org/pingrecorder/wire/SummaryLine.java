package org.pingrecorder.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;
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
 * @param name what people call the target, where a list of targets says so
 * @param family which of a name's addresses this is about, where both are pinged as a pair
 * @param causes why pings were lost or not sent, the most frequent first; absent where none was
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
        @Nullable Double stddevMs,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String name,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Family family,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Cause> causes) {

    /** The value of {@link #type}. */
    public static final String TYPE = "summary";

    /**
     * One cause of failed pings.
     *
     * @param outcome as {@link Outcome#text}
     * @param count pings
     * @param errorType ICMP type behind {@code unreachable}
     * @param errorCode ICMP code behind {@code unreachable}
     * @param errorFrom the router that reported {@code unreachable}
     * @param text the cause in words
     */
    @Serdeable(naming = SnakeCaseStrategy.class)
    public record Cause(
            String outcome,
            long count,
            @Nullable Integer errorType,
            @Nullable Integer errorCode,
            @Nullable String errorFrom,
            String text) {}
}
