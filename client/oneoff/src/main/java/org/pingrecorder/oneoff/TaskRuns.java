package org.pingrecorder.oneoff;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.icmp.Clock;
import org.pingrecorder.icmp.EngineConfig;
import org.pingrecorder.wire.control.Task;
import org.pingrecorder.wire.control.TaskBounds;
import org.pingrecorder.wire.control.TaskResult;

/**
 * The tasks that this process does: a bounded number at a time, at a bounded rate together, each on
 * an engine of its own. Thread-safe.
 */
public final class TaskRuns {

    /** Each holds sockets and two threads while it lasts. */
    public static final int MOST_AT_ONCE = 20;

    /** Of all tasks together: some 80 bytes of memory each until their timeout, answered or not. */
    static final long MOST_IN_FLIGHT = 2L * EngineConfig.PINGS_PER_SOCKET;

    /** Whom results are told; for any thread. */
    @FunctionalInterface
    public interface Answers {

        /**
         * Takes results on, without waiting for anybody. The last ones are taken in any case.
         *
         * @return whether they are; if not, the task ends
         */
        boolean tell(TaskResult result);
    }

    private final EngineConfig engine;
    private final int mostPingsPerSecond;
    private final Clock clock;
    private final Map<String, TaskRun> running = new HashMap<>();
    private boolean stopped;

    /**
     * None yet.
     *
     * @param engine how their requests look; its number of sockets follows from the task
     * @param mostPingsPerSecond of all tasks together
     */
    public TaskRuns(EngineConfig engine, int mostPingsPerSecond, Clock clock) {
        this.engine = engine;
        this.mostPingsPerSecond = mostPingsPerSecond;
        this.clock = clock;
    }

    /**
     * Does a task; one that is under way already goes on.
     *
     * @param answers what came of it, in order, on one thread: results no more than about 100 ms
     *     old, then one that says it is the last. Nothing more comes after {@link #cancel}.
     */
    public void start(Task task, Answers answers) {
        String problem = TaskBounds.problem(task);
        if (problem == null) {
            TaskRun run = new TaskRun(task, engine, clock, answers, () -> ended(task.task()));
            synchronized (this) {
                if (running.containsKey(task.task())) {
                    return;
                }
                problem = noRoom(run);
                if (problem == null) {
                    running.put(task.task(), run);
                    run.start();
                    return;
                }
            }
        }
        answers.tell(new TaskResult(task.task(), List.of(), true, problem));
    }

    /** Why it cannot be done beside those that are under way; null if it can. */
    private @Nullable String noRoom(TaskRun run) {
        if (stopped) {
            return "it stops, and begins no more tasks";
        }
        if (running.size() == MOST_AT_ONCE) {
            return "%d tasks are under way, and more are not done at once: try again later"
                    .formatted(MOST_AT_ONCE);
        }
        long rate = TaskBounds.pingsPerSecond(run.task());
        long otherRate = sum(other -> TaskBounds.pingsPerSecond(other.task()));
        if (rate + otherRate > mostPingsPerSecond) {
            return "%,d pings a second are too many, at most %,d may be ordered%s: name fewer targets or a longer interval"
                    .formatted(rate, mostPingsPerSecond, taken(otherRate));
        }
        long inFlight = run.mostInFlight();
        long otherInFlight = sum(TaskRun::mostInFlight);
        if (inFlight + otherInFlight > MOST_IN_FLIGHT) {
            return "%,d pings under way at once are too many, at most %,d may be%s: name fewer targets, a longer interval or a shorter timeout"
                    .formatted(inFlight, MOST_IN_FLIGHT, taken(otherInFlight));
        }
        return null;
    }

    private long sum(ToLongFunction<TaskRun> part) {
        return running.values().stream().mapToLong(part).sum();
    }

    private static String taken(long byOthers) {
        return byOthers == 0 ? "" : " and tasks under way take %,d of them".formatted(byOthers);
    }

    private synchronized void ended(String id) {
        running.remove(id);
    }

    /** Nobody waits for that task any more; does nothing if it is over. */
    public synchronized void cancel(String id) {
        TaskRun run = running.get(id);
        if (run != null) {
            run.cancel();
        }
    }

    /** Nobody waits for any task any more. */
    public synchronized void cancelAll() {
        running.values().forEach(TaskRun::cancel);
    }

    /** Ends all tasks, and begins no more. */
    public synchronized void stop() {
        stopped = true;
        cancelAll();
    }
}
