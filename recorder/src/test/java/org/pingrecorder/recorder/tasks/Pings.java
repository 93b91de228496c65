package org.pingrecorder.recorder.tasks;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.PingLine;
import org.pingrecorder.wire.control.TaskResult;

/** What clients say of a task, as a test gives it. */
final class Pings {

    private static final Instant AT = Instant.parse("2026-11-21T06:00:00.000250Z");

    private Pings() {}

    static PingLine reply(String target, long seq, double latencyMs) {
        return line(target, seq, "reply", latencyMs, false);
    }

    static PingLine line(
            String target,
            long seq,
            String outcome,
            @Nullable Double latencyMs,
            boolean duplicate) {
        return new PingLine(
                "ping", null, target, target, seq, AT, outcome, latencyMs, 57, 64, duplicate, null,
                null, null, null, null, null, null);
    }

    static TaskResult some(String task, PingLine... pings) {
        return new TaskResult(task, List.of(pings), false, null);
    }

    static TaskResult last(String task, PingLine... pings) {
        return new TaskResult(task, List.of(pings), true, null);
    }
}
