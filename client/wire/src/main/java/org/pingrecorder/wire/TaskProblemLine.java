package org.pingrecorder.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import org.jspecify.annotations.Nullable;

/**
 * The NDJSON line of a task that says why a client does not do it, or not all of it.
 *
 * @param type always {@code problem}
 * @param client which; absent where it is the recorder itself
 * @param reason {@code unknown}: there is none of that name; {@code not_connected}: it has no
 *     control channel now; {@code went_away}: it lost that while the task ran; {@code failed}: it
 *     could not do the task, or not all of it; {@code no_answer}: it said nothing in time
 * @param problem what is the matter and what to do, for people
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TaskProblemLine(String type, @Nullable String client, String reason, String problem) {

    /** The value of {@link #type}. */
    public static final String TYPE = "problem";
}
