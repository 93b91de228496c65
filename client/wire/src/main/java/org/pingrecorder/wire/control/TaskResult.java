package org.pingrecorder.wire.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of some of a task's pings.
 *
 * @param task its id
 * @param packets in the order in which they were decided
 * @param isLast whether nothing more will come
 * @param problem why the task, or the rest of it, was not done, for people; absent when it was
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TaskResult(
        String task, List<TaskPacket> packets, boolean isLast, @Nullable String problem)
        implements FromClient {}
