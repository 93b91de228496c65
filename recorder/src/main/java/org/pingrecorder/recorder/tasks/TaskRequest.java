package org.pingrecorder.recorder.tasks;

import io.micronaut.http.HttpStatus;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.pingrecorder.recorder.http.Fault;
import org.pingrecorder.recorder.http.JsonObject;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.ClientName;
import org.pingrecorder.wire.control.Task;
import org.pingrecorder.wire.control.TaskBounds;

/**
 * What a caller wants to be pinged.
 *
 * @param targets canonical, each once
 * @param from clients that ping, each once; empty for the recorder itself
 * @param intervalMs between two pings of one target
 * @param count pings a target
 * @param timeoutMs of each ping
 */
record TaskRequest(
        List<String> targets, List<String> from, long intervalMs, int count, long timeoutMs) {

    static final int MOST_CLIENTS = 1_000;
    static final long MOST_PINGS = 100_000;
    static final Duration LONGEST = Duration.ofHours(1);

    private static final List<String> FIELDS =
            List.of("targets", "from", "interval", "count", "timeout");

    private static final long DEFAULT_INTERVAL_MS = 1_000;
    private static final long DEFAULT_COUNT = 3;
    private static final long DEFAULT_TIMEOUT_MS = 10_000;

    /**
     * Reads the body of a call.
     *
     * @throws Fault 400 where a field is wrong, 422 where all together is too much
     */
    static TaskRequest read(JsonObject body) {
        body.only(FIELDS);
        List<String> targets =
                texts(body, "targets", TaskBounds.MOST_TARGETS, text -> Address.parse(text).text());
        if (targets.isEmpty()) {
            throw body.fault(
                    "targets",
                    "'targets' is missing or empty; name the addresses or host names to ping, such"
                            + " as [\"192.0.2.7\"]");
        }
        TaskRequest request =
                new TaskRequest(
                        targets,
                        texts(body, "from", MOST_CLIENTS, ClientName::check),
                        whole(
                                body,
                                "interval",
                                TaskBounds.LEAST_INTERVAL_MS,
                                TaskBounds.MOST_INTERVAL_MS,
                                DEFAULT_INTERVAL_MS),
                        (int) whole(body, "count", 1, TaskBounds.MOST_COUNT, DEFAULT_COUNT),
                        whole(
                                body,
                                "timeout",
                                TaskBounds.LEAST_TIMEOUT_MS,
                                TaskBounds.MOST_TIMEOUT_MS,
                                DEFAULT_TIMEOUT_MS));
        request.checkSize();
        return request;
    }

    private static List<String> texts(
            JsonObject body, String name, int most, Function<String, String> check) {
        List<String> given = body.texts(name);
        if (given == null || given.equals(List.of(""))) {
            return List.of();
        }
        if (given.size() > most) {
            throw body.fault(name, "'%s' holds at most %,d entries".formatted(name, most));
        }
        try {
            return given.stream().map(check).distinct().toList();
        } catch (IllegalArgumentException e) {
            throw body.fault(name, "'" + name + "': " + e.getMessage());
        }
    }

    private static long whole(JsonObject body, String name, long least, long most, long otherwise) {
        Long given = body.whole(name, least, most);
        return given == null ? otherwise : given;
    }

    private void checkSize() {
        long pings = (long) targets.size() * Math.max(1, from.size()) * count;
        if (pings > MOST_PINGS) {
            throw Fault.of(
                    HttpStatus.UNPROCESSABLE_ENTITY,
                    "The task has %,d pings, and %,d are the most; name fewer targets or clients, or a smaller count."
                            .formatted(pings, MOST_PINGS));
        }
        if (count * intervalMs > LONGEST.toMillis()) {
            throw Fault.of(
                    HttpStatus.UNPROCESSABLE_ENTITY,
                    "The task lasts %,d s, and an hour is the longest; take a smaller count or interval, or a plan."
                            .formatted(count * intervalMs / 1_000));
        }
    }

    /** How long its pings take, without what is slow on the way. */
    Duration lasts() {
        return Duration.ofMillis(count * intervalMs + timeoutMs);
    }

    /** As a client is told it. */
    Task order(String id) {
        return new Task(id, targets, intervalMs, count, timeoutMs);
    }
}
