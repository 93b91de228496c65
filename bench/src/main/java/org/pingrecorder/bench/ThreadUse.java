package org.pingrecorder.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Processor time of a process by its threads' names, as Linux knows them. */
final class ThreadUse {

    private static final double TICKS_PER_SECOND = 100;

    private final Map<String, Ticks> byName;

    private ThreadUse(Map<String, Ticks> byName) {
        this.byName = byName;
    }

    private record Ticks(long user, long system) {

        static final Ticks NONE = new Ticks(0, 0);

        long all() {
            return user + system;
        }

        Ticks plus(Ticks other) {
            return new Ticks(user + other.user, system + other.system);
        }

        Ticks minus(Ticks other) {
            return new Ticks(user - other.user, system - other.system);
        }
    }

    static ThreadUse of(long pid) throws IOException {
        Map<String, Ticks> byName = new TreeMap<>();
        try (DirectoryStream<Path> tasks =
                Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (Path task : tasks) {
                try {
                    String stat = Files.readString(task.resolve("stat"));
                    int end = stat.lastIndexOf(')');
                    // Fields after the name; 14 and 15 are user and system time.
                    List<String> fields = List.of(stat.substring(end + 2).split(" "));
                    Ticks ticks =
                            new Ticks(
                                    Long.parseLong(fields.get(11)), Long.parseLong(fields.get(12)));
                    byName.merge(stat.substring(stat.indexOf('(') + 1, end), ticks, Ticks::plus);
                } catch (NoSuchFileException e) {
                    // It has ended meanwhile, and what it took is no steady share.
                }
            }
        }
        return new ThreadUse(byName);
    }

    /** The threads that took most since then, a line each. */
    String since(ThreadUse before, double seconds, int most) {
        StringBuilder lines = new StringBuilder();
        byName.entrySet().stream()
                .map(
                        thread ->
                                Map.entry(
                                        thread.getKey(),
                                        thread.getValue()
                                                .minus(
                                                        before.byName.getOrDefault(
                                                                thread.getKey(), Ticks.NONE))))
                .filter(thread -> thread.getValue().all() > 0)
                .sorted(
                        Comparator.comparingLong(
                                        (Map.Entry<String, Ticks> thread) ->
                                                thread.getValue().all())
                                .reversed())
                .limit(most)
                .forEach(
                        thread ->
                                lines.append(
                                        "  %-20s user %5.2f, system %5.2f %% of a core%n"
                                                .formatted(
                                                        thread.getKey(),
                                                        percent(thread.getValue().user(), seconds),
                                                        percent(
                                                                thread.getValue().system(),
                                                                seconds))));
        return lines.toString();
    }

    private static double percent(long ticks, double seconds) {
        return 100 * ticks / TICKS_PER_SECOND / seconds;
    }
}
