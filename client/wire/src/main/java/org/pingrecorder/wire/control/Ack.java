package org.pingrecorder.wire.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The client follows a plan and has it on disk.
 *
 * @param revision of that plan
 * @param problems what of it cannot be followed, and why, for people; absent when nothing
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Ack(long revision, @Nullable List<String> problems) implements FromClient {}
