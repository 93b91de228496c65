package org.pingrecorder.wire.control;

import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;

/**
 * Ping these at once, beside the plan. Answered with {@link TaskResult}s, of which the last says
 * so.
 *
 * @param task its id
 * @param targets addresses or host names
 * @param intervalMs between two pings of one target
 * @param count pings a target
 * @param timeoutMs of each ping; there is no grace time
 */
@Serdeable(naming = SnakeCaseStrategy.class)
public record Task(String task, List<String> targets, long intervalMs, int count, long timeoutMs)
        implements FromRecorder {}
