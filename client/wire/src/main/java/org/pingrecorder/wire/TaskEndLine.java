package org.pingrecorder.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import org.jspecify.annotations.Nullable;

/**
 * The last NDJSON line of a task, about all of it.
 *
 * @param type always {@code end}
 * @param task its id
 * @param clients how many were asked to ping; 1 where it was the recorder itself
 * @param problems how many of them did not do all of it
 * @param lossPct 100 × lost / sent; null when nothing was sent
 * @param durationMs from the call to this line, in milliseconds
 * @param problem why it ended early; absent where it did not
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record TaskEndLine(
        String type,
        String task,
        int clients,
        int problems,
        long sent,
        long received,
        long lost,
        long notSent,
        long duplicates,
        @Nullable Double lossPct,
        long durationMs,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String problem) {

    /** The value of {@link #type}. */
    public static final String TYPE = "end";
}
