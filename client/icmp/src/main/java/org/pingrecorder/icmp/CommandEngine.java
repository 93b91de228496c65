package org.pingrecorder.icmp;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.pingrecorder.icmp.command.PingProgram;
import org.pingrecorder.icmp.command.ProgramResult;

/**
 * The engine over the system's {@code ping} program, where there are no sockets of our own: a
 * process a ping, so it is slow, sees no duplicates, and measures as finely as the program prints.
 */
final class CommandEngine implements IcmpEngine {

    /** Programs that run or wait to be started; a ping beyond them is missed. */
    static final int MOST_PROGRAMS = 128;

    static final String NO_FREE_PROGRAM = "no_free_program";

    /** What a program may take beyond the ping itself, from its start to its end. */
    private static final long START_SLACK_NANOS = 1_000_000_000;

    private static final long NANOS_PER_MILLI = 1_000_000;

    /** What the engine's thread waits for: a program's end, or none for a new deadline. */
    private record Event(Optional<CommandLauncher.Exit> exit) {}

    private static final Event LOOK_AGAIN = new Event(Optional.empty());

    private final EngineConfig config;
    private final Clock clock;
    private final PingProgram program;
    private final PingSource source;
    private final String description;
    private final CommandLauncher launcher;
    private final Counters counters = new Counters();
    private final CommandDecider decider;
    private final StagedPings staged = new StagedPings();
    private final Set<CommandPing> programs = new HashSet<>();
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final AtomicBoolean askNow = new AtomicBoolean(true);
    private final EngineThread thread;
    private long askAtNanos;

    CommandEngine(
            EngineConfig config,
            Clock clock,
            PingProgram program,
            PingSource source,
            PingListener listener,
            String description) {
        this.config = config;
        this.clock = clock;
        this.program = program;
        this.source = source;
        this.description = description;
        this.decider = new CommandDecider(listener, counters);
        this.launcher =
                new CommandLauncher(
                        clock,
                        () -> events.add(LOOK_AGAIN),
                        exit -> events.add(new Event(Optional.of(exit))));
        this.thread = new EngineThread(this::turn, counters, listener, this::release);
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void wake() {
        askNow.set(true);
        events.add(LOOK_AGAIN);
    }

    @Override
    public EngineCounters counters() {
        return counters.snapshot();
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public void close() {
        thread.close(this::wake);
    }

    private void release() {
        launcher.close();
        programs.forEach(CommandPing::end);
    }

    private void turn() throws InterruptedException {
        Event event = events.poll(waitNanos(), TimeUnit.NANOSECONDS);
        while (event != null) {
            event.exit().ifPresent(this::ended);
            event = events.poll();
        }
        endOverdue(clock.nanoTime());
        long nowNanos = clock.nanoTime();
        if (askNow.getAndSet(false) || nowNanos >= askAtNanos) {
            ask(nowNanos);
        }
        counters.publish();
    }

    private long waitNanos() {
        if (askNow.get()) {
            return 0;
        }
        long next = askAtNanos;
        for (CommandPing ping : programs) {
            if (ping.isStarted() && !ping.isEnded()) {
                next = Math.min(next, endAtNanos(ping));
            }
        }
        return next == Long.MAX_VALUE ? next : Math.max(0, next - clock.nanoTime());
    }

    private static long endAtNanos(CommandPing ping) {
        return ping.startedAtNanos() + ping.lifetimeNanos + START_SLACK_NANOS;
    }

    private void endOverdue(long nowNanos) {
        for (CommandPing ping : programs) {
            if (ping.isStarted() && !ping.isEnded() && endAtNanos(ping) <= nowNanos) {
                ping.end(); // decided by what it has printed, as soon as it is gone
            }
        }
    }

    private void ask(long nowNanos) {
        long dueAtNanos = source.sendDue(nowNanos, staged);
        boolean any = staged.count() > 0;
        for (int i = 0; i < staged.count(); i++) {
            counters.add(Counters.HANDED_OVER);
            launch(
                    new CommandPing(
                            staged.handle(i),
                            staged.target(i),
                            staged.timeoutNanos(i),
                            staged.lifetimeNanos(i)),
                    nowNanos);
        }
        staged.clear();
        askAtNanos =
                any ? Math.max(dueAtNanos, nowNanos + EngineLoop.SEND_SPACING_NANOS) : dueAtNanos;
    }

    private void launch(CommandPing ping, long nowNanos) {
        boolean ipv6 = ping.target.isIpv6();
        String whyNot = CommandChoice.whyNot(program, ipv6, config.packet());
        if (!whyNot.isEmpty()) {
            decider.notSent(ping, Outcome.SEND_ERROR, nowNanos, whyNot);
        } else if (programs.size() >= MOST_PROGRAMS) {
            decider.notSent(ping, Outcome.MISSED, nowNanos, NO_FREE_PROGRAM);
        } else {
            counters.add(Counters.SENT);
            programs.add(ping);
            long waitMillis = Math.ceilDiv(ping.lifetimeNanos, NANOS_PER_MILLI);
            List<String> line =
                    program.line(ipv6, ping.target.toString(), waitMillis, config.packet());
            launcher.launch(ping, line);
        }
    }

    private void ended(CommandLauncher.Exit exit) {
        CommandPing ping = exit.ping();
        programs.remove(ping);
        if (!exit.started()) {
            decider.decide(ping, exit.atNanos(), new ProgramResult.NotSent(exit.output()));
            return;
        }
        boolean waited =
                ping.isEnded() || exit.atNanos() - ping.startedAtNanos() >= ping.lifetimeNanos;
        ProgramResult result =
                program.read(exit.output(), ping.target.address(), config.payloadBytes(), waited);
        decider.decide(ping, ping.startedAtNanos(), result);
    }
}
