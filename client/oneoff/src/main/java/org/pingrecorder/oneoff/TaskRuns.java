package org.pingrecorder.oneoff;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
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

    private final EngineConfig engine;
    private final int mostPingsPerSecond;
    private final Clock clock;
    private final Map<String, TaskRun> running = new HashMap<>();

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
    public void start(Task task, Consumer<TaskResult> answers) {
        String problem = TaskBounds.problem(task);
        if (problem == null) {
            synchronized (this) {
                if (running.containsKey(task.task())) {
                    return;
                }
                problem = noRoom(task);
                if (problem == null) {
                    TaskRun run =
                            new TaskRun(task, engine, clock, answers, () -> ended(task.task()));
                    running.put(task.task(), run);
                    run.start();
                    return;
                }
            }
        }
        answers.accept(new TaskResult(task.task(), List.of(), true, problem));
    }

    /** Why it cannot be done beside those that are under way; null if it can. */
    private @Nullable String noRoom(Task task) {
        if (running.size() == MOST_AT_ONCE) {
            return "%d tasks are under way, and more are not done at once: try again later"
                    .formatted(MOST_AT_ONCE);
        }
        long rate = TaskBounds.pingsPerSecond(task);
        long others =
                running.values().stream()
                        .mapToLong(run -> TaskBounds.pingsPerSecond(run.task()))
                        .sum();
        if (rate + others <= mostPingsPerSecond) {
            return null;
        }
        return "%,d pings a second are too many, at most %,d may be ordered%s: name fewer targets or a longer interval"
                .formatted(
                        rate,
                        mostPingsPerSecond,
                        others == 0
                                ? ""
                                : " and tasks under way take %,d of them".formatted(others));
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
}
