package org.pingrecorder.bench.timetable;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.pingrecorder.agent.targets.Resolver;
import org.pingrecorder.agent.targets.TargetList;
import org.pingrecorder.agent.timetable.Pace;
import org.pingrecorder.agent.timetable.PingSink;
import org.pingrecorder.agent.timetable.Timetable;
import org.pingrecorder.agent.timetable.TimetableEvents;
import org.pingrecorder.wire.Families;
import org.pingrecorder.wire.TargetsText;
import org.slf4j.LoggerFactory;

/**
 * The process that {@link TimetableBench} starts: measures one thing and prints it as a number.
 * Holds what a client holds of its targets, without engine and delivery.
 */
public final class LoadedTargets implements TimetableEvents {

    private static final Pace PACE =
            new Pace(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3));

    private static final int WARM_UP_SECONDS = 20;
    private static final int MEASURED_SECONDS = 20;

    private final SimulatedClock clock = new SimulatedClock();
    private final PingSink sink = _ -> {};
    private final Timetable timetable = new Timetable("client1", clock, sink, this);
    private final SimulatedEngine engine =
            new SimulatedEngine(clock, timetable, _ -> Fate.QUICK_REPLY, 64);
    private final Resolver resolver = new Resolver(clock, Duration.ofSeconds(60));
    private final TargetList targets;

    private LoadedTargets(Path file) throws IOException {
        targets = new TargetList(List.of(), file, PACE, Families.ANY);
        resolver.follow(targets.ips());
        timetable.ping(targets.ips());
        timetable.sendDue(clock.nanoTime(), engine);
    }

    public static void main(String[] args) throws IOException {
        // A client has begun to log before it reads its targets.
        LoggerFactory.getLogger(LoadedTargets.class).debug("from {} ns on", cpuNanos());
        long startNanos = cpuNanos();
        Path file = Path.of(args[1]);
        System.out.println(
                switch (args[0]) {
                    case "parse" -> parseMillis(file, startNanos);
                    case "load" -> loadMillis(file, startNanos);
                    case "wait" -> waitMillis(file);
                    case "memory" -> bytesATarget(file);
                    case "send" -> nanosAPing(file);
                    default -> throw new IllegalArgumentException(args[0]);
                });
    }

    private static double parseMillis(Path file, long startNanos) throws IOException {
        TargetsText text = TargetsText.parse(Files.readString(file));
        long tookNanos = cpuNanos() - startNanos;
        check(text.faults().isEmpty(), text.targets().size());
        return tookNanos / 1e6;
    }

    private static double loadMillis(Path file, long startNanos) throws IOException {
        LoadedTargets loaded = new LoadedTargets(file);
        long tookNanos = cpuNanos() - startNanos;
        loaded.end();
        return tookNanos / 1e6;
    }

    /** As by a clock on the wall. */
    private static double waitMillis(Path file) throws IOException {
        long startNanos = System.nanoTime();
        LoadedTargets loaded = new LoadedTargets(file);
        long tookNanos = System.nanoTime() - startNanos;
        loaded.end();
        return tookNanos / 1e6;
    }

    private static double bytesATarget(Path file) throws IOException {
        Path one = Files.createTempFile("ping-recorder-target-", ".txt");
        Files.writeString(one, "192.0.2.1\n");
        LoadedTargets few = new LoadedTargets(one);
        long before = Heap.usedBytes();
        LoadedTargets loaded = new LoadedTargets(file);
        long bytes = Heap.usedBytes() - before;
        loaded.end();
        few.resolver.close();
        Files.delete(one);
        return (double) bytes / loaded.targets.ips().size();
    }

    /** Of the timetable with an engine that only answers, a second at a time. */
    private static double nanosAPing(Path file) throws IOException {
        LoadedTargets loaded = new LoadedTargets(file);
        loaded.pass(WARM_UP_SECONDS);
        loaded.timetable.slips().take();
        long startNanos = cpuNanos();
        loaded.pass(MEASURED_SECONDS);
        long tookNanos = cpuNanos() - startNanos;
        long pings = loaded.timetable.slips().take().count();
        check(pings > 1_000_000, pings);
        loaded.resolver.close();
        return (double) tookNanos / pings;
    }

    private void pass(int seconds) {
        engine.runTo(clock.nanoTime() + seconds * 1_000_000_000L);
    }

    /** So that nothing measured was garbage by then, and all of it was read. */
    private void end() {
        resolver.close();
        check(timetable.slips().take().count() == 0, targets.ips().size());
    }

    /** Of this thread: other programs on the machine do not count, nor does the compiler beside. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void check(boolean holds, long number) {
        if (!holds || number < 2) {
            throw new IllegalStateException("unexpected: " + number);
        }
    }

    @Override
    public void clockMoved(long movedMicros) {
        throw new IllegalStateException("the clock moved");
    }

    @Override
    public void stopped(long heldUpNanos) {
        throw new IllegalStateException("stopped");
    }

    @Override
    public void failed(Throwable cause) {
        throw new IllegalStateException(cause);
    }
}
