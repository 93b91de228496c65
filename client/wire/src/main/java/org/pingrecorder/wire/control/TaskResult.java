package org.pingrecorder.wire.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.PingLine;

/**
 * What became of some of a task's pings.
 *
 * @param task its id
 * @param pings in the order in which they were decided; without the client, whom the connection
 *     tells
 * @param isLast whether nothing more will come
 * @param problem why the task, or the rest of it, was not done, for people; absent when it was
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TaskResult(
        String task, List<PingLine> pings, boolean isLast, @Nullable String problem)
        implements FromClient {}
