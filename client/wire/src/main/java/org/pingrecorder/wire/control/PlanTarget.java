package org.pingrecorder.wire.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.Family;

/**
 * One target of a plan.
 *
 * @param ip canonical address or host name
 * @param family which half of a host name, as an ip of its own; absent for all else: a name without
 *     it is one ip, whatever the client's own setting says
 * @param name what people call it
 * @param tags what people sort it by, each once
 * @param intervalMs its own, in milliseconds; the plan's where absent
 * @param timeoutMs its own, in milliseconds; the plan's where absent
 * @param graceMs its own, in milliseconds; the client's own where absent
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PlanTarget(
        String ip,
        @Nullable Family family,
        @Nullable String name,
        @Nullable List<String> tags,
        @Nullable Long intervalMs,
        @Nullable Long timeoutMs,
        @Nullable Long graceMs) {}
