package org.pingrecorder.oneoff;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.icmp.Clock;
import org.pingrecorder.icmp.EngineConfig;
import org.pingrecorder.icmp.IcmpUnavailableException;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.PingLine;
import org.pingrecorder.wire.control.Task;
import org.pingrecorder.wire.control.TaskResult;

/** One task, on a virtual thread of its own beside that of its engine. */
final class TaskRun {

    /** How often something is done though nothing came. */
    private static final int TICK_MILLIS = 100;

    /** How long a result waits for others to be told together with it. */
    private static final int GATHER_MILLIS = 50;

    /** Told together; a message of so many is far below the bound of the control channel. */
    private static final int MOST_TOGETHER = 200;

    /** Of the further replies; a network that multiplies packets may bring any number. */
    private static final int MOST_DUPLICATES = 10_000;

    private final Task task;
    private final PingPlan plan;
    private final Clock clock;
    private final Consumer<TaskResult> answers;
    private final Thread thread;
    private int duplicates;

    /**
     * A task that has not begun.
     *
     * @param task within its bounds
     * @param answers told on the task's thread
     * @param onEnd called on it when all is over
     */
    TaskRun(
            Task task,
            EngineConfig engine,
            Clock clock,
            Consumer<TaskResult> answers,
            Runnable onEnd) {
        this.task = task;
        this.clock = clock;
        this.answers = answers;
        this.plan =
                new PingPlan(
                        task.targets().stream().distinct().map(TaskRun::host).toList(),
                        task.count(),
                        false,
                        Duration.ofMillis(task.intervalMs()),
                        Duration.ofMillis(task.timeoutMs()),
                        Duration.ZERO,
                        engine);
        this.thread =
                Thread.ofVirtual()
                        .name("task-" + task.task())
                        .unstarted(
                                () -> {
                                    try {
                                        work();
                                    } finally {
                                        onEnd.run();
                                    }
                                });
    }

    private static PingHost host(String target) {
        return new PingHost(Address.parse(target), null, null, false);
    }

    Task task() {
        return task;
    }

    void start() {
        thread.start();
    }

    /** Ends it soon, without another word. */
    void cancel() {
        thread.interrupt();
    }

    private void work() {
        try (OneOff pings = new OneOff(plan, clock)) {
            pings.start();
            follow(pings);
            answer(List.of(), true, null);
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
        } catch (IcmpUnavailableException e) {
            answer(List.of(), true, e.getMessage());
        } catch (RuntimeException | OutOfMemoryError e) {
            answer(List.of(), true, "the task ended by a fault of the one that pings: " + e);
        }
    }

    private void follow(OneOff pings) throws InterruptedException {
        List<PingEvent> events = new ArrayList<>();
        PingEvent.End end = null;
        while (end == null) {
            PingEvent first = pings.events().poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
            pings.tick();
            if (first == null) {
                continue;
            }
            Thread.sleep(GATHER_MILLIS);
            events.add(first);
            pings.events().drainTo(events);
            end = tell(events);
            events.clear();
        }
        if (end.fault() != null) {
            throw new IllegalStateException("the ICMP engine ended by a fault", end.fault());
        }
    }

    private PingEvent.@Nullable End tell(List<PingEvent> events) {
        List<PingLine> lines = new ArrayList<>();
        PingEvent.End end = null;
        for (PingEvent event : events) {
            if (event instanceof PingEvent.End last) {
                end = last;
            } else {
                add(event, lines);
            }
        }
        for (int from = 0; from < lines.size(); from += MOST_TOGETHER) {
            int to = Math.min(from + MOST_TOGETHER, lines.size());
            answer(List.copyOf(lines.subList(from, to)), false, null);
        }
        return end;
    }

    private void add(PingEvent event, List<PingLine> lines) {
        switch (event) {
            case PingEvent.Decided ping -> lines.add(PingLines.of(host(ping.host()), ping));
            case PingEvent.Missed missed -> {
                for (long i = 0; i < missed.pings(); i++) {
                    PingEvent.Decided ping = missed.ping(i, plan.interval());
                    lines.add(PingLines.of(host(missed.host()), ping));
                }
            }
            case PingEvent.Duplicate duplicate -> {
                if (duplicates++ < MOST_DUPLICATES) {
                    lines.add(PingLines.of(host(duplicate.host()), duplicate));
                }
            }
            case PingEvent.End _ -> throw new IllegalArgumentException("nothing to tell");
        }
    }

    private PingHost host(int index) {
        return plan.hosts().get(index);
    }

    private void answer(List<PingLine> lines, boolean isLast, @Nullable String problem) {
        answers.accept(new TaskResult(task.task(), lines, isLast, problem));
    }
}
