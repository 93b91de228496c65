package org.pingrecorder.bench.timetable;

import java.net.InetAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.agent.timetable.Timetable;
import org.pingrecorder.icmp.Decision;
import org.pingrecorder.icmp.EchoTarget;
import org.pingrecorder.icmp.Outcome;
import org.pingrecorder.icmp.PingSource;

/**
 * Takes pings from a timetable as the engine does and decides each by its {@link Fate}, on a
 * simulated clock that jumps from one event to the next. For one thread.
 */
final class SimulatedEngine implements PingSource.Sender, Decision {

    private static final Fate[] FATES = Fate.values();
    private static final int FIRST_ENTRIES = 48;
    private static final long TICK_NANOS = 1_000_000;

    private final SimulatedClock clock;
    private final Timetable timetable;
    private final Fates fates;

    /**
     * The pings by the millisecond in which they are decided: handle, send time and fate of each.
     */
    private final long[][] calendar;

    private final int[] entries;
    private long nextTick;
    private long undecided;

    private long handle;
    private long sentAtNanos;
    private Fate fate = Fate.TIMEOUT;
    private final EchoTarget target = EchoTarget.of(InetAddress.getLoopbackAddress());

    /** Says what becomes of the next ping to a target. */
    interface Fates {
        Fate next(EchoTarget target);
    }

    /**
     * Nothing is sent yet.
     *
     * @param ticks milliseconds, more than any fate takes that {@code fates} tells of
     */
    SimulatedEngine(SimulatedClock clock, Timetable timetable, Fates fates, int ticks) {
        this.calendar = new long[ticks][FIRST_ENTRIES];
        this.entries = new int[ticks];
        this.clock = clock;
        this.timetable = timetable;
        this.fates = fates;
        this.nextTick = clock.nanoTime() / TICK_NANOS;
    }

    /** Runs until a time; what is due by then is sent, what is decided by then is told. */
    void runTo(long endNanos) {
        long wakeNanos = timetable.sendDue(clock.nanoTime(), this);
        while (true) {
            long nextNanos = Math.min(wakeNanos, nextTickNanos(wakeNanos));
            if (nextNanos > endNanos) {
                clock.moveTo(endNanos);
                return;
            }
            clock.moveTo(nextNanos);
            decideDue(nextNanos);
            if (nextNanos == wakeNanos) {
                wakeNanos = timetable.sendDue(nextNanos, this);
            }
        }
    }

    /** Nobody runs for a while: neither pings nor decisions; all of them come together after it. */
    void stall(long nanos) {
        clock.moveTo(clock.nanoTime() + nanos);
        decideDue(clock.nanoTime());
    }

    long undecided() {
        return undecided;
    }

    private long nextTickNanos(long beforeNanos) {
        if (undecided == 0) {
            return Long.MAX_VALUE;
        }
        long tick = nextTick;
        while (entries[(int) (tick % entries.length)] == 0 && tick * TICK_NANOS < beforeNanos) {
            tick++;
        }
        nextTick = tick;
        return tick * TICK_NANOS;
    }

    private void decideDue(long nowNanos) {
        while (nextTick * TICK_NANOS <= nowNanos) {
            int tick = (int) (nextTick % entries.length);
            long[] due = calendar[tick];
            for (int i = 0; i < entries[tick]; i += 3) {
                handle = due[i];
                sentAtNanos = due[i + 1];
                fate = FATES[(int) due[i + 2]];
                undecided--;
                timetable.decided(this);
            }
            entries[tick] = 0;
            nextTick++;
        }
    }

    @Override
    public void ping(long pingHandle, EchoTarget to, long timeoutNanos, long graceNanos) {
        long nowNanos = clock.nanoTime();
        Fate its = fates.next(to);
        if (its.afterNanos == 0) {
            handle = pingHandle;
            sentAtNanos = nowNanos;
            fate = its;
            timetable.decided(this);
            return;
        }
        // Rounded up: a tick that is being told takes no more.
        int tick = (int) (((nowNanos + its.afterNanos) / TICK_NANOS + 1) % entries.length);
        int at = entries[tick];
        if (at + 3 > calendar[tick].length) {
            calendar[tick] = Arrays.copyOf(calendar[tick], at * 2);
        }
        calendar[tick][at] = pingHandle;
        calendar[tick][at + 1] = nowNanos;
        calendar[tick][at + 2] = its.number;
        entries[tick] = at + 3;
        undecided++;
    }

    @Override
    public long handle() {
        return handle;
    }

    @Override
    public EchoTarget target() {
        return target;
    }

    @Override
    public Outcome outcome() {
        return fate.outcome;
    }

    @Override
    public long sentAtNanos() {
        return sentAtNanos;
    }

    @Override
    public long rttNanos() {
        return switch (fate.outcome) {
            case REPLY, LATE -> fate.afterNanos;
            default -> -1;
        };
    }

    @Override
    public int ttl() {
        return -1;
    }

    @Override
    public int replyBytes() {
        return -1;
    }

    @Override
    public int errorType() {
        return -1;
    }

    @Override
    public int errorCode() {
        return -1;
    }

    @Override
    public @Nullable String errorFrom() {
        return null;
    }

    @Override
    public @Nullable String cause() {
        return fate == Fate.SEND_ERROR ? "ENETUNREACH" : null;
    }
}
