package org.pingrecorder.recorder.tasks;

import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.oneoff.Tally;
import org.pingrecorder.wire.PingLine;
import org.pingrecorder.wire.TaskBeginLine;
import org.pingrecorder.wire.TaskEndLine;
import org.pingrecorder.wire.TaskProblemLine;
import org.pingrecorder.wire.control.TaskResult;
import org.reactivestreams.Publisher;

/**
 * One call of {@code POST /ping-task}, from its beginning until its last line. Every pinger ends by
 * a word of its own, by going away, or because its time is up, so the task ends whatever happens.
 * Thread-safe.
 */
final class PingTask {

    /** Stands for the recorder itself among those that ping. */
    static final String SELF = "";

    static final String LOST_CHANNEL = "It lost its control channel.";

    /** A line at least so often, so that a caller who is gone is noticed. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    /** What a slow resolver may take at a pinger before its first ping. */
    private static final Duration LOOKUPS = Duration.ofSeconds(15);

    /** What a slow way may take. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final byte[] HEARTBEAT_LINE =
            "{\"type\":\"heartbeat\"}\n".getBytes(StandardCharsets.UTF_8);

    private final String id = UUID.randomUUID().toString();
    private final TaskRequest request;
    private final ObjectMapper mapper;
    private final Consumer<PingTask> onEnd;
    private final LineStream lines;
    private final Map<String, Part> parts = new LinkedHashMap<>();
    private final long startedNanos;
    private long toldNanos;
    private boolean ended;

    /**
     * A task that nobody was told of yet.
     *
     * @param onEnd called once, when nothing more is wanted of those that ping; may be called while
     *     they still do, and then they are to be told
     * @param onRead called once, when the caller has all of the answer, or is gone
     */
    PingTask(
            TaskRequest request,
            ObjectMapper mapper,
            Consumer<PingTask> onEnd,
            Consumer<PingTask> onRead,
            long startedNanos) {
        this.request = request;
        this.mapper = mapper;
        this.onEnd = onEnd;
        this.lines = new LineStream(this::hungUp, () -> onRead.accept(this), startedNanos);
        this.startedNanos = startedNanos;
        this.toldNanos = startedNanos;
        if (request.from().isEmpty()) {
            parts.put(SELF, new Part(null, request));
        }
        request.from().forEach(client -> parts.put(client, new Part(client, request)));
        // Before there is a result: the answer's head goes out with its first line.
        tell(new TaskBeginLine(TaskBeginLine.TYPE, id, parts.size()));
    }

    String id() {
        return id;
    }

    TaskRequest request() {
        return request;
    }

    /** Its answer. */
    Publisher<byte[]> lines() {
        return lines;
    }

    /**
     * Cuts the connection of a caller who has taken nothing since, if there is nothing to wait for.
     */
    void cutIfForgotten(long sinceNanos) {
        lines.cutIfForgotten(sinceNanos);
    }

    /** These clients are to be told by other recorders. */
    synchronized void areElsewhere(Collection<String> clients) {
        for (String client : clients) {
            Part part = parts.get(client);
            if (part != null) {
                part.setElsewhere();
            }
        }
    }

    /** Clients of other recorders that something is still to come from. */
    synchronized List<String> openElsewhere() {
        return clients(part -> part.isElsewhere() && !part.isOver());
    }

    /** Those of this recorder that may still ping, waited for or not. */
    synchronized List<String> unfinished() {
        return clients(part -> !part.isElsewhere() && !part.isFinished());
    }

    private List<String> clients(Predicate<Part> which) {
        List<String> clients = new ArrayList<>();
        parts.forEach(
                (client, part) -> {
                    if (which.test(part)) {
                        clients.add(client);
                    }
                });
        return clients;
    }

    /** Whether nothing more is wanted of those that ping. */
    synchronized boolean isEnded() {
        return ended;
    }

    /** A pinger says what became of pings. */
    synchronized void result(String client, TaskResult result) {
        Part part = parts.get(client);
        if (part != null && result.isLast()) {
            part.setFinished();
        }
        if (ended || part == null || part.isOver()) {
            return;
        }
        for (PingLine given : result.pings()) {
            PingLine line = part.take(given);
            if (line != null) {
                tell(line);
            }
            if (ended) {
                return;
            }
        }
        if (result.problem() != null) {
            problem(part, Reason.FAILED, result.problem());
        }
        if (result.isLast()) {
            end(part);
        }
    }

    /** A pinger does no more for this task, if it has not said its last word. */
    synchronized void endPart(String client, Reason reason, String problem) {
        Part part = parts.get(client);
        if (!ended && part != null && !part.isOver()) {
            problem(part, reason, problem);
            end(part);
        }
    }

    /** A client's connection to this recorder has ended. */
    synchronized void gone(String client) {
        Part part = parts.get(client);
        if (part != null && !part.isElsewhere()) {
            endPart(client, Reason.WENT_AWAY, LOST_CHANNEL);
        }
    }

    private void problem(Part part, Reason reason, String problem) {
        part.setFailed();
        tell(new TaskProblemLine(TaskProblemLine.TYPE, part.client(), reason.text(), problem));
    }

    private void end(Part part) {
        part.end();
        if (part.strange() > 0) {
            problem(
                    part,
                    Reason.FAILED,
                    part.strange() + " of its results are not of this task and were left out.");
        }
        if (part.isBegun()) {
            part.summaries().forEach(this::tell);
        }
        if (parts.values().stream().allMatch(Part::isOver)) {
            finish(null);
        }
    }

    /** Ends those whose time is up, and tells a caller who waits that the task goes on. */
    synchronized void tick(long nowNanos) {
        if (ended) {
            return;
        }
        Duration limit = request.lasts().plus(LOOKUPS).plus(PATIENCE);
        if (nowNanos - startedNanos > limit.toNanos()) {
            for (String client : parts.keySet()) {
                endPart(client, Reason.NO_ANSWER, "It did not say in time that it is done.");
            }
        } else if (nowNanos - toldNanos >= HEARTBEAT.toNanos()) {
            toldNanos = nowNanos;
            lines.add(HEARTBEAT_LINE);
        }
    }

    private void tell(Object line) {
        if (ended) {
            return;
        }
        toldNanos = System.nanoTime();
        if (!lines.add(bytes(line))) {
            finish(
                    "More results came than the caller read, and the rest is left out; read faster,"
                            + " or ask for fewer.");
        }
    }

    private byte[] bytes(Object line) {
        try {
            return (mapper.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // to memory: only a defect of ours
        }
    }

    /** Ends it before its time. */
    synchronized void endEarly(String problem) {
        finish(problem);
    }

    private void hungUp() {
        Thread.startVirtualThread(() -> endEarly("The caller hung up."));
    }

    private void finish(@Nullable String problem) {
        if (ended) {
            return;
        }
        ended = true;
        lines.add(bytes(endLine(problem)));
        lines.end();
        onEnd.accept(this);
    }

    private TaskEndLine endLine(@Nullable String problem) {
        List<Tally> tallies =
                parts.values().stream().flatMap(part -> part.tallies().stream()).toList();
        long sent = tallies.stream().mapToLong(Tally::sent).sum();
        long lost = tallies.stream().mapToLong(Tally::lost).sum();
        return new TaskEndLine(
                TaskEndLine.TYPE,
                id,
                parts.size(),
                (int) parts.values().stream().filter(Part::isFailed).count(),
                sent,
                tallies.stream().mapToLong(Tally::received).sum(),
                lost,
                tallies.stream().mapToLong(Tally::notSent).sum(),
                tallies.stream().mapToLong(Tally::duplicates).sum(),
                sent == 0 ? null : Math.round(100_000.0 * lost / sent) / 1_000.0,
                Duration.ofNanos(System.nanoTime() - startedNanos).toMillis(),
                problem);
    }
}
