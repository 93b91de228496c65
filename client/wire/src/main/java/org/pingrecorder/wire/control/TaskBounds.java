package org.pingrecorder.wire.control;

import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.Address;

/** How large a {@link Task} may be, for who orders it and for who does it. */
public final class TaskBounds {

    public static final int MOST_TARGETS = 1_000;
    public static final long LEAST_INTERVAL_MS = 100;
    public static final long MOST_INTERVAL_MS = 60_000;
    public static final int MOST_COUNT = 1_000;
    public static final long LEAST_TIMEOUT_MS = 10;
    public static final long MOST_TIMEOUT_MS = 60_000;

    private TaskBounds() {}

    /** Pings a second while such a task lasts, rounded up. */
    public static long pingsPerSecond(Task task) {
        return Math.ceilDiv(1_000L * task.targets().size(), task.intervalMs());
    }

    /** What is wrong with a task, for people; null if nothing is. */
    public static @Nullable String problem(Task task) {
        if (task.targets().isEmpty() || task.targets().size() > MOST_TARGETS) {
            return "a task has 1 to %,d targets, not %,d"
                    .formatted(MOST_TARGETS, task.targets().size());
        }
        for (String target : task.targets()) {
            try {
                Address.parse(target);
            } catch (IllegalArgumentException e) {
                return e.getMessage();
            }
        }
        if (isOutside(task.intervalMs(), LEAST_INTERVAL_MS, MOST_INTERVAL_MS)
                || isOutside(task.count(), 1, MOST_COUNT)
                || isOutside(task.timeoutMs(), LEAST_TIMEOUT_MS, MOST_TIMEOUT_MS)) {
            return "a task has an interval of %d to %d ms, a count of 1 to %d and a timeout of %d to %d ms"
                    .formatted(
                            LEAST_INTERVAL_MS,
                            MOST_INTERVAL_MS,
                            MOST_COUNT,
                            LEAST_TIMEOUT_MS,
                            MOST_TIMEOUT_MS);
        }
        return null;
    }

    private static boolean isOutside(long value, long least, long most) {
        return value < least || value > most;
    }
}
