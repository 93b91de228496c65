package org.pingrecorder.oneoff;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
    private final TaskRuns.Answers answers;
    private final Thread thread;
    private final List<PingLine> lines = new ArrayList<>();
    private int duplicates;

    /**
     * A task that has not begun.
     *
     * @param task within its bounds
     * @param answers told on the task's thread
     * @param onEnd called on it when all is over
     */
    TaskRun(Task task, EngineConfig engine, Clock clock, TaskRuns.Answers answers, Runnable onEnd) {
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

    /** How many of its pings may be under way at once. */
    long mostInFlight() {
        return plan.mostInFlight();
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
            tellLast(null);
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
        } catch (TooManyResultsException e) {
            tellLast(
                    "more results came than their way takes, and the rest is left out: name fewer"
                            + " targets or a longer interval");
        } catch (IcmpUnavailableException e) {
            tellLast(e.getMessage());
        } catch (RuntimeException | Error e) {
            tellLast("the task ended by a fault of the one that pings: " + e);
        }
    }

    private void follow(OneOff pings) throws InterruptedException, TooManyResultsException {
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

    private PingEvent.@Nullable End tell(List<PingEvent> events) throws TooManyResultsException {
        PingEvent.End end = null;
        for (PingEvent event : events) {
            switch (event) {
                case PingEvent.Decided ping -> add(PingLines.of(host(ping.host()), ping));
                case PingEvent.Missed missed -> addAll(missed);
                case PingEvent.Duplicate duplicate -> {
                    if (duplicates++ < MOST_DUPLICATES) {
                        add(PingLines.of(host(duplicate.host()), duplicate));
                    }
                }
                case PingEvent.End last -> end = last;
            }
        }
        tellLines();
        return end;
    }

    private void addAll(PingEvent.Missed missed) throws TooManyResultsException {
        for (long i = 0; i < missed.pings(); i++) {
            add(PingLines.of(host(missed.host()), missed.ping(i, plan.interval())));
        }
    }

    private void add(PingLine line) throws TooManyResultsException {
        lines.add(line);
        if (lines.size() == MOST_TOGETHER) {
            tellLines();
        }
    }

    private void tellLines() throws TooManyResultsException {
        if (lines.isEmpty()) {
            return;
        }
        boolean isTaken =
                answers.tell(new TaskResult(task.task(), List.copyOf(lines), false, null));
        lines.clear();
        if (!isTaken) {
            throw new TooManyResultsException();
        }
    }

    private void tellLast(@Nullable String problem) {
        answers.tell(new TaskResult(task.task(), List.of(), true, problem));
    }

    /** Whoever tells the results on is too far behind. */
    private static final class TooManyResultsException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private PingHost host(int index) {
        return plan.hosts().get(index);
    }
}
