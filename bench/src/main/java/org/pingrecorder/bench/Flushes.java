package org.pingrecorder.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/** Counts how often a process has files flushed to disk, where {@code perf} is there to ask. */
final class Flushes implements AutoCloseable {

    private final Process perf;
    private final double seconds;

    private Flushes(Process perf, double seconds) {
        this.perf = perf;
        this.seconds = seconds;
    }

    /** Counts from now on for so long. */
    static Flushes count(long pid, Duration time) throws IOException {
        List<String> line =
                List.of(
                        "sh",
                        "-c",
                        "exec perf stat -x, -e"
                                + " syscalls:sys_enter_fsync,syscalls:sys_enter_fdatasync"
                                + " -p %d sleep %d".formatted(pid, time.toSeconds()));
        return new Flushes(
                new ProcessBuilder(line).redirectErrorStream(true).start(), time.toSeconds());
    }

    /** Waits for the end of the time; empty if nobody could count. */
    OptionalDouble perSecond() throws IOException, InterruptedException {
        String output = new String(perf.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (perf.waitFor() != 0) {
            return OptionalDouble.empty();
        }
        // A line for each call: how many, then what.
        return OptionalDouble.of(
                output.lines()
                                .map(line -> line.split(",", 2)[0])
                                .filter(count -> count.matches("\\d+"))
                                .mapToLong(Long::parseLong)
                                .sum()
                        / seconds);
    }

    @Override
    public void close() {
        perf.destroy();
    }
}
