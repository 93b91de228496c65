package org.pingrecorder.wire.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.Outcome;

/**
 * One ping of a task.
 *
 * @param target as the task names it
 * @param address that was pinged; absent where the name did not resolve
 * @param seq from 0, per target
 * @param outcome what became of it; never late, for there is no grace time
 * @param latencyMs with microseconds; absent where there was no reply
 * @param ttl of the reply, or hop limit; absent where unknown
 * @param bytes of the reply's ICMP message; absent where there was none
 * @param duplicate whether a reply to this ping had come before; such a line is one more
 * @param cause of what is neither a reply nor a timeout
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TaskPacket(
        String target,
        @Nullable String address,
        int seq,
        Outcome outcome,
        @Nullable Double latencyMs,
        @Nullable Integer ttl,
        @Nullable Integer bytes,
        @Nullable Boolean duplicate,
        @Nullable String cause) {}
